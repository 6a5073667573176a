/// What is wrong with a program, as data: one renderer makes the text of it.
public struct Diagnostic: Equatable, Sendable {
  /// The name of the error's kind: `SyntaxError`, `ShapeError`; `note` for what is no error.
  public var kind: String
  public var message: String
  public var span: Span?
  /// A few words under the carets.
  public var label: String?
  /// How to mend it.
  public var help: String?
  /// The calls that led there, the innermost first.
  public var calls: [CallSite]
  /// What a mistake of grammar tells about the text after it.
  public var consequence = Consequence.none

  public enum Consequence: Equatable, Sendable {
    /// Nothing: the rest is read as it stands.
    case none
    /// A bracket or a string runs on to the end, so nothing behind its opening means what it says; more text may close it.
    case runsOn
    /// A block, or what ends it, is missing at this place; more lines may bring it.
    case wantsLines
    /// A closing bracket was refused, so that it is not to be refused again.
    case bracketRefused
    /// Nesting went too deep, and reading stopped there.
    case stopped
  }

  /// Where a call stands, and the function that it stands in: empty at top level.
  public struct CallSite: Equatable, Sendable {
    /// The function in which the call stands; empty at top level.
    public var function: String
    public var span: Span

    public init(function: String, span: Span) {
      self.function = function
      self.span = span
    }
  }

  public init(
    _ kind: String, _ message: String, at span: Span? = nil, label: String? = nil, help: String? = nil, calls: [CallSite] = []
  ) {
    self.kind = kind
    self.message = message
    self.span = span
    self.label = label
    self.help = help
    self.calls = calls
  }

  /// Whether it keeps the program from running.
  public var isError: Bool { kind != "note" }
}
