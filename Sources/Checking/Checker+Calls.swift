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
          return report(
            Diagnostic("TypeError", tooMany(name, places.count, arguments), at: argument.span, help: form(name, signature)))
        }
      case .keyword(let keyword):
        guard let parameter = parameters.first(where: { $0.name == keyword && ($0.kind == .plain || $0.kind == .keywordOnly) })
        else {
          if !takesKeywords { reportUnknown(keyword, of: name, parameters, argument.span) }
          continue
        }
        if !given.insert(keyword).inserted {
          report(
            Diagnostic(
              "TypeError", "\(name) gets \(keyword) twice, by position and by name", at: argument.span,
              help: form(name, signature)))
          return
        }
        checkLiteral(argument.value, parameter, of: name, signature)
      }
    }
    guard !spreads else { return }
    let missing = parameters.filter { !$0.hasDefault && !given.contains($0.name) }.map(\.name)
    guard let first = missing.first else { return }
    let list = missing.count == 1 ? first : missing.dropLast().joined(separator: ", ") + " and " + missing[missing.count - 1]
    report(
      Diagnostic(
        "TypeError", "\(name) is missing its argument\(missing.count > 1 ? "s" : "") \(list)", at: span,
        help: form(name, signature)))
  }

  private func tooMany(_ name: String, _ most: Int, _ arguments: [Argument]) -> String {
    let count = arguments.count { $0.kind == .positional }
    return
      "\(name) takes \(most == 0 ? "no arguments" : "at most \(most) argument\(most == 1 ? "" : "s")") by position, but gets \(count)"
  }

  private func form(_ name: String, _ signature: Signature) -> String { "\(name)\(signature)" }

  private mutating func reportUnknown(_ keyword: String, of name: String, _ parameters: [Parameter], _ span: Span) {
    let known = parameters.filter { $0.kind == .plain || $0.kind == .keywordOnly }.map(\.name)
    let help =
      nearest(to: keyword, among: known).map { "did you mean \($0)=?" }
      ?? (known.isEmpty ? "\(name) takes no named arguments" : "its arguments are \(known.joined(separator: ", "))")
    report(Diagnostic("TypeError", "\(name) has no argument \(keyword)", at: span, help: help))
  }

  /// Refuses a literal of a kind that the parameter cannot take.
  private mutating func checkLiteral(_ value: Expression, _ parameter: Parameter, of name: String, _ signature: Signature) {
    guard let found = Literal(value), !found.fits(parameter.wants) else { return }
    report(
      Diagnostic(
        "TypeError", "\(name) wants \(parameter.wants.rawValue) as \(parameter.name), but gets \(found.name)", at: value.span,
        help: form(name, signature)))
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
