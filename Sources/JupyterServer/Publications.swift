import JupyterWire
import Threads

/// The one queue of everything that is published, in the order in which it happened.
///
/// Printed text is gathered until `gathering` has passed, or `largestText` is reached, or anything else is published.
final class Publications: Sendable {
  static let gathering = Duration.milliseconds(25)
  /// In bytes of UTF-8.
  static let largestText = 128 << 10
  /// Cells that are ahead of the publishing thread by more than this many bytes of text, or messages, wait for it.
  static let mostText = 8 << 20
  static let mostMessages = 1000

  /// Signalled when there is something to publish, now or soon.
  let wake: Wake
  private let author: Author
  private let state = Monitor(State())

  private struct State {
    var ready: [Message] = []
    var text: Text?
    /// The printed bytes that wait in `ready` and `text`.
    var size = 0
    var isClosed = false
  }

  /// A class, since programs print a million times a second: no copies are made of it.
  private final class Text {
    let parent: Header
    let stream: OutputStream
    var content = ""
    let started = ContinuousClock.now

    init(_ parent: Header, _ stream: OutputStream) {
      self.parent = parent
      self.stream = stream
    }

    func continues(_ parent: Header, _ stream: OutputStream) -> Bool { self.stream == stream && self.parent.id == parent.id }
  }

  init(author: Author) throws(ServerError) {
    self.author = author
    wake = try Wake()
  }

  /// Publishes a message that follows from `parent`, after all that was published or printed before it.
  func publish(_ type: String, _ content: JSON.Object, metadata: JSON.Object = [:], parent: Header?) {
    let message = author.write(type, content, metadata: metadata, parent: parent, to: [Array(type.utf8)])
    state.withLock { state in
      if state.isClosed { return }
      finishText(&state)
      state.ready.append(message)
    }
    wake.signal()
  }

  func publish(_ comm: CommMessage, parent: Header) {
    let (type, content) = comm.published
    publish(type, content, metadata: comm.metadata, parent: parent)
  }

  /// Waits until the publishing thread has caught up with the cells.
  func waitForRoom() {
    state.wait { state -> Void? in
      state.isClosed || (state.size <= Self.mostText && state.ready.count <= Self.mostMessages) ? () : nil
    }
  }

  func print(_ text: String, to stream: OutputStream, parent: Header) {
    if text.isEmpty { return }
    let shouldWake = state.wait { state -> Bool? in
      if state.isClosed { return false }
      if state.size > Self.mostText || state.ready.count > Self.mostMessages { return nil }
      state.size += text.utf8.count
      if let open = state.text, open.continues(parent, stream) {
        open.content.append(text)
        if open.content.utf8.count <= Self.largestText { return false }
        finishText(&state)
        return true
      }
      finishText(&state)
      let open = Text(parent, stream)
      open.content = text
      state.text = open
      if text.utf8.count > Self.largestText { finishText(&state) }
      return true
    }
    if shouldWake { wake.signal() }
  }

  /// Lets printed text wait no longer.
  func flush() {
    state.withLock { finishText(&$0) }
    wake.signal()
  }

  /// Nothing more is published after this; what waits can still be taken.
  func close() {
    state.withLock { $0.isClosed = true }
    wake.signal()
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  enum Batch {
    case messages([Message])
    /// Nothing is due; text may be in this many milliseconds (-1: there is none).
    case nothing(due: Int)
    case closed
  }

  /// Takes what is due at this time.
  func take(at now: ContinuousClock.Instant) -> Batch {
    wake.clear()
    return state.withLock { state in
      let age = state.text.map { now - $0.started }
      if state.isClosed || (age ?? .zero) >= Self.gathering { finishText(&state) }
      if !state.ready.isEmpty {
        defer { state.ready = [] }
        state.size = state.text?.content.utf8.count ?? 0
        return .messages(state.ready)
      }
      if state.isClosed { return .closed }
      return .nothing(due: age.map { Int((Self.gathering - $0) / .milliseconds(1)) + 1 } ?? -1)
    }
  }

  private func finishText(_ state: inout State) {
    guard let text = state.text else { return }
    state.text = nil
    state.ready.append(
      author.write(
        "stream", ["name": .string(text.stream.rawValue), "text": .string(text.content)], parent: text.parent,
        to: [Array("stream".utf8)]))
  }
}
