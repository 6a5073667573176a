import Checking

extension Machine {
  /// The arguments of a bp function in the order of its parameters, defaults filled in.
  func bind(_ arguments: Arguments, to function: FunctionObject) throws(RuntimeError) -> [Value] {
    let signature = function.signature
    var values = try fill(signature, with: arguments, of: function.name)
    var defaults = function.defaults[...]
    for (place, parameter) in signature.parameters.enumerated() where parameter.defaultText != nil {
      let value = defaults.removeFirst()
      if values[place].isUnbound { values[place] = value }
    }
    try requireAll(signature, values, of: function.name)
    return values
  }

  /// The arguments of a native function in the order of its parameters; those not given stay unbound.
  func bind(_ arguments: Arguments, to signature: Signature, of name: String) throws(RuntimeError) -> [Value] {
    let values = try fill(signature, with: arguments, of: name)
    try requireAll(signature, values, of: name)
    return values
  }

  private func fill(
    _ signature: Signature, with arguments: Arguments, of name: String
  ) throws(RuntimeError) -> [Value] {
    let parameters = signature.parameters
    var values = [Value](repeating: .unbound, count: parameters.count)
    let places = parameters.indices.filter { parameters[$0].kind == .plain || parameters[$0].kind == .positionalOnly }
    for (place, value) in zip(places, arguments.positional) { values[place] = value }
    let surplus = arguments.positional.dropFirst(places.count)
    if let rest = parameters.firstIndex(where: { $0.kind == .rest }) {
      values[rest] = .tuple(Array(surplus))
    } else if !surplus.isEmpty {
      throw RuntimeError(.tooMany(name, signature, given: arguments.positional.count))
    }
    let named = DictObject()
    let namedPlace = parameters.firstIndex { $0.kind == .keywords }
    for (keyword, value) in arguments.keywords {
      if let place = parameters.firstIndex(where: { $0.name == keyword && ($0.kind == .plain || $0.kind == .keywordOnly) }) {
        guard values[place].isUnbound else { throw RuntimeError(.twice(keyword, name, signature)) }
        values[place] = value
      } else if namedPlace != nil, named[keyword] == nil {
        named[keyword] = value
      } else {
        throw RuntimeError(.unknown(keyword, name, signature))
      }
    }
    if let namedPlace { values[namedPlace] = .dict(named) }
    return values
  }

  private func requireAll(_ signature: Signature, _ values: [Value], of name: String) throws(RuntimeError) {
    let missing = zip(signature.parameters, values).filter { $1.isUnbound && !$0.hasDefault }.map(\.0.name)
    if !missing.isEmpty { throw RuntimeError(.missing(missing, name, signature)) }
  }
}

extension RuntimeError {
  fileprivate init(_ mistake: ArgumentMistake) {
    self.init(.typeError, mistake.message, help: mistake.help)
  }
}
