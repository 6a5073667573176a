/// What the editor asks of the language; called on the thread that reads.
public protocol LineEditorDelegate: AnyObject {
  /// Whether a text can be run as it stands.
  func completeness(of text: String) -> InputCompleteness

  /// What could stand at a place, in bytes, and which bytes it would replace.
  func completions(in text: String, at offset: Int) -> (candidates: [Candidate], replaced: Range<Int>)

  /// The parts of a text, in bytes, that have a colour of their own.
  func styles(in text: String) -> [(range: Range<Int>, style: TextRole)]

  /// How the function is called whose brackets are open at a place.
  func signature(in text: String, at offset: Int) -> String?

  /// The blanks that the last of some lines wants before it, where it belongs to a line that stands less deep.
  func indent(ofLastOf lines: [Substring]) -> Int?

  /// The text as the person's own editor left it; the terminal is that editor's meanwhile.
  func edited(_ text: String) -> String?
}

extension LineEditorDelegate {
  public func indent(ofLastOf lines: [Substring]) -> Int? { nil }
  public func edited(_ text: String) -> String? { nil }
}

public enum InputCompleteness: Equatable, Sendable {
  case complete
  /// More lines are wanted, the next one indented by so many blanks.
  case incomplete(indent: Int)
  /// Nothing that could follow mends it: it is run, to show the mistake.
  case invalid
}

/// What came of reading.
public enum Reading: Equatable, Sendable {
  case text(String)
  /// Ctrl-C: what was typed is dropped.
  case interrupted
  case endOfInput
}
