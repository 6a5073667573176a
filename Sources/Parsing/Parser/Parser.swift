import Diagnostics

/// Reads tokens as a module; mistakes become diagnostics, and reading goes on behind them.
struct Parser {
  let source: Source
  var tokens: [Token]
  var index = 0
  var diagnostics: [Diagnostic] = []
  var functionCount = 0
  var comprehensionCount = 0
  /// Lambdas and conditions within one another; brackets are counted by the lexer.
  var depth = 0

  static let longestChain = 1000
  static let deepest = 100

  /// Thrown after a mistake was reported; caught where reading can go on.
  struct Failure: Error {}

  init(_ source: Source, _ tokens: [Token]) {
    self.source = source
    self.tokens = tokens
  }

  // MARK: Tokens

  var token: Token { tokens[index] }

  func peek(_ distance: Int = 1) -> Token { tokens[min(index + distance, tokens.count - 1)] }

  @discardableResult
  mutating func advance() -> Token {
    let token = tokens[index]
    if index + 1 < tokens.count { index += 1 }
    return token
  }

  func at(_ symbol: Symbol) -> Bool { token.kind == .symbol(symbol) }
  func at(_ keyword: Keyword) -> Bool { token.kind == .keyword(keyword) }

  mutating func take(_ symbol: Symbol) -> Bool {
    guard at(symbol) else { return false }
    advance()
    return true
  }

  mutating func take(_ keyword: Keyword) -> Bool {
    guard at(keyword) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Symbol, _ what: String, help: String? = nil) throws(Failure) {
    guard take(symbol) else { throw unexpected("expected \(what)", help: help) }
  }

  mutating func expectName(_ what: String) throws(Failure) -> (name: String, span: Span) {
    if case .name(let name) = token.kind { return (name, span(advance())) }
    if case .keyword(let keyword) = token.kind {
      throw fail(
        "\(keyword.rawValue) is a word of the language and no name", span(token),
        help: "choose another name, such as \(keyword.rawValue)_")
    }
    throw unexpected("expected \(what)")
  }

  // MARK: Places

  func span(_ token: Token) -> Span { Span(source, token.range) }

  /// From a token to the last one that was taken.
  func span(from start: Token) -> Span {
    let end = index > 0 ? tokens[index - 1].range.upperBound : start.range.upperBound
    return Span(source, start.range.lowerBound..<max(start.range.upperBound, end))
  }

  func span(from start: Span) -> Span {
    let end = index > 0 ? tokens[index - 1].range.upperBound : start.range.upperBound
    return Span(source, start.range.lowerBound..<max(start.range.upperBound, end))
  }

  // MARK: Mistakes

  mutating func report(_ message: String, _ span: Span, help: String, _ consequence: Diagnostic.Consequence = .none) {
    diagnostics.append(.grammar(message, at: span, help: help, consequence))
  }

  mutating func fail(
    _ message: String, _ span: Span, help: String, _ consequence: Diagnostic.Consequence = .none
  ) -> Failure {
    report(message, span, help: help, consequence)
    return Failure()
  }

  /// The failure for a token that fits nowhere; silent where the lexer has already complained.
  mutating func unexpected(
    _ expectation: String, help: String? = nil, _ consequence: Diagnostic.Consequence = .none
  ) -> Failure {
    if token.kind == .broken || hasLexicalMistake(near: token) { return Failure() }
    let (message, hint) = describe(expectation)
    report(message, span(token), help: help ?? hint, consequence)
    return Failure()
  }

  private func hasLexicalMistake(near token: Token) -> Bool {
    guard token.kind == .end || token.kind == .newline else { return false }
    return diagnostics.contains(.runsOn) || diagnostics.contains(.stopped)
  }

  /// What a missing block tells: at the text's end more lines may bring it.
  var linesMayFollow: Diagnostic.Consequence {
    tokens[index...].allSatisfy { [.newline, .dedent, .end].contains($0.kind) } ? .wantsLines : .none
  }

  /// What is wrong at the present token, with a hint for slips that other languages teach.
  private func describe(_ expectation: String) -> (message: String, help: String) {
    let before = index > 0 ? tokens[index - 1].kind : .end
    switch token.kind {
    case .symbol(.ampersand) where before == .symbol(.ampersand): return ("&& is written and", "write and")
    case .symbol(.pipe) where before == .symbol(.pipe): return ("|| is written or", "write or")
    case .symbol(.assign): return ("= sets a name and does not compare", "write == to compare")
    case .symbol(.walrus): return (":= is not part of bp", "set the name in a line of its own before")
    case .newline where before == .symbol(.plus) || before == .symbol(.minus):
      if index > 1, tokens[index - 2].kind == before { return ("there is no ++ or --", "write x += 1") }
      return (expectation + ", but the line ends", "write what is missing behind it")
    case .newline, .end, .dedent:
      return (expectation + ", but the line ends", "write what is missing, or take out what comes before")
    case .indent: return ("this line is indented, but begins no block", "take out the blanks before it")
    case .symbol(let symbol) where token.kind == before && ![.comma, .colon, .dot, .semicolon].contains(symbol):
      return (expectation + ", but found a second \(symbol.rawValue)", "write it once, or what is missing between the two")
    case .symbol(let symbol):
      return (expectation + ", but found \(symbol.rawValue)", "take it out, or write what is missing before it")
    case .keyword(let keyword):
      return (
        expectation + ", but found \(keyword.rawValue)",
        "\(keyword.rawValue) is a word of the language and cannot be a name or value here"
      )
    default: return (expectation + ", but found \(source.text(token.range))", "is something missing before it?")
    }
  }

  // MARK: Depth

  mutating func deeper<Result>(_ body: (inout Parser) throws(Failure) -> Result) throws(Failure) -> Result {
    guard depth < Self.deepest else {
      throw fail("this is nested deeper than \(Self.deepest)", span(token), help: "give the inner part a name of its own")
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  mutating func checkChain(_ count: Int) throws(Failure) {
    if count > Self.longestChain {
      throw fail("this chain has more than \(Self.longestChain) links", span(token), help: "compute it in parts")
    }
  }
}

extension Module {
  /// Reads a source whole. With diagnostics that are errors the tree has holes, and must not run.
  public static func parse(_ source: Source) -> (module: Module, diagnostics: [Diagnostic]) {
    var lexer = Lexer(source)
    lexer.readAll()
    var parser = Parser(source, lexer.tokens)
    parser.diagnostics = lexer.diagnostics
    let statements = parser.parseModule()
    let module = Module(
      source: source, statements: statements, hidesLastValue: parser.endsWithSemicolon, functionCount: parser.functionCount)
    parser.diagnostics = withoutEchoes(parser.diagnostics)
    let inOrder = parser.diagnostics.enumerated().sorted {
      ($0.element.span?.range.lowerBound ?? 0, $0.offset) < ($1.element.span?.range.lowerBound ?? 0, $1.offset)
    }
    return (module, inOrder.map(\.element))
  }
}

extension Module {
  /// Without what only follows from an earlier mistake: behind a bracket or string that is never closed nothing means what it
  /// says, and a bracket that the lexer refused is not to be refused again.
  private static func withoutEchoes(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    func start(_ diagnostic: Diagnostic) -> Int { diagnostic.span?.range.lowerBound ?? 0 }
    let open = diagnostics.filter { $0.consequence == .runsOn }.map(start).min() ?? .max
    let refused = Set(diagnostics.filter { $0.consequence == .bracketRefused }.map(start))
    var told: Set<Int> = []
    return diagnostics.filter { diagnostic in
      let place = start(diagnostic)
      if place > open { return false }
      guard refused.contains(place) else { return true }
      return told.insert(place).inserted
    }
  }
}

extension Parser {
  /// Whether a `;` stands behind the last statement.
  var endsWithSemicolon: Bool {
    var i = tokens.count - 1
    while i >= 0, [.end, .newline, .dedent].contains(tokens[i].kind) { i -= 1 }
    return i >= 0 && tokens[i].kind == .symbol(.semicolon)
  }
}
