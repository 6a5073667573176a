import Threads

/// The socket of requests and replies: one thread receives on it, and any thread sends.
///
/// ZeroMQ lets a socket pass from thread to thread as long as one has it at a time, and the next sees all that the one before did:
/// a lock sees to both. So a reply is on its way without waking the thread that receives.
final class Outbox: Sendable {
  /// Signalled when a request has come while another thread had the socket, which takes the notice of it.
  let wake: Wake
  private let state = Monitor(State())

  private struct State: ~Copyable {
    var socket: Socket?
    /// What was left before the socket was there.
    var waiting: [[[UInt8]]] = []
  }

  init() throws(ServerError) {
    wake = try Wake()
  }

  func post(_ frames: [[UInt8]]) {
    let hasRequest = state.withLock { state in
      guard state.socket != nil else {
        state.waiting.append(frames)
        return false
      }
      // Fails only where the context is shut down, which the thread that receives is told too.
      try? state.socket?.send(frames)
      return state.socket?.hasMessage ?? false
    }
    if hasRequest { wake.signal() }
  }

  /// What waits for the socket.
  func takeAll() -> [[[UInt8]]] {
    state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
  }

  // MARK: For the thread that receives

  /// Makes the socket the one to send on.
  func open(_ socket: consuming Socket) {
    var opened: Socket? = consume socket
    state.withLock { state in
      state.socket = opened.take()
      // Before any later ones.
      for frames in state.waiting { try? state.socket?.send(frames) }
      state.waiting = []
    }
  }

  func close() {
    state.withLock { $0.socket = nil }
  }

  /// The next request if there is one.
  func receive() throws(SocketError) -> [[UInt8]]? {
    try state.withLock { state throws(SocketError) in try state.socket?.receiveWaiting() }
  }
}
