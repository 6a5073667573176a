import Glibc
import Synchronization

/// Waits for SIGINT, or for other signals too, on a thread of its own; all other threads have them blocked.
public final class InterruptSignal: Sendable {
  private let isEnding = Mutex(false)
  private let signals: [Int32]
  let thread = Mutex<Thread?>(nil)

  /// Blocks signals in the calling thread and in those that it starts from now on.
  public static func block(_ signals: [Int32] = [SIGINT]) {
    var set = set(of: signals)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Calls `action` with each of the signals that comes until `end` is called.
  public init(_ signals: [Int32] = [SIGINT], action: @escaping @Sendable (Int32) -> Void) throws(ServerError) {
    self.signals = signals
    let started = try Thread("interrupt") { [self] in
      Self.block(signals)
      var set = Self.set(of: signals)
      var signal: Int32 = 0
      while sigwait(&set, &signal) == 0, !isEnding.withLock({ $0 }) { action(signal) }
    }
    thread.withLock { $0 = started }
  }

  func end() {
    isEnding.withLock { $0 = true }
    guard let thread = thread.withLock({ $0.take() }) else { return }
    thread.send(signal: signals[0])
    thread.join()
  }

  private static func set(of signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }
}
