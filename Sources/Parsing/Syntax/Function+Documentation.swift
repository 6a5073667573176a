import Diagnostics

extension Function {
  /// Its text, from `def` or `lambda` to the end of its body.
  public var whole: Span {
    guard case .statements(let body) = body, let last = body.last else { return span }
    return span.joined(to: last.span)
  }

  /// The text that its body begins with, which says what it does; its lines without the blanks that indent them.
  public var documentation: String? {
    guard case .statements(let body) = body, case .expression(let first)? = body.first?.kind, case .string(let text) = first.kind
    else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let indent = lines.dropFirst().filter { !$0.allSatisfy(\.isWhitespace) }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    var kept = lines.enumerated().map { i, line in i == 0 ? line.drop { $0 == " " } : line.dropFirst(indent) }
    while let last = kept.last, last.allSatisfy(\.isWhitespace) { kept.removeLast() }
    while let first = kept.first, first.allSatisfy(\.isWhitespace) { kept.removeFirst() }
    return kept.isEmpty ? nil : kept.joined(separator: "\n")
  }
}
