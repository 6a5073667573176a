import Glibc
import JupyterServer
import Sessions

/// The thread that programs run on.
enum ProgramThread {
  /// Only what is used of it takes memory.
  private static let stackBytes = 512 << 20

  /// Runs `body` on a thread with a large stack, and waits for it; SIGINT interrupts the session.
  static func run(interrupting session: Session? = nil, _ body: @escaping () -> Int32) -> Int32 {
    guard let session else { return run(on: [], { _ in }, body) }
    return run(on: [SIGINT], { _ in session.interrupt() }, body)
  }

  /// The same; each of the signals does what `action` says.
  static func run(on signals: [Int32], _ action: @escaping @Sendable (Int32) -> Void, _ body: @escaping () -> Int32) -> Int32 {
    let box = Box(body)
    do throws(ServerError) {
      if !signals.isEmpty {
        InterruptSignal.block(signals)
        _ = try InterruptSignal(signals, action: action)
      }
      try Thread("program", stackSize: stackBytes) { box.status = box.body() }.join()
      return box.status
    } catch {
      Shell.report(error.description)
      return 1
    }
  }

  // Unchecked: the one who waits reads it only after the thread has ended.
  private final class Box: @unchecked Sendable {
    let body: () -> Int32
    var status: Int32 = 0

    init(_ body: @escaping () -> Int32) {
      self.body = body
    }
  }
}
