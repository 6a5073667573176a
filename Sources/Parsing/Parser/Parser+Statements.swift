import Diagnostics

extension Parser {
  mutating func parseModule() -> [Statement] {
    var statements: [Statement] = []
    while token.kind != .end { parseLine(into: &statements) }
    return statements
  }

  /// One line of simple statements, or one compound statement; behind a mistake the rest of the line is skipped.
  mutating func parseLine(into statements: inout [Statement]) {
    let start = index
    do throws(Failure) {
      switch token.kind {
      case .newline: advance()
      case .indent: throw unexpected("")
      case .dedent: advance()
      case .keyword(let keyword) where Self.compounds.contains(keyword): statements.append(try parseCompound(keyword))
      case .symbol(.at): statements.append(try parseDecorated())
      default: try parseSimpleLine(into: &statements)
      }
    } catch {
      statements.append(Statement(.broken, span(tokens[start])))
      recover(from: start)
    }
  }

  private static let compounds: Set<Keyword> = [.if, .while, .for, .def, .try, .with, .class, .async]

  /// Goes on behind the line of a mistake, and behind the block that hangs on it.
  private mutating func recover(from start: Int) {
    if index == start { advance() }
    while token.kind != .end, token.kind != .newline {
      if token.kind == .indent || token.kind == .dedent { break }
      advance()
    }
    if token.kind == .newline { advance() }
    guard token.kind == .indent else { return }
    var open = 0
    repeat {
      if token.kind == .indent { open += 1 }
      if token.kind == .dedent { open -= 1 }
      if token.kind == .end { return }
      advance()
    } while open > 0
  }

  // MARK: Simple statements

  mutating func parseSimpleLine(into statements: inout [Statement]) throws(Failure) {
    repeat {
      statements.append(try parseSimple())
    } while take(.semicolon) && token.kind != .newline && token.kind != .end
    if token.kind == .newline { advance() } else if token.kind != .end && token.kind != .dedent { throw trailing() }
  }

  /// The mistake of something behind a statement's end.
  private mutating func trailing() -> Failure {
    let before = index > 0 ? tokens[index - 1] : token
    if case .name(let name) = before.kind, ["print", "raise", "assert"].contains(name) {
      return fail("\(name) is a function and wants brackets", span(token), help: "\(name)(...)")
    }
    if case .name("match") = before.kind { return fail("there is no match", span(before), help: "write if and elif") }
    switch token.kind {
    case .name, .int, .float, .string, .formatted:
      return fail(
        "something is missing before this: an operator or a comma?", span(token), help: "write it, or begin a new line")
    case .symbol(.colon):
      return fail(
        "a : stands here, but nothing before it begins a block", span(token), help: "take it out, or write if or for in front")
    case .symbol(.caret):
      return fail("^ does not raise to a power", span(token), help: "write **")
    case .symbol(.shiftLeft), .symbol(.shiftRight):
      return fail("there are no shifts of bits", span(token), help: "multiply or divide by a power of 2")
    default: return unexpected("expected the end of the line")
    }
  }

  private mutating func parseSimple() throws(Failure) -> Statement {
    let start = token
    guard case .keyword(let keyword) = token.kind else { return try parseExpressionStatement() }
    switch keyword {
    case .pass, .break, .continue:
      advance()
      let kinds: [Keyword: Statement.Kind] = [.pass: .pass, .break: .breaking, .continue: .continuing]
      return Statement(kinds[keyword] ?? .pass, span(start))
    case .return:
      advance()
      let value = atLineEnd ? nil : try parseExpressionList()
      return Statement(.returning(value), span(from: start))
    case .assert:
      advance()
      let test = try parseExpression()
      let message = take(.comma) ? try parseExpression() : nil
      return Statement(.assertion(test: test, message: message), span(from: start))
    case .raise:
      advance()
      let error = atLineEnd ? nil : try parseExpression()
      let cause = error != nil && take(.from) ? try parseExpression() : nil
      return Statement(.raising(error, cause: cause), span(from: start))
    case .del:
      advance()
      return try parseDeletion(start)
    case .import: return try parseImport()
    case .from: return try parseImportedNames()
    case .global, .nonlocal:
      throw fail(
        "there is no \(keyword.rawValue)", span(token),
        help: "return the new value, or keep it in a dictionary that the function changes")
    case .yield: throw fail("there are no generators", span(token), help: "collect the values in a list and return it")
    case .await: throw fail("there is no await", span(token), help: "calls wait by themselves")
    case .else, .elif, .except, .finally:
      throw fail(
        "this \(keyword.rawValue) belongs to nothing above", span(token),
        help: "it stands right below its block, indented as the block's first line")
    default: return try parseExpressionStatement()
    }
  }

  var atLineEnd: Bool {
    switch token.kind {
    case .newline, .end, .dedent, .symbol(.semicolon): true
    default: false
    }
  }

  private mutating func parseDeletion(_ start: Token) throws(Failure) -> Statement {
    let list = try parseExpressionList()
    let targets: [Expression]
    if case .tuple(let elements) = list.kind { targets = elements } else { targets = [list] }
    for target in targets {
      switch target.kind {
      case .name, .item, .attribute: break
      default:
        throw fail(
          "only a name, an item or a key can be deleted", target.span, help: "del x, del x[0] or del d[\"key\"]")
      }
    }
    return Statement(.deletion(targets), span(from: start))
  }

  // MARK: Expressions and assignments

  private mutating func parseExpressionStatement() throws(Failure) -> Statement {
    let start = token
    let first = try parseExpressionList(allowsStars: true)
    switch token.kind {
    case .symbol(.assign): return try parseAssignment(first, start)
    case .symbol(.colon):
      if case .name = first.kind {
        throw fail(
          "only the arguments of functions carry annotations", span(token), help: "write x = ..., and note the shape in a comment"
        )
      }
    case .symbol(.caretAssign): throw fail("^= is not part of bp", span(token), help: "power is **=")
    case .symbol(.shiftLeftAssign), .symbol(.shiftRightAssign):
      throw fail(
        "there are no shifts of bits", span(token), help: "multiply or divide by a power of 2")
    case .symbol(let symbol):
      guard let operation = symbol.augmented else { break }
      advance()
      switch first.kind {
      case .name, .item, .attribute: break
      default: throw notATarget(first)
      }
      let value = try parseExpressionList()
      return Statement(.augmented(target: first, operation, value: value), span(from: start))
    default: break
    }
    if case .starred = first.kind { throw strayStar(first) }
    return Statement(.expression(first), span(from: start))
  }

  private mutating func parseAssignment(_ first: Expression, _ start: Token) throws(Failure) -> Statement {
    var parts = [first]
    while take(.assign) {
      parts.append(try parseExpressionList(allowsStars: true))
      try checkChain(parts.count)
    }
    let value = parts.removeLast()
    for target in parts { try checkTarget(target) }
    if case .starred = value.kind { throw strayStar(value) }
    return Statement(.assignment(targets: parts, value: value), span(from: start))
  }

  /// Refuses what nothing can be assigned to.
  mutating func checkTarget(_ target: Expression, isPart: Bool = false) throws(Failure) {
    switch target.kind {
    case .name, .attribute, .item: return
    case .starred(let inner) where isPart: try checkTarget(inner)
    case .starred: throw fail("a * target stands in a list of targets", target.span, help: "write *rest, = values")
    case .tuple(let elements), .list(let elements):
      var stars = 0
      for element in elements {
        if case .starred = element.kind { stars += 1 }
        try checkTarget(element, isPart: true)
      }
      if stars > 1 { throw fail("only one target takes the rest with *", target.span, help: "take the other * out") }
    default: throw notATarget(target)
    }
  }

  mutating func strayStar(_ expression: Expression) -> Failure {
    fail("* stands only in a list, a call or a target", expression.span, help: "write [*values] for a list of them")
  }

  private mutating func notATarget(_ target: Expression) -> Failure {
    let (what, help) =
      switch target.kind {
      case .call: ("a call", "a name, an item x[0] or an attribute x.y can be set; write == to compare")
      case .comparison: ("a comparison", "write == to compare")
      case .none, .bool: ("a word of the language", "choose another name")
      case .int, .float, .string, .formatted: ("a constant", "write == to compare")
      case .conditional: ("a condition", "a name, an item x[0] or an attribute x.y can be set")
      default: ("this expression", "a name, an item x[0] or an attribute x.y can be set")
      }
    return fail("nothing can be assigned to \(what)", target.span, help: help)
  }
}
