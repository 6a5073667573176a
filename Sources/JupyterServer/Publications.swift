import JupyterWire
import Threads

/// The one queue of everything that is published, in the order in which it happened.
///
/// Whoever has something to publish sends it, and what waits before it; the thread of the socket sends what others have left to its
/// time, and answers subscriptions. As for `Outbox`, a lock lets the socket pass from one to the other.
final class Publications: Sendable {
  /// Nothing is lost to a client that sends its first request before its subscription has arrived: so long it is waited for.
  static let patience = Duration.seconds(1)
  /// Cells that are ahead of the first subscription by more than this many bytes of text, or messages, wait for it.
  static let mostText = 8 << 20
  static let mostMessages = 1000

  private let author: Author
  private let codec: Codec
  /// Signalled when the thread of the socket has something to look at.
  private let wake: Wake
  /// Rings for it when something has waited for its time.
  private let alarm: Alarm
  private let state: Monitor<State>

  private struct State: ~Copyable {
    var socket: Socket?
    var hasSubscriber = false
    var gathering: Gathering
    var isClosed = false

    /// Whether who shows more has to wait for the first subscription.
    var isFull: Bool { gathering.size > Publications.mostText || gathering.count > Publications.mostMessages }
  }

  init(author: Author, codec: Codec) throws(ServerError) {
    self.author = author
    self.codec = codec
    wake = try Wake()
    alarm = try Alarm()
    state = Monitor(State(gathering: Gathering(author: author)))
  }

  /// Publishes a message that follows from `parent`, after all that was published or printed before it.
  func publish(_ type: String, _ content: JSON.Object, metadata: JSON.Object = [:], parent: Header?) {
    let message = author.write(type, content, metadata: metadata, parent: parent, to: [Array(type.utf8)])
    state.withLock { state in
      if state.isClosed { return }
      let due = state.gathering.due
      state.gathering.add(message, at: .now)
      hasAdded(&state, dueBefore: due)
    }
  }

  func publish(_ comm: CommMessage, parent: Header) {
    let (type, content) = comm.published
    publish(type, content, metadata: comm.metadata, parent: parent)
  }

  func print(_ text: String, to stream: OutputStream, parent: Header) {
    if text.isEmpty { return }
    state.wait { state -> Void? in
      if state.isClosed { return () }
      if state.isFull { return nil }
      let due = state.gathering.due
      if state.gathering.print(text, to: stream, parent: parent) { hasAdded(&state, dueBefore: due) }
      return ()
    }
  }

  /// Waits until there is room for what cells show.
  func waitForRoom() {
    state.wait { $0.isClosed || !$0.isFull ? () : nil }
  }

  /// Lets nothing wait any longer.
  func flush() {
    state.withLock { if $0.hasSubscriber { send(&$0) } }
  }

  /// Nothing more is published after this; what waits is still sent.
  func close() {
    state.withLock { $0.isClosed = true }
    wake.signal()
  }

  /// Takes all that waits, for who publishes it otherwise than on a socket.
  func takeAll() -> [Message] { state.withLock { $0.gathering.take() } }

  private func hasAdded(_ state: inout State, dueBefore: ContinuousClock.Instant?) {
    if !state.hasSubscriber {
      if dueBefore == nil { alarm.set(after: Self.patience) }
    } else if state.gathering.isFull {
      send(&state)
    } else if let due = state.gathering.due, due != dueBefore {
      alarm.set(after: due - .now)
    }
  }

  private func send(_ state: inout State) {
    // All is written first, so that all is there when the thread of the network wakes up for the first of it.
    for frames in state.gathering.take().map(codec.encode) {
      // Fails only where the context is shut down, which the thread of the socket is told too.
      try? state.socket?.send(frames)
    }
    if state.socket?.hasMessage ?? false { wake.signal() }
  }
}

// For the thread of the socket.
extension Publications {
  /// Publishes on a socket until the end is asked for.
  func serve(_ socket: consuming Socket) throws(SocketError) {
    let arrivals = try socket.descriptor
    var opened: Socket? = consume socket
    state.withLock { $0.socket = opened.take() }
    defer { state.withLock { $0.socket = nil } }
    var rang = false
    while try send(isDue: rang) {
      let ready = waitUntilReadable([arrivals, wake.descriptor, alarm.descriptor])
      if ready[1] { wake.clear() }
      rang = ready[2]
      if rang { alarm.stop() }
    }
  }

  /// Answers subscriptions, and sends what is due; returns whether there is more to come.
  private func send(isDue: Bool) throws(SocketError) -> Bool {
    try state.withLock { state throws(SocketError) in
      var isDue = isDue || state.isClosed
      while let frames = try state.socket?.receiveWaiting() {
        guard let subscription = frames.first, subscription.first == 1 else { continue }
        try state.socket?.send(codec.encode(welcome(to: Array(subscription.dropFirst()))))
        // What has waited for the first one.
        isDue = isDue || !state.hasSubscriber
        state.hasSubscriber = true
      }
      if isDue { send(&state) }
      return !state.isClosed
    }
  }

  private func welcome(to topic: [UInt8]) -> Message {
    author.write("iopub_welcome", ["subscription": .string(String(decoding: topic, as: UTF8.self))], parent: nil, to: [topic])
  }
}
