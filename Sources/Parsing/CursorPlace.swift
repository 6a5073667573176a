import Diagnostics

/// What stands around a cursor in a text that may be half written: the word, the names before its dot, the call around it.
public struct CursorPlace: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// A name of the scope may stand here.
    case name
    /// Behind the dot of these names: in `net.dense1.we` behind `net`, `dense1`. Empty: behind something that has no name.
    case attribute(of: [String])
    /// A module's name, or a name that comes from one.
    case module
    /// Text, a comment or a number: nothing can be completed.
    case text
  }

  /// A call whose brackets are open at the cursor.
  public struct Call: Equatable, Sendable {
    /// The dotted name of what is called.
    public var name: String
    /// The arguments that stand there by name.
    public var given: Set<String> = []
  }

  public private(set) var kind: Kind
  /// The part of the word before the cursor; all of it where asked for.
  public private(set) var word = ""
  /// In bytes.
  public private(set) var wordRange: Range<Int>
  public private(set) var call: Call?
  /// Whether the word names an argument of the call: `rate` in `f(rate=`.
  public private(set) var isArgumentName = false
  /// The names that the text before the cursor binds, in the order in which they come.
  public let boundNames: [String]

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
    boundNames = BoundNames(tokens).names
    kind = .name
    wordRange = range.upperBound..<range.upperBound
    guard lexer.openString == nil, !Self.endsUnread(source, tokens, range) else {
      kind = .text
      call = Self.call(around: tokens)
      if let opening = lexer.openString { enterFormatted(source, opening, range.upperBound) }
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
    if let owner = Self.owner(before: &rest) { kind = .attribute(of: owner) }
    call = Self.call(around: tokens)
    if kind == .name, Self.isImport(rest) { kind = .module }
  }

  /// Goes on within the braces of an f-string, if the cursor stands in one.
  private mutating func enterFormatted(_ source: Source, _ opening: Range<Int>, _ end: Int) {
    guard source.text(opening).contains(where: { $0 == "f" || $0 == "F" }) else { return }
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

  /// The names that stand before a dot at the end, which are taken away; nil if there is no dot.
  private static func owner(before tokens: inout ArraySlice<Token>) -> [String]? {
    var names: [String] = []
    while tokens.last?.kind == .symbol(.dot) {
      tokens.removeLast()
      // Nothing is known of what a bracket or a text gives.
      guard case .name(let name)? = tokens.last?.kind else { return [] }
      tokens.removeLast()
      names.append(name)
    }
    return names.isEmpty ? nil : names.reversed()
  }

  /// Goes back to the bracket that is still open.
  private static func call(around tokens: [Token]) -> Call? {
    var depth = 0
    var given: Set<String> = []
    for place in tokens.indices.reversed() {
      switch tokens[place].kind {
      case .symbol(.parenClose), .symbol(.bracketClose), .symbol(.braceClose): depth += 1
      case .symbol(.bracketOpen), .symbol(.braceOpen):
        if depth == 0 { return nil }
        depth -= 1
      case .symbol(.parenOpen):
        if depth == 0 { return name(before: place, in: tokens).map { Call(name: $0, given: given) } }
        depth -= 1
      case .symbol(.assign) where depth == 0:
        if place > 0, case .name(let name) = tokens[place - 1].kind { given.insert(name) }
      case .newline: return nil
      default: break
      }
    }
    return nil
  }

  /// The dotted name before a bracket; nil if there is none, or if the bracket holds the parameters of a `def`.
  private static func name(before place: Int, in tokens: [Token]) -> String? {
    guard place > 0, case .name(let last) = tokens[place - 1].kind else { return nil }
    var names = [last]
    var start = place - 1
    while start > 0, tokens[start - 1].kind == .symbol(.dot) {
      guard start > 1, case .name(let name) = tokens[start - 2].kind else { return nil }
      names.append(name)
      start -= 2
    }
    if start > 0, tokens[start - 1].kind == .keyword(.def) { return nil }
    return names.reversed().joined(separator: ".")
  }

  /// Whether the last line of the tokens is an import.
  private static func isImport(_ tokens: ArraySlice<Token>) -> Bool {
    let line = tokens.split(omittingEmptySubsequences: false) { $0.kind == .newline }.last ?? []
    let first = line.first { $0.kind != .indent }?.kind
    return first == .keyword(.import) || first == .keyword(.from)
  }
}
