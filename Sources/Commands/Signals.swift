import Glibc
import Synchronization

/// SIGINT, awaited in one thread: nothing else in the process ever sees it.
enum Signals {
  /// Blocks SIGINT here and in every thread that is made from now on, and calls `handler` from a thread of its own each time one
  /// arrives. Called once, before any other thread is made.
  static func onInterrupt(_ handler: @escaping @Sendable () -> Void) {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    pthread_sigmask(SIG_BLOCK, &set, nil)
    Thread.start(named: "signals", stackBytes: 256 << 10) {
      var set = sigset_t()
      sigemptyset(&set)
      sigaddset(&set, SIGINT)
      while true {
        var signal: Int32 = 0
        if sigwait(&set, &signal) == 0, signal == SIGINT { handler() }
      }
    }
  }
}
