import JupyterWire

/// What waits to be published, in the order in which it happened, and how long it may.
///
/// All leaves together once one of them has to: what a short cell has to tell is on its way at once, and wakes each thread once.
/// Printed text becomes one message for as long as nothing else comes between.
struct Gathering {
  /// How long messages may wait for others.
  static let pause = Duration.milliseconds(2)
  /// How long printed text may wait for more of it.
  static let pauseOfText = Duration.milliseconds(25)
  /// Text is cut into messages of this many bytes of UTF-8, which do not wait.
  static let largestText = 128 << 10
  /// This many messages do not wait either.
  static let mostMessages = 100

  private let author: Author
  private var messages: [Message] = []
  private var text: Text?
  /// The bytes of all text that waits.
  private(set) var size = 0
  /// When all has to leave; `nil` if there is nothing.
  private(set) var due: ContinuousClock.Instant?

  /// A class: no copies are made of it.
  private final class Text {
    let parent: Header
    let stream: OutputStream
    var content = ""

    init(_ parent: Header, _ stream: OutputStream) {
      self.parent = parent
      self.stream = stream
    }

    func continues(_ parent: Header, _ stream: OutputStream) -> Bool { self.stream == stream && self.parent.id == parent.id }
  }

  init(author: Author) {
    self.author = author
  }

  /// How many messages wait.
  var count: Int { messages.count }

  /// Whether there is so much that it should not wait.
  var isFull: Bool { size > Self.largestText || count >= Self.mostMessages }

  mutating func add(_ message: Message, at now: ContinuousClock.Instant) {
    finishText()
    messages.append(message)
    mustLeave(by: now + Self.pause)
  }

  /// Returns whether that changes when it has to leave: seldom, since programs print a million times a second.
  @discardableResult
  mutating func print(_ words: String, to stream: OutputStream, parent: Header) -> Bool {
    size += words.utf8.count
    if let text, text.continues(parent, stream), text.content.utf8.count <= Self.largestText {
      text.content.append(words)
      return isFull
    }
    finishText()
    let text = Text(parent, stream)
    text.content = words
    self.text = text
    mustLeave(by: .now + Self.pauseOfText)
    return true
  }

  /// Takes all that there is.
  mutating func take() -> [Message] {
    finishText()
    defer { (messages, size, due) = ([], 0, nil) }
    return messages
  }

  private mutating func finishText() {
    guard let text else { return }
    self.text = nil
    messages.append(
      author.write(
        "stream", ["name": .string(text.stream.rawValue), "text": .string(text.content)], parent: text.parent,
        to: [Array("stream".utf8)]))
  }

  private mutating func mustLeave(by time: ContinuousClock.Instant) {
    due = min(due ?? time, time)
  }
}
