import Diagnostics

extension Parser {
  mutating func parseDecorated() throws(Failure) -> Statement {
    let start = advance()
    let (name, place) = try expectName("the name of a decorator")
    guard let kind = Statement.Decorator.Kind(rawValue: name) else {
      let known = Statement.Decorator.Kind.allCases.map { "@\($0.rawValue)" }
      let meant = nearest(to: name, among: Statement.Decorator.Kind.allCases.map(\.rawValue)).map { "did you mean @\($0)?" }
      throw fail("there is no decorator @\(name)", place, help: meant ?? "the decorators are \(known.joined(separator: ", "))")
    }
    if at(.parenOpen) { throw fail("@\(name) takes no arguments", span(token), help: "write @\(name) alone") }
    let decorator = Statement.Decorator(kind: kind, span: span(from: start))
    guard token.kind == .newline else { throw unexpected("expected the end of the line behind @\(name)") }
    advance()
    if at(.at) { throw fail("a function takes one decorator", span(token), help: "keep the one that is meant") }
    guard at(.def) else {
      throw unexpected("expected def below @\(name)", help: "@\(name) stands right above a def", linesMayFollow)
    }
    return try parseFunction(decorator: decorator)
  }

  mutating func parseFunction(decorator: Statement.Decorator?) throws(Failure) -> Statement {
    let start = advance()
    let id = functionCount
    functionCount += 1
    let (name, nameSpan) = try expectName("a name behind def")
    try expect(.parenOpen, "( behind the name", help: "def \(name)(x):")
    let parameters = try parseParameters(until: .parenClose, areAnnotated: true)
    try expect(.parenClose, ")")
    let result = take(.arrow) ? try parseShape() : nil
    let header = span(from: start)
    let body = try parseBlock(of: "def")
    let function = Function(
      id: id, name: name, nameSpan: nameSpan, parameters: parameters, result: result, body: .statements(body), span: header)
    return Statement(.function(function, decorator: decorator), span(from: start))
  }

  mutating func parseLambda() throws(Failure) -> Expression {
    let start = advance()
    let id = functionCount
    functionCount += 1
    let parameters = try parseParameters(until: .colon, areAnnotated: false)
    try expect(.colon, ": behind the arguments of lambda")
    let body = try deeper { parser throws(Failure) in try parser.parseExpression() }
    let place = span(from: start)
    return Expression(
      .lambda(
        Function(
          id: id, name: "", nameSpan: span(start), parameters: parameters, result: nil, body: .expression(body), span: place)),
      place)
  }

  private mutating func parseParameters(until end: Symbol, areAnnotated: Bool) throws(Failure) -> [FormalParameter] {
    var parameters: [FormalParameter] = []
    var isKeywordOnly = false
    while !at(end) {
      let start = token
      if at(.slash) {
        throw fail("arguments by position alone are not part of bp", span(token), help: "leave out the /")
      }
      if take(.doubleStar) {
        parameters.append(try parseParameter(.keywords, start, areAnnotated))
        _ = take(.comma)
        if !at(end) {
          throw fail(
            "nothing follows **\(parameters[parameters.count - 1].name)", span(token), help: "put it before the **")
        }
        break
      }
      if take(.star) {
        if isKeywordOnly { throw fail("only one argument takes the rest", span(start), help: "take the second * out") }
        isKeywordOnly = true
        if !at(.comma) {
          parameters.append(try parseParameter(.rest, start, areAnnotated))
        } else if peek().kind == .symbol(end) || peek().kind == .symbol(.doubleStar) {
          throw fail("named arguments must follow the *", span(start), help: "take the * out, or put an argument behind it")
        }
      } else {
        let parameter = try parseParameter(isKeywordOnly ? .keywordOnly : .plain, start, areAnnotated)
        if parameter.kind == .plain, parameter.defaultValue == nil, parameters.contains(where: { $0.defaultValue != nil }) {
          throw fail(
            "\(parameter.name) has no default, but follows one that has", parameter.span,
            help: "give it a default, or put it first")
        }
        parameters.append(parameter)
      }
      guard take(.comma) else { break }
    }
    var seen: Set<String> = []
    for parameter in parameters where !seen.insert(parameter.name).inserted {
      report("there are two arguments named \(parameter.name)", parameter.span, help: "rename one of them")
    }
    return parameters
  }

  private mutating func parseParameter(
    _ kind: FormalParameter.Kind, _ start: Token, _ isAnnotated: Bool
  ) throws(Failure) -> FormalParameter {
    if at(.parenOpen) { throw fail("an argument is a name", span(token), help: "take it apart in the body") }
    let (name, _) = try expectName("the name of an argument")
    var shape: ShapePattern?
    if isAnnotated, take(.colon) { shape = try parseShape() }
    var value: Expression?
    if at(.assign) {
      if kind == .rest || kind == .keywords {
        throw fail("what takes the rest has no default", span(token), help: "without arguments it is empty")
      }
      advance()
      value = try parseExpression()
    }
    return FormalParameter(name: name, kind: kind, defaultValue: value, shape: shape, span: span(from: start))
  }

  // MARK: Shapes

  /// `[batch, 2 * n, ...]`.
  private mutating func parseShape() throws(Failure) -> ShapePattern {
    let start = token
    let rule = "annotations are shapes: def f(x: [batch, 784]) -> [batch, 10]:"
    guard take(.bracketOpen) else {
      let found = span(token)
      throw fail("an annotation is a shape, a list of dimensions", found, help: rule)
    }
    var dimensions: [ShapePattern.Dimension] = []
    while !at(.bracketClose) {
      let place = token
      let dimension = try parseDimension(rule)
      if dimension == .any, dimensions.contains(.any) {
        throw fail("... stands at most once in a shape", span(place), help: rule)
      }
      dimensions.append(dimension)
      guard take(.comma) else { break }
    }
    guard take(.bracketClose) else { throw unexpected("expected ] behind the dimensions", help: rule) }
    return ShapePattern(dimensions: dimensions, span: span(from: start))
  }

  private mutating func parseDimension(_ rule: String) throws(Failure) -> ShapePattern.Dimension {
    if take(.ellipsis) { return .any }
    var sum = try parseDimensionProduct(rule)
    var count = 1
    while take(.plus) {
      sum = .sum(sum, try parseDimensionProduct(rule))
      count += 1
      try checkChain(count)
    }
    return sum
  }

  private mutating func parseDimensionProduct(_ rule: String) throws(Failure) -> ShapePattern.Dimension {
    var product = try parseDimensionFactor(rule)
    var count = 1
    while take(.star) {
      product = .product(product, try parseDimensionFactor(rule))
      count += 1
      try checkChain(count)
    }
    return product
  }

  private mutating func parseDimensionFactor(_ rule: String) throws(Failure) -> ShapePattern.Dimension {
    switch token.kind {
    case .name(let name):
      advance()
      return .name(name)
    case .int(let size):
      advance()
      return .size(size)
    case .symbol(.parenOpen):
      advance()
      let inner = try deeper { parser throws(Failure) in try parser.parseDimension(rule) }
      try expect(.parenClose, ")")
      return inner
    default: throw unexpected("expected a dimension: a name, a whole number or ...", help: rule)
    }
  }
}
