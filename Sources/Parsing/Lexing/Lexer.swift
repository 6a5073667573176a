import Diagnostics

/// Cuts a source into tokens, with indentation as tokens of its own.
///
/// It never fails: what it cannot read becomes a diagnostic and a `broken` token.
struct Lexer {
  let source: Source
  let bytes: [UInt8]
  var position: Int
  let limit: Int
  var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []
  /// What a REPL would go on with: an open bracket or string at the end.
  var isUnfinished = false
  /// The prefix and quotation marks of a string that the text's end cuts off.
  var openString: Range<Int>?

  /// The columns of the open blocks, with the indentation's bytes for comparison.
  private var indents: [(column: Int, text: ArraySlice<UInt8>)] = [(0, [])]
  private var brackets: [Token] = []
  private var isDeep = false

  static let deepestBrackets = 100
  static let deepestIndent = 50

  init(_ source: Source, range: Range<Int>? = nil) {
    self.source = source
    bytes = source.utf8
    position = range?.lowerBound ?? 0
    limit = range?.upperBound ?? bytes.count
    if range == nil, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  // MARK: The run

  /// All tokens of a source, ending in `end`.
  mutating func readAll() {
    refuseNull()
    readIndent()
    while position < limit, !isDeep { readToken() }
    if let open = brackets.last, !isDeep {
      isUnfinished = true
      report(
        "this \(text(open.range)) is never closed", open.range, help: "close it with \(Self.closing(open).rawValue)", .runsOn)
    }
    if let last = tokens.last, last.kind != .newline { add(.newline, limit..<limit) }
    for _ in indents.dropFirst() { add(.dedent, limit..<limit) }
    add(.end, limit..<limit)
  }

  /// The tokens of an expression within an f-string: no lines, no indentation.
  mutating func readInline() {
    brackets.append(Token(kind: .symbol(.braceOpen), range: position..<position))
    while position < limit, !isDeep { readToken() }
    add(.end, limit..<limit)
  }

  private mutating func readToken() {
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0C: position += 1
    case UInt8(ascii: "#"): skipComment()
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): readLineEnd()
    case UInt8(ascii: "\\"): readContinuation()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): readString(prefix: position..<position)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
    case UInt8(ascii: ".") where isDigit(at: position + 1): readNumber()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...: readWord()
    default: readSymbol()
    }
  }

  /// Python reads no source with a null in it, not even in a comment.
  private mutating func refuseNull() {
    guard let place = bytes.firstIndex(of: 0) else { return }
    report("a null character stands in the text", place..<place + 1, help: "the file may be no text")
  }

  // MARK: Lines

  private mutating func skipComment() {
    while position < limit, bytes[position] != UInt8(ascii: "\n"), bytes[position] != UInt8(ascii: "\r") { position += 1 }
  }

  private mutating func skipLineEnd() {
    if bytes[position] == UInt8(ascii: "\r"), position + 1 < limit, bytes[position + 1] == UInt8(ascii: "\n") { position += 1 }
    position += 1
  }

  private mutating func readLineEnd() {
    let start = position
    skipLineEnd()
    guard brackets.isEmpty else { return }
    if let last = tokens.last, last.kind != .newline, last.kind != .indent, last.kind != .dedent {
      add(.newline, start..<position)
    }
    readIndent()
  }

  private mutating func readContinuation() {
    let start = position
    position += 1
    if position < limit, bytes[position] == UInt8(ascii: "\n") || bytes[position] == UInt8(ascii: "\r") {
      skipLineEnd()
      if position >= limit { endsInContinuation(start) }
    } else if position >= limit {
      endsInContinuation(start)
    } else {
      report("behind \\ the line must end", start..<position, help: "\\ joins a line with the next one")
    }
  }

  private mutating func endsInContinuation(_ start: Int) {
    isUnfinished = true
    report(
      "the text ends, but this \\ joins its line with a next one", start..<start + 1, help: "take the \\ out", .runsOn)
  }

  /// The blanks before the first word of a line, and the blocks that they open or close.
  private mutating func readIndent() {
    while position < limit {
      let start = position
      while position < limit, [0x20, 0x09, 0x0C].contains(bytes[position]) { position += 1 }
      guard position < limit else { return }
      switch bytes[position] {
      case UInt8(ascii: "#"):
        skipComment()
        if position < limit { skipLineEnd() }
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): skipLineEnd()
      case UInt8(ascii: "\\"):
        report("a line does not begin with \\", position..<position + 1, help: "end the line before with it")
        position += 1
        return
      default:
        // A form feed begins the indentation anew, as in Python.
        let blanks = bytes[start..<position].split(separator: 0x0C, omittingEmptySubsequences: false)
        settle(blanks.last ?? [], start)
        return
      }
    }
  }

  private mutating func settle(_ blanks: ArraySlice<UInt8>, _ start: Int) {
    let column = blanks.reduce(0) { $1 == 0x09 ? ($0 / 8 + 1) * 8 : $0 + 1 }
    guard let current = indents.last else { return }
    if column > current.column {
      guard blanks.starts(with: current.text) else { return mixed(start) }
      indents.append((column, blanks))
      add(.indent, start..<position)
      if indents.count > Self.deepestIndent + 1 {
        report(
          "blocks are nested deeper than \(Self.deepestIndent)", start..<position, help: "move the inner part into a function",
          .stopped)
        isDeep = true
      }
      return
    }
    while let last = indents.last, last.column > column {
      indents.removeLast()
      add(.dedent, position..<position)
    }
    guard let last = indents.last else { return }
    if last.column != column {
      report(
        "this indentation fits no block above", start..<max(position, start + 1),
        help: "the blocks above begin at column \(indents.map { "\($0.column + 1)" }.joined(separator: ", "))")
      indents[indents.count - 1] = (column, blanks)
    } else if last.text != blanks {
      mixed(start)
    }
  }

  private mutating func mixed(_ start: Int) {
    report("tabs and spaces are mixed in this indentation", start..<max(position, start + 1), help: "indent with four spaces")
  }

  // MARK: Words and signs

  private mutating func readWord() {
    let start = position
    while position < limit, Self.isWordByte(bytes[position]) { position += 1 }
    let word = text(start..<position)
    if position < limit, position - start <= 2, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'"),
      ["r", "f", "b", "u", "rf", "fr", "br", "rb"].contains(word.lowercased())
    {
      return readString(prefix: start..<position)
    }
    if let keyword = Keyword(rawValue: word) { return add(.keyword(keyword), start..<position) }
    guard word.utf8.contains(where: { $0 >= 0x80 }) else { return add(.name(word), start..<position) }
    checkName(word, start)
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  /// Names may hold letters of any script, but only in their plain form, since Python reads others as the plain one.
  private mutating func checkName(_ word: String, _ start: Int) {
    var offset = start
    for (place, scalar) in word.unicodeScalars.enumerated() {
      let length = UTF8.width(scalar)
      let isPart = place == 0 ? PlainName.isStart(scalar) : PlainName.isPart(scalar)
      if !isPart { return reportStranger(scalar, offset, word, start) }
      offset += length
    }
    let plain = PlainName.plain(word)
    if !word.unicodeScalars.elementsEqual(plain.unicodeScalars) {
      report("this name has characters that stand for plain ones", start..<position, help: "write \(plain)")
    } else if word.unicodeScalars.contains(where: PlainName.isCompatibilityForm) {
      report("this name has characters that stand for plain ones", start..<position, help: "write it with plain letters")
    }
    add(.name(plain), start..<position)
  }

  private mutating func reportStranger(_ scalar: Unicode.Scalar, _ offset: Int, _ word: String, _ start: Int) {
    if offset > start { add(.name(text(start..<offset)), start..<offset) }
    position = offset + UTF8.width(scalar)
    let range = offset..<position
    switch scalar {
    case "\u{201C}", "\u{201D}", "\u{201E}", "\u{2018}", "\u{2019}", "\u{00AB}", "\u{00BB}":
      report("this quotation mark is not one of code", range, help: "use \" or '")
    case "\u{2212}", "\u{2013}", "\u{2014}": report("this dash is no minus sign", range, help: "use -")
    case "\u{00D7}", "\u{22C5}", "\u{00B7}": report("this sign does not multiply", range, help: "use *")
    case "\u{00F7}": report("this sign does not divide", range, help: "use /")
    case "\u{2264}": report("write <= for this sign", range, help: "use <=")
    case "\u{2265}": report("write >= for this sign", range, help: "use >=")
    case "\u{2260}": report("write != for this sign", range, help: "use !=")
    case "\u{00B2}", "\u{00B3}", "\u{00B9}": report("a raised digit is no power", range, help: "use **")
    case "\u{00A0}", "\u{2000}"..."\u{200F}", "\u{202F}", "\u{3000}", "\u{FEFF}":
      return report("this blank is not a plain space", range, help: "replace it by a space")
    default: report("\(Printable.text(String(scalar))) has no meaning here", range, help: "take it out, or put it between quotes")
    }
    add(.broken, range)
  }

  private mutating func readSymbol() {
    let start = position
    for length in stride(from: 3, through: 1, by: -1) where position + length <= limit {
      guard let symbol = Self.symbols[text(start..<start + length)] else { continue }
      position += length
      return addSymbol(symbol, start..<position)
    }
    position += 1
    let byte = bytes[start]
    if byte == UInt8(ascii: "!") {
      report("! does not negate", start..<position, help: "write not")
    } else if byte == UInt8(ascii: "?") {
      report("? asks for help only behind a name on a line of its own", start..<position, help: "help(name) works anywhere")
    } else if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "`") {
      report("\(text(start..<position)) has no meaning here", start..<position, help: "take it out, or put it between quotes")
    } else {
      report("this character has no meaning here", start..<position, help: "take it out, or put it between quotes")
    }
    add(.broken, start..<position)
  }

  private static let symbols = Dictionary(uniqueKeysWithValues: Symbol.allCases.map { ($0.rawValue, $0) })

  private mutating func addSymbol(_ symbol: Symbol, _ range: Range<Int>) {
    let token = Token(kind: .symbol(symbol), range: range)
    switch symbol {
    case .parenOpen, .bracketOpen, .braceOpen:
      brackets.append(token)
      if brackets.count > Self.deepestBrackets {
        report(
          "brackets are nested deeper than \(Self.deepestBrackets)", range, help: "give the inner part a name of its own",
          .stopped)
        isDeep = true
      }
    case .parenClose, .bracketClose, .braceClose: close(symbol, range)
    default: break
    }
    tokens.append(token)
  }

  private mutating func close(_ symbol: Symbol, _ range: Range<Int>) {
    let pairs: [Symbol: Symbol] = [.parenClose: .parenOpen, .bracketClose: .bracketOpen, .braceClose: .braceOpen]
    guard let open = brackets.last else {
      return report(
        "there is no bracket for this \(symbol.rawValue) to close", range, help: "take it out, or open one before",
        .bracketRefused)
    }
    brackets.removeLast()
    guard case .symbol(let opener) = open.kind, opener != pairs[symbol] else { return }
    let line = source.place(of: open.range.lowerBound).line
    report(
      "this \(symbol.rawValue) does not close the \(opener.rawValue) of line \(line)", range,
      help: "close it with \(Self.closing(open).rawValue)", .bracketRefused)
  }

  /// The bracket that closes an open one.
  private static func closing(_ open: Token) -> Symbol {
    switch open.kind {
    case .symbol(.bracketOpen): .bracketClose
    case .symbol(.braceOpen): .braceClose
    default: .parenClose
    }
  }

  // MARK: Helpers of all

  func isDigit(at place: Int) -> Bool {
    place < limit && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place])
  }

  func text(_ range: Range<Int>) -> String { source.text(range) }

  mutating func add(_ kind: Token.Kind, _ range: Range<Int>) { tokens.append(Token(kind: kind, range: range)) }

  mutating func report(
    _ message: String, _ range: Range<Int>, help: String, _ consequence: Diagnostic.Consequence = .none
  ) {
    diagnostics.append(.grammar(message, at: Span(source, range), help: help, consequence))
  }
}
