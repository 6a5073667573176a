import Glibc

/// A lock that is held while a source runs.
final class Gate: @unchecked Sendable {
  // Unchecked: the pointer never changes.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init() { pthread_mutex_init(mutex, nil) }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func lock() { pthread_mutex_lock(mutex) }

  func unlock() { pthread_mutex_unlock(mutex) }

  /// Whether nobody held it; it is held then.
  func isTaken() -> Bool { pthread_mutex_trylock(mutex) == 0 }
}
