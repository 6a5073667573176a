import Glibc
import Synchronization

/// Waits for SIGINT on a thread of its own; all other threads have it blocked.
public final class InterruptSignal: Sendable {
  private let isEnding = Mutex(false)
  let thread = Mutex<Thread?>(nil)

  /// Blocks SIGINT in the calling thread and in those that it starts from now on.
  public static func block() {
    var signals = set
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Calls `action` for each SIGINT until `end` is called.
  public init(action: @escaping @Sendable () -> Void) throws(ServerError) {
    let started = try Thread("interrupt") { [self] in
      Self.block()
      var signals = Self.set
      var signal: Int32 = 0
      while sigwait(&signals, &signal) == 0, !isEnding.withLock({ $0 }) { action() }
    }
    thread.withLock { $0 = started }
  }

  func end() {
    isEnding.withLock { $0 = true }
    guard let thread = thread.withLock({ $0.take() }) else { return }
    thread.send(signal: SIGINT)
    thread.join()
  }

  private static var set: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    return signals
  }
}
