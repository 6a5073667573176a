import Diagnostics

extension Diagnostic {
  /// A mistake of grammar; each says how to mend it.
  static func grammar(
    _ message: String, at span: Span, help: String, _ consequence: Consequence = .none
  ) -> Diagnostic {
    var diagnostic = Diagnostic("SyntaxError", message, at: span, help: help)
    diagnostic.consequence = consequence
    return diagnostic
  }

  /// A whole number that is beyond 64 bits.
  static func tooLarge(_ span: Span) -> Diagnostic {
    let float = Double(span.text.replacing("_", with: ""))
    return Diagnostic(
      "OverflowError", "a whole number has 64 bits, and this one does not fit", at: span,
      help: "write it as a float: " + (float.map { $0.isFinite ? "\($0)" : "inf" } ?? "1e19"))
  }
}

extension Sequence<Diagnostic> {
  /// Whether one of them tells this about the text after it.
  func contains(_ consequence: Diagnostic.Consequence) -> Bool { contains { $0.consequence == consequence } }
}
