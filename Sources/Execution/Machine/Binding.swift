import Checking

extension Machine {
  /// The arguments of a bp function in the order of its parameters, defaults filled in.
  func bind(_ arguments: Arguments, to function: FunctionObject) throws(RuntimeError) -> [Value] {
    if arguments.positional.count == function.plainCount, arguments.keywords.isEmpty { return arguments.positional }
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
  ///
  /// - Parameter isMethod: whether the first argument is the value that the method belongs to, which errors do not count.
  public func bind(
    _ arguments: Arguments, to signature: Signature, of name: String, isMethod: Bool = false
  ) throws(RuntimeError) -> [Value] {
    let values = try fill(signature, with: arguments, of: name, isMethod: isMethod)
    try requireAll(signature, values, of: name, isMethod: isMethod)
    return values
  }

  private func fill(
    _ signature: Signature, with arguments: Arguments, of name: String, isMethod: Bool = false
  ) throws(RuntimeError) -> [Value] {
    let parameters = signature.parameters
    var values = [Value](repeating: .unbound, count: parameters.count)
    let places = parameters.indices.filter { parameters[$0].kind == .plain || parameters[$0].kind == .positionalOnly }
    for (place, value) in zip(places, arguments.positional) { values[place] = value }
    let surplus = arguments.positional.dropFirst(places.count)
    if let rest = parameters.firstIndex(where: { $0.kind == .rest }) {
      values[rest] = .tuple(Array(surplus))
    } else if !surplus.isEmpty {
      throw tooMany(arguments.positional.count, of: name, signature, isMethod: isMethod)
    }
    let named = DictObject()
    let namedPlace = parameters.firstIndex { $0.kind == .keywords }
    for (keyword, value) in arguments.keywords {
      if let place = parameters.firstIndex(where: { $0.name == keyword && ($0.kind == .plain || $0.kind == .keywordOnly) }) {
        guard values[place].isUnbound else {
          throw RuntimeError(
            .twice(keyword, of: name, isMethod ? signature.asMethod : signature),
            at: callSource(of: name)?.keyword(keyword)?.span)
        }
        values[place] = value
      } else if namedPlace != nil, named[keyword] == nil {
        named[keyword] = value
      } else {
        throw RuntimeError(
          .unknown(keyword, of: name, isMethod ? signature.asMethod : signature),
          at: callSource(of: name)?.keyword(keyword)?.span)
      }
    }
    if let namedPlace { values[namedPlace] = .dict(named) }
    return values
  }

  private func requireAll(
    _ signature: Signature, _ values: [Value], of name: String, isMethod: Bool = false
  ) throws(RuntimeError) {
    let missing = zip(signature.parameters, values).filter { $1.isUnbound && !$0.hasDefault }.map(\.0.name)
    guard !missing.isEmpty else { return }
    throw RuntimeError(.missing(missing, of: name, isMethod ? signature.asMethod : signature))
  }

  private func tooMany(_ given: Int, of name: String, _ signature: Signature, isMethod: Bool) -> RuntimeError {
    let signature = isMethod ? signature.asMethod : signature
    let source = callSource(of: name)
    let plain = source?.arguments.prefix { $0.kind == .positional } ?? []
    return RuntimeError(
      .tooMany(
        isMethod ? given - 1 : given, texts: plain.map(\.span.text),
        named: source?.arguments.compactMap(\.keyword) ?? [], of: name, signature),
      at: plain.dropFirst(signature.positionalPlaces.count).first?.span)
  }
}
