import Glibc

/// A state shared by threads, which can wait for it to change.
///
/// It is what `Mutex` is, and a condition besides.
public final class Monitor<State: ~Copyable>: @unchecked Sendable {
  // Unchecked: `state` is touched only while the lock is held; the two pointers never change.
  private var state: State
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  public init(_ state: consuming sending State) {
    self.state = state
    pthread_mutex_init(lock, nil)
    pthread_cond_init(change, nil)
  }

  deinit {
    pthread_cond_destroy(change)
    pthread_mutex_destroy(lock)
    change.deallocate()
    lock.deallocate()
  }

  /// Reads or changes the state, and lets everyone who waits look at it.
  public func withLock<Result, Failure: Error>(_ body: (inout State) throws(Failure) -> Result) throws(Failure) -> Result {
    pthread_mutex_lock(lock)
    // Who waits finds the lock free: it need not wake up twice.
    defer {
      pthread_mutex_unlock(lock)
      pthread_cond_broadcast(change)
    }
    return try body(&state)
  }

  /// Waits until `body` returns a value, asking it again after each change.
  public func wait<Result>(_ body: (inout State) -> Result?) -> Result {
    pthread_mutex_lock(lock)
    defer {
      pthread_mutex_unlock(lock)
      pthread_cond_broadcast(change)
    }
    while true {
      if let result = body(&state) { return result }
      pthread_cond_wait(change, lock)
    }
  }
}
