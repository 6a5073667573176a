import Glibc
import Sessions
import Synchronization

/// Interrupts a program that runs for long, and ends the process if even that does not help.
///
/// Time is looked at here alone: whether a program ends does not depend on when it is told to.
final class FuzzWatch: Sendable {
  private struct State {
    var session: Session?
    var rounds = 0
  }

  private let state = Mutex(State())

  /// Milliseconds between two looks.
  private static let pause: UInt32 = 20
  /// Looks after which a program hangs.
  private static let patience = 3000

  func start() {
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let watch = Unmanaged<FuzzWatch>.fromOpaque(argument).takeUnretainedValue()
        while true {
          usleep(FuzzWatch.pause * 1000)
          watch.look()
        }
      }, Unmanaged.passRetained(self).toOpaque())
    precondition(status == 0, "a thread can be made")
  }

  /// A step begins; what runs in the session is interrupted until the next one begins.
  func begin(_ session: Session?) {
    state.withLock { $0 = State(session: session) }
  }

  private func look() {
    let rounds = state.withLock { state in
      state.rounds += 1
      if state.rounds > 2 { state.session?.interrupt() }
      return state.rounds
    }
    if rounds > Self.patience { abort() }
  }
}
