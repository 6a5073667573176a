import Builtins
import Sessions

extension Invocation.Settings {
  /// A session with these settings.
  func session(_ front: any Front, folder: String, arguments: [String] = []) -> Session {
    Session(
      front: front,
      settings: Session.Settings(
        folder: folder, seed: seed ?? 0, arguments: arguments, showsProgress: !isQuiet, memoryLimit: memory,
        usesFloat64: usesFloat64))
  }

  /// A session that talks to the terminal, or to what stands in its place.
  func conversation(folder: String = ".", arguments: [String] = []) -> (session: Session, front: OutputFront) {
    let front = OutputFront(self)
    let session = session(front, folder: folder, arguments: arguments)
    // Weak: the session holds its front.
    front.takesInterrupt = { [weak session] in session?.takeInterrupt() ?? false }
    return (session, front)
  }
}
