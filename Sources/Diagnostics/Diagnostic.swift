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
