import Diagnostics

extension Parser {
  mutating func parseCompound(_ keyword: Keyword) throws(Failure) -> Statement {
    switch keyword {
    case .if: return try parseIf()
    case .while: return try parseWhile()
    case .for: return try parseFor()
    case .def: return try parseFunction(decorator: nil)
    case .try: return try parseTry()
    case .with: return try parseWith()
    case .class:
      throw fail(
        "there are no classes", span(token),
        help: "a layer with weights of its own is a function under @layer; other data goes into a dictionary")
    default: throw fail("there is no async", span(token), help: "calls wait by themselves")
    }
  }

  /// The statements behind a `:`, on the same line or indented below.
  mutating func parseBlock(of what: String) throws(Failure) -> [Statement] {
    guard take(.colon) else {
      if token.kind == .newline || token.kind == .end {
        throw fail(
          "a : is missing at the end of this \(what)", span(token.kind == .newline ? tokens[max(0, index - 1)] : token),
          help: "write : behind it")
      }
      throw unexpected("expected : behind this \(what)")
    }
    var statements: [Statement] = []
    guard token.kind == .newline else {
      if token.kind == .end {
        throw fail("the block of this \(what) is missing", span(token), help: Self.blockHelp, linesMayFollow)
      }
      if case .keyword(let keyword) = token.kind, [.if, .while, .for, .def, .try, .with].contains(keyword) {
        throw fail("a block cannot begin behind a : on the same line", span(token), help: "put it on the next line, indented")
      }
      try parseSimpleLine(into: &statements)
      return statements
    }
    let colon = tokens[index - 1]
    advance()
    guard token.kind == .indent else {
      throw fail("the block of this \(what) is missing", span(colon), help: Self.blockHelp, linesMayFollow)
    }
    advance()
    while token.kind != .dedent, token.kind != .end { parseLine(into: &statements) }
    if token.kind == .dedent { advance() }
    return statements
  }

  private static let blockHelp = "indent what belongs to it, or write pass"

  private mutating func parseIf() throws(Failure) -> Statement {
    let start = advance()
    var branches: [(token: Token, test: Expression, body: [Statement], span: Span)] = []
    var test = try parseExpression()
    branches.append((start, test, try parseBlock(of: "if"), span(from: start)))
    while at(.elif) {
      let start = advance()
      test = try parseExpression()
      branches.append((start, test, try parseBlock(of: "elif"), span(from: start)))
      try checkChain(branches.count)
    }
    var other: [Statement] = []
    if at(.else), peek().kind == .keyword(.if) {
      throw fail("else if is one word", span(token).joined(to: span(peek())), help: "write elif")
    }
    if take(.else) { other = try parseBlock(of: "else") }
    for branch in branches.reversed() {
      other = [
        Statement(
          .conditional(test: branch.test, body: branch.body, other: other),
          Span(source, branch.token.range.lowerBound..<span(from: branch.token).range.upperBound))
      ]
    }
    return other[0]
  }

  private mutating func parseWhile() throws(Failure) -> Statement {
    let start = advance()
    let test = try parseExpression()
    let body = try parseBlock(of: "while")
    let other = take(.else) ? try parseBlock(of: "else") : []
    return Statement(.whileLoop(test: test, body: body, other: other), span(from: start))
  }

  private mutating func parseFor() throws(Failure) -> Statement {
    let start = advance()
    let target = try parseTargetList()
    guard take(.in) else { throw unexpected("expected in behind the loop's name", help: "for x in values:") }
    let iterable = try parseExpressionList(allowsStars: true)
    let body = try parseBlock(of: "for")
    let other = take(.else) ? try parseBlock(of: "else") : []
    return Statement(.forLoop(target: target, iterable: iterable, body: body, other: other), span(from: start))
  }

  /// The targets between `for` and `in`.
  mutating func parseTargetList() throws(Failure) -> Expression {
    let start = token
    var elements: [Expression] = []
    var isTuple = false
    repeat {
      if at(.in) { break }
      elements.append(try at(.star) ? parseStarred() : parsePostfix())
      isTuple = isTuple || at(.comma)
    } while take(.comma)
    guard !elements.isEmpty else { throw unexpected("expected a name") }
    let target = isTuple ? Expression(.tuple(elements), span(from: start)) : elements[0]
    try checkTarget(target)
    return target
  }

  private mutating func parseTry() throws(Failure) -> Statement {
    let start = advance()
    let body = try parseBlock(of: "try")
    var handlers: [Statement.Handler] = []
    while at(.except) {
      if let last = handlers.last, last.kinds.isEmpty {
        throw fail(
          "the except that takes everything comes last", last.span,
          help: "move it down, or name what it is for: except Exception:")
      }
      handlers.append(try parseHandler())
    }
    var other: [Statement] = []
    if at(.else) {
      if handlers.isEmpty {
        throw fail(
          "else belongs behind an except", span(token), help: "put what it holds behind the last line of the try")
      }
      advance()
      other = try parseBlock(of: "else")
    }
    let finally = take(.finally) ? try parseBlock(of: "finally") : []
    if handlers.isEmpty, finally.isEmpty {
      throw fail(
        "this try has neither except nor finally", span(start), help: "add except ValueError as e:", linesMayFollow)
    }
    return Statement(.attempt(body: body, handlers: handlers, other: other, finally: finally), span(from: start))
  }

  private mutating func parseHandler() throws(Failure) -> Statement.Handler {
    let start = advance()
    if at(.star) { throw fail("there are no groups of exceptions", span(token), help: "write except without *") }
    var kinds: [Expression] = []
    var bound: (name: String, span: Span)?
    if !at(.colon) {
      let kind = try parseExpression()
      if case .tuple(let elements) = kind.kind { kinds = elements } else { kinds = [kind] }
      if at(.comma) { throw fail("several kinds stand in brackets", span(token), help: "except (ValueError, TypeError) as e:") }
      if take(.as) { bound = try expectName("a name behind as") }
    }
    let body = try parseBlock(of: "except")
    return Statement.Handler(kinds: kinds, name: bound?.name, nameSpan: bound?.span, body: body, span: span(from: start))
  }

  private mutating func parseWith() throws(Failure) -> Statement {
    let start = advance()
    var items: [Statement.WithItem] = []
    repeat {
      let context = try parseExpression()
      var target: Expression?
      if take(.as) {
        let found = try parsePostfix()
        try checkTarget(found)
        target = found
      }
      items.append(Statement.WithItem(context: context, target: target))
    } while take(.comma)
    let body = try parseBlock(of: "with")
    return Statement(.with(items, body: body), span(from: start))
  }
}
