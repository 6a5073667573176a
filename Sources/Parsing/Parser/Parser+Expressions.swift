import Diagnostics

extension Parser {
  /// Expressions with commas between: a tuple where there is a comma.
  mutating func parseExpressionList(allowsStars: Bool = false) throws(Failure) -> Expression {
    let start = token
    let first = try at(.star) ? parseStarred() : parseExpression()
    guard at(.comma) else {
      if case .starred = first.kind, !allowsStars { throw strayStar(first) }
      return first
    }
    var elements = [first]
    while take(.comma), !endsList { elements.append(try at(.star) ? parseStarred() : parseExpression()) }
    return Expression(.tuple(elements), span(from: start))
  }

  private var endsList: Bool {
    if atLineEnd { return true }
    switch token.kind {
    case .symbol(let symbol):
      return [.assign, .parenClose, .bracketClose, .braceClose, .colon].contains(symbol) || symbol.augmented != nil
    default: return false
    }
  }

  mutating func parseStarred() throws(Failure) -> Expression {
    let start = advance()
    let inner = try parseBinary(0)
    return Expression(.starred(inner), span(from: start))
  }

  /// `value if test else other`, or less.
  mutating func parseExpression() throws(Failure) -> Expression {
    if at(.lambda) { return try parseLambda() }
    if at(.yield) { throw fail("there are no generators", span(token), help: "collect the values in a list and return it") }
    if at(.await) { throw fail("there is no await", span(token), help: "calls wait by themselves") }
    var pieces: [(value: Expression, test: Expression)] = []
    var last = try parseOr()
    while at(.if) {
      advance()
      let test = try parseOr()
      guard take(.else) else { throw unexpected("expected else", help: "a value with if has an else: a if test else b") }
      pieces.append((last, test))
      try checkChain(pieces.count)
      last = try at(.lambda) ? parseLambda() : parseOr()
    }
    if at(.walrus) { throw fail(":= is not part of bp", span(token), help: "set the name in a line of its own before") }
    for piece in pieces.reversed() {
      last = Expression(
        .conditional(test: piece.test, value: piece.value, other: last), piece.value.span.joined(to: last.span))
    }
    return last
  }

  // MARK: Truth

  /// What follows `in` or `if` in a comprehension: no condition of its own.
  mutating func parseConditionOperand() throws(Failure) -> Expression {
    try parseOr()
  }

  private mutating func parseOr() throws(Failure) -> Expression {
    try parseLogical(.or) { parser throws(Failure) in
      try parser.parseLogical(.and) { parser throws(Failure) in try parser.parseNot() }
    }
  }

  private mutating func parseLogical(
    _ operation: LogicalOperator, _ operand: (inout Parser) throws(Failure) -> Expression
  ) throws(Failure) -> Expression {
    let first = try operand(&self)
    let keyword: Keyword = operation == .or ? .or : .and
    guard at(keyword) else { return first }
    var operands = [first]
    while take(keyword) {
      operands.append(try operand(&self))
      try checkChain(operands.count)
    }
    return Expression(.logical(operation, operands), first.span.joined(to: operands[operands.count - 1].span))
  }

  private mutating func parseNot() throws(Failure) -> Expression {
    var starts: [Token] = []
    while at(.not) {
      starts.append(advance())
      try checkChain(starts.count)
    }
    var value = try parseComparison()
    for start in starts.reversed() { value = Expression(.unary(.not, value), span(start).joined(to: value.span)) }
    return value
  }

  private mutating func parseComparison() throws(Failure) -> Expression {
    let first = try parseBinary(0)
    var rest: [Expression.Comparand] = []
    while let comparison = takeComparison() {
      rest.append(Expression.Comparand(comparison: comparison, operand: try parseBinary(0)))
      try checkChain(rest.count)
    }
    guard let last = rest.last else { return first }
    return Expression(.comparison(first, rest), first.span.joined(to: last.operand.span))
  }

  private mutating func takeComparison() -> ComparisonOperator? {
    switch token.kind {
    case .symbol(let symbol):
      guard let comparison = ComparisonOperator(rawValue: symbol.rawValue) else { return nil }
      advance()
      return comparison
    case .keyword(.in):
      advance()
      return .contains
    case .keyword(.not) where peek().kind == .keyword(.in):
      advance()
      advance()
      return .lacks
    case .keyword(.is):
      advance()
      return take(.not) ? .isNotSame : .isSame
    default: return nil
    }
  }

  // MARK: Arithmetic

  private static func precedence(_ symbol: Symbol) -> (Int, BinaryOperator)? {
    switch symbol {
    case .pipe: (1, .or)
    case .ampersand: (2, .and)
    case .plus: (3, .add)
    case .minus: (3, .subtract)
    case .star: (4, .multiply)
    case .slash: (4, .divide)
    case .doubleSlash: (4, .floorDivide)
    case .percent: (4, .modulo)
    case .at: (4, .matrixMultiply)
    default: nil
    }
  }

  /// Operators that bind at least as strongly as `minimum`.
  mutating func parseBinary(_ minimum: Int) throws(Failure) -> Expression {
    var left = try parseSigned()
    var count = 0
    while case .symbol(let symbol) = token.kind, let (strength, operation) = Self.precedence(symbol), strength >= minimum {
      advance()
      let right = try parseBinary(strength + 1)
      left = Expression(.binary(operation, left, right), left.span.joined(to: right.span))
      count += 1
      try checkChain(count)
    }
    if at(.caret) { throw fail("^ does not raise to a power", span(token), help: "write **") }
    if at(.shiftLeft) || at(.shiftRight) {
      throw fail("there are no shifts of bits", span(token), help: "multiply or divide by a power of 2")
    }
    return left
  }

  /// Signs, which bind more weakly than a power: `-x ** 2` is `-(x ** 2)`.
  private mutating func parseSigned() throws(Failure) -> Expression {
    var signs: [(UnaryOperator, Token)] = []
    while case .symbol(let symbol) = token.kind, let sign = Self.signs[symbol] {
      signs.append((sign, advance()))
      try checkChain(signs.count)
    }
    let start = token
    var value = try parsePower()
    if value.kind.isLeastInt, start.kind == .int(.min) {
      guard let (sign, minus) = signs.popLast(), sign == .negate else {
        diagnostics.append(.tooLarge(value.span))
        return value
      }
      value.span = span(minus).joined(to: value.span)
    }
    for (sign, start) in signs.reversed() { value = Expression(.unary(sign, value), span(start).joined(to: value.span)) }
    return value
  }

  private static let signs: [Symbol: UnaryOperator] = [.minus: .negate, .plus: .plus, .tilde: .invert]

  private mutating func parsePower() throws(Failure) -> Expression {
    // `a ** -b ** c` is `a ** (-(b ** c))`: signs are kept with the operand that they stand before.
    var operands = [try parsePostfix()]
    var signs: [[(UnaryOperator, Token)]] = [[]]
    while take(.doubleStar) {
      var before: [(UnaryOperator, Token)] = []
      while case .symbol(let symbol) = token.kind, let sign = Self.signs[symbol] {
        before.append((sign, advance()))
        try checkChain(before.count)
      }
      operands.append(try parsePostfix())
      signs.append(before)
      try checkChain(operands.count)
    }
    if operands.count > 1 {
      for operand in operands where operand.kind.isLeastInt { diagnostics.append(.tooLarge(operand.span)) }
    }
    var value = operands.removeLast()
    for place in stride(from: operands.count, through: 0, by: -1) {
      for (sign, start) in signs[place].reversed() { value = Expression(.unary(sign, value), span(start).joined(to: value.span)) }
      if place > 0 {
        let base = operands[place - 1]
        value = Expression(.binary(.power, base, value), base.span.joined(to: value.span))
      }
    }
    return value
  }
}

extension Expression.Kind {
  /// Whether it is the number that only a minus before it makes an int of 64 bits.
  fileprivate var isLeastInt: Bool {
    if case .int(.min) = self { true } else { false }
  }
}
