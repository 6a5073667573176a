import Glibc

/// Where a stopped program waits, and other threads leave it something to do meanwhile.
final class StopDesk: @unchecked Sendable {
  // Unchecked: the state is touched only while the lock is held; the pointers never change.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var isOpen = false
  private var orders: [Order] = []

  enum Order {
    /// Look at something, and wait on.
    case look(() -> Void)
    case goOn(Debugger.Step)
  }

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(change, nil)
  }

  deinit {
    pthread_cond_destroy(change)
    pthread_mutex_destroy(mutex)
    change.deallocate()
    mutex.deallocate()
  }

  var isStopped: Bool { locked { isOpen } }

  func open() { locked { isOpen = true } }

  /// Leaves an order; false where nothing is stopped.
  func post(_ order: Order) -> Bool {
    locked {
      guard isOpen else { return false }
      orders.append(order)
      // Whoever comes later comes too late.
      if case .goOn = order { isOpen = false }
      pthread_cond_broadcast(change)
      return true
    }
  }

  /// Lets the one who waits look whether it was interrupted.
  func wake() { locked { _ = pthread_cond_broadcast(change) } }

  /// The next order; nil once `isInterrupted`, after which none is taken.
  func next(isInterrupted: () -> Bool) -> Order? {
    locked {
      while orders.isEmpty {
        if isInterrupted() {
          isOpen = false
          return nil
        }
        pthread_cond_wait(change, mutex)
      }
      return orders.removeFirst()
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
}
