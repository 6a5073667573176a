import Diagnostics
import Parsing

extension Checker {
  /// Compares the arguments of a call with the signature that it is certain to meet, and checks their values.
  mutating func checkCall(
    of name: String, _ signature: Signature, _ callee: Expression, _ arguments: [Argument], _ span: Span
  ) {
    let before = diagnostics.count
    let pairs = match(arguments, with: signature, of: name, span)
    if let help = exchanged(pairs, callee, arguments), let (argument, parameter) = pairs.first(where: { isWrong($0, $1) }),
      let given = given(argument.value)
    {
      var complaint = Complaint(given, as: parameter, of: name, signature)
      complaint.help = help
      report(complaint, at: argument.value.span)
    } else {
      for (argument, parameter) in pairs { checkValue(argument, parameter, of: name, signature) }
    }
    for argument in arguments where !isCalledInstead(argument, pairs) { check(argument.value) }
    // In the order of the source, whichever rule found it.
    diagnostics[before...].sort { ($0.span?.range.lowerBound ?? 0) < ($1.span?.range.lowerBound ?? 0) }
  }

  /// The arguments with the parameters that they meet; what finds no place, or leaves one empty, is reported.
  private mutating func match(
    _ arguments: [Argument], with signature: Signature, of name: String, _ span: Span
  ) -> [(Argument, Parameter)] {
    let parameters = signature.parameters
    let places = signature.positionalPlaces
    var pairs: [(Argument, Parameter)] = []
    var given: Set<String> = []
    var position = 0
    var isSpread = false
    var isComplete = true
    for argument in arguments {
      switch argument.kind {
      case .spread: isSpread = true
      case .keywordSpread: isComplete = false
      case .positional:
        guard !isSpread else { continue }
        if position < places.count {
          given.insert(parameters[places[position]].name)
          pairs.append((argument, parameters[places[position]]))
        } else if let rest = parameters.first(where: { $0.kind == .rest }) {
          pairs.append((argument, rest))
        } else if position == places.count {
          let texts = arguments.filter { $0.kind == .positional }.map(\.value.span.text)
          report(
            .tooMany(texts.count, texts: texts, named: arguments.compactMap(\.keyword), of: name, signature), at: argument.span)
          isComplete = false
        }
        position += 1
      case .keyword(let keyword):
        guard let parameter = parameters.first(where: { $0.name == keyword && ($0.kind == .plain || $0.kind == .keywordOnly) })
        else {
          if !parameters.contains(where: { $0.kind == .keywords }) {
            report(.unknown(keyword, of: name, signature), at: argument.span)
            // It was meant for some parameter, so nothing is said to be missing that it may have been meant for.
            if let meant = signature.parameter(meantBy: keyword) { given.insert(meant) } else { isComplete = false }
          }
          continue
        }
        if !given.insert(keyword).inserted {
          report(.twice(keyword, of: name, signature), at: argument.span)
          isComplete = false
        } else {
          pairs.append((argument, parameter))
        }
      }
    }
    let missing = parameters.filter { !$0.hasDefault && !given.contains($0.name) }.map(\.name)
    if isComplete, !isSpread, !missing.isEmpty { report(.missing(missing, of: name, signature), at: span) }
    return pairs
  }

  mutating func report(_ complaint: Complaint, at span: Span) {
    report(Diagnostic(complaint.kind, complaint.message, at: span, help: complaint.help))
  }

  // MARK: Values

  /// Refuses a value that the parameter cannot take, as far as the program's text tells what it is.
  private mutating func checkValue(_ argument: Argument, _ parameter: Parameter, of name: String, _ signature: Signature) {
    let (value, wanted) = (argument.value, parameter.wants)
    if isCalledInstead(argument, [(argument, parameter)]), case .call(let callee, _) = value.kind {
      return report(.called(callee.span.text, as: parameter, of: name), at: value.span)
    }
    guard let given = given(value) else { return }
    if isWrong(argument, parameter) {
      var complaint = Complaint(given, as: parameter, of: name, signature)
      complaint.help = hidingHelp(value) ?? complaint.help
      return report(complaint, at: value.span)
    }
    guard case .list(let parts) = value.kind else { return }
    if let item = wanted.items.first {
      for part in parts {
        guard let given = self.given(part), !item.fits(given) else { continue }
        report(Complaint(given, in: item, of: parameter, of: name, signature), at: part.span)
      }
    }
    if wanted.isRectangular, let row = Rows.ragged(value) {
      report(Diagnostic("ShapeError", row.message, at: row.span, help: row.help))
    }
  }

  private func isWrong(_ argument: Argument, _ parameter: Parameter) -> Bool {
    guard let given = given(argument.value) else { return false }
    if given.type == "NoneType", parameter.hasDefault { return false }
    return !parameter.wants.fits(given)
  }

  /// Whether a function is called where it is wanted itself: `loss=cross_entropy()`.
  private func isCalledInstead(_ argument: Argument, _ pairs: [(Argument, Parameter)]) -> Bool {
    guard case .call(let callee, let inner) = argument.value.kind, inner.isEmpty, case .name(let name) = callee.kind,
      signature(of: name) != nil, let pair = pairs.first(where: { $0.0.span == argument.span })
    else { return false }
    return !pair.1.wants.takesResults && pair.1.wants.names.contains(name)
  }

  /// The help where a wrong argument and another would each serve for the other.
  private func exchanged(_ pairs: [(Argument, Parameter)], _ callee: Expression, _ arguments: [Argument]) -> String? {
    for (argument, parameter) in pairs where isWrong(argument, parameter) {
      guard let given = given(argument.value) else { continue }
      for (other, otherParameter) in pairs where other.span != argument.span {
        // Of what only running tells it is enough that the wrong one would serve there.
        let otherGiven = self.given(other.value) ?? Given(parameter.wants.types?.first ?? given.type)
        guard Exchange.isLikely(given, parameter.wants, otherGiven, otherParameter.wants) else { continue }
        return Exchange.help(callee, arguments, argument.span, other.span)
      }
    }
    return nil
  }

  /// What a value is, as far as the program's text tells.
  func given(_ expression: Expression) -> Given? {
    switch expression.kind {
    case .none: return Given("NoneType", isLiteral: true)
    case .string(let text): return Given("str", text: text, isLiteral: true)
    case .formatted: return Given("str")
    case .int(let number): return Given("int", number: Double(number), written: expression.span.text, isLiteral: true)
    case .float(let number): return Given("float", number: number, written: expression.span.text, isLiteral: true)
    case .bool(let truth): return Given("bool", number: truth ? 1 : 0, written: truth ? "True" : "False", isLiteral: true)
    case .list, .listComprehension: return Given("list")
    case .tuple: return Given("tuple")
    case .dict, .dictComprehension: return Given("dict")
    case .lambda: return Given("function")
    case .unary(.negate, let operand), .unary(.plus, let operand):
      guard var inner = given(operand), inner.isLiteral, let number = inner.number else { return nil }
      if case .unary(.negate, _) = expression.kind { inner.number = -number }
      inner.written = expression.span.text
      return inner
    case .name(let name): return topType(of: name).map { Given($0) }
    case .call(let callee, _):
      guard case .name(let name) = callee.kind else { return nil }
      return signature(of: name)?.result.map { Given($0) }
    default: return nil
    }
  }
}

extension Argument {
  /// The name that it is given by.
  public var keyword: String? {
    if case .keyword(let name) = kind { name } else { nil }
  }
}
