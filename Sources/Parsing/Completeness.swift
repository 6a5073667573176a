import Diagnostics

/// Whether a text that is being typed can be run as it stands.
public enum Completeness: Equatable, Sendable {
  case complete
  /// More lines are wanted; the next one begins with so many blanks.
  case incomplete(indent: Int)
  /// No line that could follow mends it.
  case invalid

  public init(of text: String) {
    let source = Source(name: "", text: text)
    var lexer = Lexer(source)
    lexer.readAll()
    if lexer.isUnfinished, !lexer.hasOtherMistakes {
      self = .incomplete(indent: lexer.unfinishedIndent)
      return
    }
    let (_, diagnostics) = Module.parse(source)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let last = lines.last { !$0.allSatisfy(\.isWhitespace) } ?? ""
    let indent = last.prefix { $0 == " " }.count
    if !diagnostics.isEmpty {
      let areMended = diagnostics.allSatisfy { $0.consequence == .wantsLines }
      self = areMended ? .incomplete(indent: last.hasSuffix(":") ? indent + 4 : indent) : .invalid
      return
    }
    // A block goes on until an empty line, or a line at the margin, ends it.
    let endsEmpty = text.hasSuffix("\n") && (lines.dropLast().last?.allSatisfy(\.isWhitespace) ?? false)
    let isOpenBlock = indent > 0 && !lexer.isWithinBrackets(lastLineOf: lines.count)
    self = isOpenBlock && !endsEmpty ? .incomplete(indent: Self.endsBlock(last) ? max(0, indent - 4) : indent) : .complete
  }
}

extension Completeness {
  /// Whether nothing can follow a line in its block.
  fileprivate static func endsBlock(_ line: some StringProtocol) -> Bool {
    let word = line.drop { $0 == " " }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return ["return", "pass", "break", "continue", "raise"].contains(String(word))
  }
}

extension Lexer {
  /// Mistakes that do not come from the text's end being too near.
  fileprivate var hasOtherMistakes: Bool {
    diagnostics.contains { $0.consequence != .runsOn }
  }

  fileprivate var unfinishedIndent: Int {
    tokens.contains { $0.kind == .symbol(.parenOpen) || $0.kind == .symbol(.bracketOpen) || $0.kind == .symbol(.braceOpen) }
      ? 4 : 0
  }

  /// Whether the last line only continues brackets that were opened on a line at the margin.
  fileprivate func isWithinBrackets(lastLineOf count: Int) -> Bool {
    guard let indent = tokens.last(where: { $0.kind == .indent }) else { return true }
    let dedents = tokens.filter {
      $0.kind == .dedent && $0.range.lowerBound < limit && $0.range.lowerBound > indent.range.lowerBound
    }
    return !dedents.isEmpty
      && tokens.filter { $0.kind == .indent }.count == tokens.filter { $0.kind == .dedent && $0.range.lowerBound < limit }.count
  }
}
