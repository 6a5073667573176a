import Diagnostics

/// A stretch of source and what it is, for colours as one types.
public struct Highlight: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    case keyword
    case string
    case number
    case comment
    case name
  }

  /// In bytes.
  public var range: Range<Int>
  public var kind: Kind

  /// All that has a colour in a text, which may be half written.
  public static func all(in text: String) -> [Highlight] {
    let source = Source(name: "", text: text)
    var lexer = Lexer(source)
    lexer.readAll()
    var highlights: [Highlight] = []
    var end = 0
    for token in lexer.tokens where token.range.upperBound <= source.utf8.count {
      highlights += comments(between: end, and: token.range.lowerBound, in: source.utf8)
      end = max(end, token.range.upperBound)
      if let kind = Kind(token.kind) { highlights.append(Highlight(range: token.range, kind: kind)) }
    }
    return highlights + comments(between: end, and: source.utf8.count, in: source.utf8)
  }

  /// Comments lie between tokens, each to the end of its line.
  private static func comments(between start: Int, and end: Int, in bytes: [UInt8]) -> [Highlight] {
    guard start < end else { return [] }
    return Gap(bytes, start..<end).comments.map { Highlight(range: $0.range, kind: .comment) }
  }
}

extension String {
  /// Whether it is a name of the language, and nothing else: no reserved word.
  public var isName: Bool {
    let found = Highlight.all(in: self)
    return found.count == 1 && found[0].kind == .name && found[0].range == 0..<utf8.count
  }
}

/// The words of the grammar.
public enum ReservedWords {
  /// Those that bp understands; the others are refused with a hint.
  public static let usable: [String] = Keyword.allCases.filter { !refused.contains($0) }.map(\.rawValue)

  private static let refused: Set<Keyword> = [.async, .await, .class, .global, .nonlocal, .yield]
}

extension Highlight.Kind {
  fileprivate init?(_ token: Token.Kind) {
    switch token {
    case .name: self = .name
    case .keyword: self = .keyword
    case .int, .float: self = .number
    case .string, .formatted: self = .string
    default: return nil
    }
  }
}
