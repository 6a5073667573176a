import Diagnostics
import Parsing

extension Checker {
  /// Compares the arguments of a call with the signature that it is certain to meet.
  mutating func checkCall(of name: String, _ signature: Signature, _ arguments: [Argument], _ span: Span) {
    let parameters = signature.parameters
    let spreads = arguments.contains { $0.kind == .spread || $0.kind == .keywordSpread }
    let places = parameters.indices.filter { parameters[$0].kind == .plain || parameters[$0].kind == .positionalOnly }
    let takesRest = parameters.contains { $0.kind == .rest }
    let takesKeywords = parameters.contains { $0.kind == .keywords }
    var given: Set<String> = []
    var position = 0
    var isSpread = false
    for argument in arguments {
      switch argument.kind {
      case .spread: isSpread = true
      case .keywordSpread: break
      case .positional:
        guard !isSpread else { continue }
        if position < places.count {
          let parameter = parameters[places[position]]
          given.insert(parameter.name)
          checkLiteral(argument.value, parameter, of: name, signature)
          position += 1
        } else if !takesRest {
          let count = arguments.count { $0.kind == .positional }
          return report(.tooMany(name, signature, given: count), at: argument.span)
        }
      case .keyword(let keyword):
        guard let parameter = parameters.first(where: { $0.name == keyword && ($0.kind == .plain || $0.kind == .keywordOnly) })
        else {
          if !takesKeywords { report(.unknown(keyword, name, signature), at: argument.span) }
          continue
        }
        if !given.insert(keyword).inserted {
          return report(.twice(keyword, name, signature), at: argument.span)
        }
        checkLiteral(argument.value, parameter, of: name, signature)
      }
    }
    guard !spreads else { return }
    let missing = parameters.filter { !$0.hasDefault && !given.contains($0.name) }.map(\.name)
    if !missing.isEmpty { report(.missing(missing, name, signature), at: span) }
  }

  private mutating func report(_ mistake: ArgumentMistake, at span: Span) {
    report(Diagnostic("TypeError", mistake.message, at: span, help: mistake.help))
  }

  /// Refuses a literal of a kind that the parameter cannot take.
  private mutating func checkLiteral(_ value: Expression, _ parameter: Parameter, of name: String, _ signature: Signature) {
    guard let found = Literal(value), !found.fits(parameter.wants) else { return }
    report(
      Diagnostic(
        "TypeError", "\(name) wants \(parameter.wants.rawValue) as \(parameter.name), but gets \(found.name)", at: value.span,
        help: name + signature.description))
  }
}

/// What a literal is, as far as its looks tell.
private enum Literal {
  case text, whole, float, bool, list, dict, lambda

  init?(_ expression: Expression) {
    switch expression.kind {
    case .string, .formatted: self = .text
    case .int: self = .whole
    case .float: self = .float
    case .bool: self = .bool
    case .list, .tuple, .listComprehension: self = .list
    case .dict, .dictComprehension: self = .dict
    case .lambda: self = .lambda
    case .unary(.negate, let operand), .unary(.plus, let operand):
      guard let inner = Literal(operand) else { return nil }
      self = inner
    default: return nil
    }
  }

  var name: String {
    switch self {
    case .text: "a string"
    case .whole: "a whole number"
    case .float: "a float"
    case .bool: "True or False"
    case .list: "a list"
    case .dict: "a dictionary"
    case .lambda: "a function"
    }
  }

  func fits(_ wanted: Parameter.Wanted) -> Bool {
    switch wanted {
    case .anything: true
    case .number: self == .whole || self == .float || self == .bool
    case .whole: self == .whole || self == .bool
    case .text: self == .text
    case .tensor: self != .text && self != .dict && self != .lambda
    case .list: self == .list
    case .function: self == .lambda
    }
  }
}
