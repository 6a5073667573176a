import Diagnostics

/// What stands around a cursor in a text that may be half written: the word, the names before its dot, the call around it.
public struct CursorPlace: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// A name of the scope may stand here.
    case name
    /// Behind the dot of this value: in `net.dense1.we` behind `net.dense1`.
    case attribute(of: Reference)
    /// Behind `import` or `from`, in the folder of dotted names that stand before: empty in `import to`.
    case module(within: [String])
    /// A name that comes from a module: in `from tools import f`.
    case member(ofModule: String)
    /// In the square brackets behind a value, or in a text there that is still open.
    case key(of: Reference, quote: String?)
    /// In a text that is still open.
    case string(quote: String)
    /// A comment, a number or what an f-string spells out: nothing can be completed.
    case text
  }

  public private(set) var kind: Kind
  /// The part of the word before the cursor; all of it where asked for.
  public private(set) var word = ""
  /// In bytes.
  public private(set) var wordRange: Range<Int>
  /// The call whose brackets are open at the cursor.
  public private(set) var call: CursorCall?
  /// Whether the word names an argument of the call: `rate` in `f(rate=`.
  public private(set) var isArgumentName = false
  /// The names that the text before the cursor binds, in the order in which they come.
  public let boundNames: [String]
  /// What the names that the text binds stand for, where that can be read.
  public let origins: [String: Reference]

  /// - Parameters:
  ///   - offset: in bytes; moved into the text if it is outside.
  ///   - reachesBeyond: whether the word goes on behind the cursor.
  public init(_ text: String, _ offset: Int, reachesBeyond: Bool = false) {
    let bytes = Array(text.utf8)
    var end = min(max(offset, 0), bytes.count)
    while end < bytes.count, UTF8.isContinuation(bytes[end]) { end -= 1 }
    if reachesBeyond { end += bytes[end...].prefix(while: Lexer.isWordByte).count }
    self.init(Source(name: "", text: text), 0..<end)
    let behind = bytes[end...].drop { $0 == UInt8(ascii: " ") }
    isArgumentName = call != nil && behind.first == UInt8(ascii: "=") && behind.dropFirst().first != UInt8(ascii: "=")
  }

  /// The place at the end of a range.
  private init(_ source: Source, _ range: Range<Int>) {
    var lexer = Lexer(source, range: range)
    lexer.readAll()
    // A line's end and what closes the blocks are of the text's end, which is the cursor and no end.
    let tokens = lexer.tokens.filter { !$0.range.isEmpty }
    let bound = BoundNames(tokens)
    (boundNames, origins) = (bound.names, bound.origins)
    kind = .name
    wordRange = range.upperBound..<range.upperBound
    if let opening = lexer.openString {
      enterString(source, opening, range.upperBound, tokens.prefix { $0.range.lowerBound < opening.lowerBound })
      return
    }
    guard !Self.endsUnread(source, tokens, range) else {
      kind = .text
      call = CursorCall(around: tokens[...], word: false)
      return
    }
    var rest = tokens[...]
    if let last = rest.last, last.range.upperBound == range.upperBound {
      switch last.kind {
      case .name, .keyword:
        rest.removeLast()
        word = source.text(last.range)
        wordRange = last.range
      case .symbol, .newline: break
      default: kind = .text
      }
    }
    call = CursorCall(around: tokens[...], word: rest.count < tokens.count)
    guard kind == .name else { return }
    if let imported = Self.imported(rest, source, range.upperBound) {
      kind = imported
    } else if rest.last?.kind == .symbol(.dot) {
      var owner = rest.dropLast()
      kind = .attribute(of: Reference(endOf: &owner) ?? Reference(.unknown))
    } else if rest.last?.kind == .symbol(.bracketOpen) {
      var owner = rest.dropLast()
      if let value = Reference(endOf: &owner) { kind = .key(of: value, quote: nil) }
    }
  }

  /// - Parameter before: the tokens before the string.
  private mutating func enterString(_ source: Source, _ opening: Range<Int>, _ end: Int, _ before: ArraySlice<Token>) {
    kind = .text
    call = CursorCall(around: before, word: false)
    let sign = source.text(opening)
    guard !sign.contains(where: { $0 == "f" || $0 == "F" }) else { return enterFormatted(source, opening, end) }
    wordRange = opening.upperBound..<end
    word = source.text(wordRange)
    // What is escaped stands for something else.
    guard sign.count == 1, !word.contains("\\") else { return }
    kind = .string(quote: sign)
    guard before.last?.kind == .symbol(.bracketOpen) else { return }
    var owner = before.dropLast()
    if let value = Reference(endOf: &owner) { kind = .key(of: value, quote: sign) }
  }

  /// Goes on within the braces of an f-string, if the cursor stands in one.
  private mutating func enterFormatted(_ source: Source, _ opening: Range<Int>, _ end: Int) {
    var depth = 0
    var start = end
    var i = opening.upperBound
    while i < end {
      switch source.utf8[i] {
      case UInt8(ascii: "{") where depth == 0 && i + 1 < end && source.utf8[i + 1] == UInt8(ascii: "{"): i += 1
      case UInt8(ascii: "{"):
        if depth == 0 { start = i + 1 }
        depth += 1
      case UInt8(ascii: "}"): depth = max(0, depth - 1)
      default: break
      }
      i += 1
    }
    guard depth > 0 else { return }
    let inner = CursorPlace(source, start..<end)
    (kind, word, wordRange) = (inner.kind, inner.word, inner.wordRange)
    call = inner.call ?? call
  }

  /// Whether a comment stands before the cursor, or what is nested too deeply to be read.
  private static func endsUnread(_ source: Source, _ tokens: [Token], _ range: Range<Int>) -> Bool {
    let start = min(tokens.last?.range.upperBound ?? range.lowerBound, range.upperBound)
    let line = source.utf8[start..<range.upperBound].split(separator: 0x0A, omittingEmptySubsequences: false).last ?? []
    return line.contains { $0 > UInt8(ascii: " ") }
  }

  /// What is named where the cursor stands in an import; nil elsewhere.
  private static func imported(_ tokens: ArraySlice<Token>, _ source: Source, _ end: Int) -> Kind? {
    // An import begins a line, whatever is still open above.
    let start = source.utf8[..<end].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
    let line = tokens.suffix(while: { $0.range.lowerBound >= start && $0.kind != .indent })
    let first = line.first?.kind
    guard first == .keyword(.import) || first == .keyword(.from) else { return nil }
    var names: [String] = []
    for token in line.dropFirst() {
      switch token.kind {
      case .name(let name): names.append(name)
      case .symbol(.dot): break
      case .symbol(.comma) where first == .keyword(.import): names = []
      case .keyword(.import): return .member(ofModule: names.joined(separator: "."))
      // Behind `as` stands a new name.
      default: return .text
      }
    }
    // Behind a whole name comes a word of the grammar.
    return names.isEmpty || line.last?.kind == .symbol(.dot) ? .module(within: names) : .name
  }
}

extension ArraySlice {
  /// The longest end of which all elements satisfy a condition.
  fileprivate func suffix(while holds: (Element) -> Bool) -> ArraySlice {
    guard let last = lastIndex(where: { !holds($0) }) else { return self }
    return self[(last + 1)...]
  }
}
