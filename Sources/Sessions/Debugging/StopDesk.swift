import Threads

/// Where a stopped program waits, and other threads leave it something to do meanwhile.
final class StopDesk: Sendable {
  private let state = Monitor(State())

  private struct State {
    var isOpen = false
    var orders: [Order] = []
  }

  enum Order {
    /// Look at something, and wait on.
    case look(() -> Void)
    case goOn(Debugger.Step)
  }

  var isStopped: Bool { state.withLock { $0.isOpen } }

  func open() { state.withLock { $0.isOpen = true } }

  /// Leaves an order; false where nothing is stopped.
  func post(_ order: sending Order) -> Bool {
    state.withLock { state in
      guard state.isOpen else { return false }
      state.orders.append(order)
      // Whoever comes later comes too late.
      if case .goOn = order { state.isOpen = false }
      return true
    }
  }

  /// Lets the one who waits look whether it was interrupted.
  func wake() { state.withLock { _ in } }

  /// The next order; nil once `isInterrupted`, after which none is taken.
  func next(isInterrupted: () -> Bool) -> Order? {
    state.wait { state -> Order?? in
      if !state.orders.isEmpty { return state.orders.removeFirst() }
      guard isInterrupted() else { return nil }
      state.isOpen = false
      return .some(nil)
    }
  }
}
