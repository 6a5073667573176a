import Diagnostics
import Parsing

extension ShapeChecker {
  mutating func call(_ callee: Expression, _ arguments: [Argument], at span: Span) -> Known {
    let values = arguments.map { known($0.value) }
    if case .attribute(let owner, let name, let nameSpan) = callee.kind {
      let receiver = known(owner)
      if case .object = receiver { _ = attribute(name, of: receiver, at: nameSpan) }
      guard receiver.isTensor, let method = knowledge.methods[name] else { return .unknown }
      guard let bound = method.signature.bind(arguments, values, receiver: receiver) else { return .unknown }
      return apply(method.shape, bound, at: span)
    }
    if case .name(let name) = callee.kind, let function = functions[name] {
      return call(function, arguments, values, at: span)
    }
    switch known(callee) {
    case .builtin(_, let signature, let rule):
      guard let rule, let bound = signature.bind(arguments, values) else { return .unknown }
      return apply(rule, bound, at: span, arguments)
    case .object(let object):
      guard arguments.first?.kind == .positional else { return .unknown }
      return sure(at: span) { () throws(ShapeMistake) in try object.apply(to: values[0]) }
    default: return .unknown
    }
  }

  /// A function of the program: its annotations are compared with the shapes that it is given.
  private mutating func call(_ function: Function, _ arguments: [Argument], _ values: [Known], at span: Span) -> Known {
    let signature = Signature(of: function)
    guard let bound = signature.bind(arguments, values) else { return .unknown }
    let refuse = { (checker: inout ShapeChecker, place: Int, solver: ShapeSolver) in
      let parameter = function.parameters[place]
      let argument = arguments.first { $0.kind == .keyword(parameter.name) } ?? (place < arguments.count ? arguments[place] : nil)
      return checker.refuse(
        parameter, of: function.name, bound.shape(place), solver.known, at: argument?.value.span ?? span)
    }
    var sizes: [String: Int] = [:]
    for name in function.annotatedNames { if case .whole(let size)? = names[name] { sizes[name] = size } }
    for (place, parameter) in function.parameters.enumerated() {
      // A size that is an argument has its value, and hides what has its name at top level.
      if case .whole(let size)? = bound[place] { sizes[parameter.name] = size } else { sizes[parameter.name] = nil }
    }
    var solver = ShapeSolver(known: sizes)
    for (place, parameter) in function.parameters.enumerated() {
      guard let pattern = parameter.shape, let shape = bound.shape(place) else { continue }
      guard solver.add(pattern, shape, owner: place) else {
        return refuse(&self, place, solver)
      }
    }
    if let misfit = solver.solve() { return misfit.isCertain ? refuse(&self, misfit.owner, solver) : .unknown }
    let sizesOfResult = function.result?.dimensions.map { $0.size(solver.known) } ?? [nil]
    let shape = sizesOfResult.compactMap(\.self)
    return shape.count == sizesOfResult.count ? .tensor(shape) : .unknown
  }

  private mutating func refuse(
    _ parameter: FormalParameter, of function: String, _ shape: [Int]?, _ sizes: [String: Int], at span: Span
  ) -> Known {
    guard let pattern = parameter.shape, let shape else { return .unknown }
    let (message, help) = pattern.mismatch(function: function, parameter: parameter.name, shape: shape, known: sizes)
    report(ShapeMistake(message, help: help), at: span)
    return .unknown
  }
}

extension Function {
  /// All names that stand in its annotations.
  fileprivate var annotatedNames: Set<String> {
    Set((parameters.map(\.shape) + [result]).compactMap(\.self).flatMap { $0.dimensions.flatMap(\.names) })
  }
}

extension Signature {
  /// What is known of the arguments by the places of the parameters; nil where they are spread, or do not fit.
  func bind(_ arguments: [Argument], _ values: [Known], receiver: Known? = nil) -> KnownArguments? {
    var bound = [Known?](repeating: nil, count: parameters.count)
    let places = parameters.indices.filter { parameters[$0].kind == .plain || parameters[$0].kind == .positionalOnly }
    var positional = receiver.map { [$0] } ?? []
    for (argument, value) in zip(arguments, values) {
      switch argument.kind {
      case .positional: positional.append(value)
      case .keyword(let name):
        guard let place = parameters.firstIndex(where: { $0.name == name }) else { continue }
        bound[place] = value
      case .spread, .keywordSpread: return nil
      }
    }
    for (place, value) in zip(places, positional) { bound[place] = value }
    let more = Array(positional.dropFirst(places.count))
    if let rest = parameters.firstIndex(where: { $0.kind == .rest }) {
      bound[rest] = .list(more)
    } else if !more.isEmpty {
      return nil
    }
    return KnownArguments(bound)
  }
}
