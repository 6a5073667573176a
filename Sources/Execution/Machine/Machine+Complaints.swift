import Checking
import Diagnostics
import Parsing

extension RuntimeError {
  public init(_ complaint: Complaint, at span: Span? = nil) {
    self.init(ErrorKind(rawValue: complaint.kind) ?? .typeError, complaint.message, help: complaint.help, span: span)
  }
}

extension Given {
  /// What a value is, as errors speak of it.
  public init(_ value: Value) {
    self.init(value.typeName)
    switch value {
    case .string(let string): text = string.text
    case .int(let number): (self.number, written) = (Double(number), String(number))
    case .float(let number): (self.number, written) = (number, FloatText.repr(number))
    case .bool(let truth): (number, written) = (truth ? 1 : 0, truth ? "True" : "False")
    case .native(let function): name = function.name
    case .function(let function) where function.name != "lambda": name = function.name
    default: break
    }
  }
}

extension Call {
  /// The error for an argument that does not serve, at the place where it is written.
  ///
  /// - Parameter wanted: what would serve, where it is more than the parameter says.
  public func wrong(_ place: Int, wanted: String? = nil) -> RuntimeError {
    var parameter = function.signature.parameters[place]
    if let wanted { parameter.wants = Wanted(wanted, nil, bounds: parameter.wants.bounds, example: parameter.wants.example) }
    let given = Given(arguments[place])
    let source = machine.callSource(of: function.name)
    var complaint = Complaint(given, as: parameter, of: function.name, machine.shown(function, source))
    let argument = source?.argument(parameter.name, position: position(place))
    let help = machine.hidingHelp(argument) ?? (given.type == "NoneType" ? machine.helpForNone(argument) : nil)
    complaint.help = help ?? exchanged(place, given, source) ?? complaint.help
    return RuntimeError(complaint, at: argument?.span)
  }

  /// The error for an item of a list that does not serve.
  public func wrong(_ place: Int, item i: Int, _ value: Value) -> RuntimeError {
    let parameter = function.signature.parameters[place]
    guard let wanted = parameter.wants.items.first else { return wrong(place) }
    let source = machine.callSource(of: function.name)
    let argument = source?.argument(parameter.name, position: position(place))
    let item = argument?.item(at: [i]) ?? argument
    var complaint = Complaint(Given(value), in: wanted, of: parameter, of: function.name, machine.shown(function, source))
    complaint.help = machine.hidingHelp(item) ?? complaint.help
    return RuntimeError(complaint, at: item?.span)
  }

  /// The error for one of the arguments that `*rest` took.
  public func wrong(_ place: Int, rest i: Int) -> RuntimeError {
    let parameter = function.signature.parameters[place]
    let source = machine.callSource(of: function.name)
    let argument = source?.argument(parameter.name, position: position(place).map { $0 + i })
    var complaint = Complaint(
      Given(rest(place)[i]), as: parameter, of: function.name, machine.shown(function, source))
    complaint.help = machine.hidingHelp(argument) ?? complaint.help
    return RuntimeError(complaint, at: argument?.span)
  }

  /// The error for a keyword that is no parameter, although `**rest` took it.
  public func unknown(_ keyword: String) -> RuntimeError {
    RuntimeError(
      .unknown(keyword, of: function.name, function.signature),
      at: machine.callSource(of: function.name)?.keyword(keyword)?.span)
  }

  /// Says of an error that it is about an argument, or about what stands in it at some places of nested lists.
  ///
  /// - Parameter i: which of those that `*rest` took.
  public func blaming(_ place: Int, rest i: Int = 0, _ error: RuntimeError) -> RuntimeError {
    let source = machine.callSource(of: function.name)
    let name = function.signature.parameters[place].name
    let argument = source?.argument(name, position: position(place).map { $0 + i })
    if error.span == nil, let argument {
      error.exception.span = (argument.item(at: error.exception.path) ?? argument).span
    }
    return error
  }

  /// Says of an error that the function threw which argument it is about: one that is not what its parameter wants, or else
  /// that of the first parameter that the error names.
  public func blaming(_ error: RuntimeError) -> RuntimeError {
    // With a place it comes from within the program, or from an argument already.
    guard error.span == nil, error.kind != .keyboardInterrupt else { return error }
    let parameters = function.signature.parameters
    for (place, parameter) in parameters.enumerated() where parameter.wants.types != nil {
      switch parameter.kind {
      case .keywords: continue
      case .rest:
        if let i = rest(place).firstIndex(where: { !parameter.wants.fits(Given($0)) }) { return wrong(place, rest: i) }
      default: if has(place), !parameter.wants.fits(Given(arguments[place])) { return wrong(place) }
      }
    }
    for name in error.exception.parameters {
      if let place = parameters.firstIndex(where: { $0.name == name }) { return blaming(place, error) }
    }
    return error
  }

  /// The error for two arguments that stand each in the other's place.
  ///
  /// - Parameter message: says which comes first.
  public func exchanged(_ a: Int, _ b: Int, _ message: String) -> RuntimeError {
    let source = machine.callSource(of: function.name)
    let places = [a, b].map { source?.argument(function.signature.parameters[$0].name, position: position($0)) }
    guard let source, let first = places[0], let second = places[1] else { return RuntimeError(.typeError, message) }
    return RuntimeError(
      .typeError, message, help: Exchange.help(source.callee, source.arguments, first.span, second.span), span: first.span)
  }

  /// Where the argument of a parameter is written.
  public func span(of place: Int) -> Span? {
    let source = machine.callSource(of: function.name)
    return source?.argument(function.signature.parameters[place].name, position: position(place))?.span
  }

  /// Where among the arguments by position that of a parameter stands.
  private func position(_ place: Int) -> Int? {
    function.signature.positionalPlaces.firstIndex(of: place)
      ?? (function.signature.parameters[place].kind == .rest ? function.signature.positionalPlaces.count : nil)
  }

  private func exchanged(_ place: Int, _ given: Given, _ source: Machine.CallSource?) -> String? {
    guard let source else { return nil }
    let parameters = function.signature.parameters
    func argument(_ place: Int) -> Expression? { source.argument(parameters[place].name, position: position(place)) }
    for other in parameters.indices where other != place && has(other) {
      guard
        Exchange.isLikely(given, parameters[place].wants, Given(arguments[other]), parameters[other].wants),
        let a = argument(place), let b = argument(other)
      else { continue }
      return Exchange.help(source.callee, source.arguments, a.span, b.span)
    }
    return nil
  }
}

extension Machine {
  /// Where an argument of the call that runs is written, for the calls of engines' objects.
  public func span(ofArgument place: Int) -> Span? {
    guard case .call(_, let arguments)? = runningExpression?.kind else { return nil }
    let leading = arguments.prefix { $0.kind == .positional }
    return place < leading.count ? leading[place].value.span : nil
  }

  /// A function's signature as the running call sees it: a method's without the value before the point.
  func shown(_ function: NativeFunction, _ source: CallSource?) -> Signature {
    source?.hasReceiver == true ? function.signature.asMethod : function.signature
  }

  private func helpForCalling(_ value: Value, _ callee: Expression?) -> String? {
    if value.isNone { return helpForNone(callee) ?? "does a function lack its return?" }
    guard let callee, case .call(_, let arguments)? = runningExpression?.kind else {
      return "what is called has to be a function: its name without brackets, or lambda x: …"
    }
    return Complaint.calling(value.typeName, callee.span.text, hasArguments: !arguments.isEmpty)
  }

  /// The error for something that cannot be called, or a builtin hidden by it.
  ///
  /// - Parameter isWritten: whether the program calls it, rather than a function that was given it.
  func notCallable(_ value: Value, isWritten: Bool) -> RuntimeError {
    var callee: Expression?
    if isWritten, case .call(let written, _)? = runningExpression?.kind { callee = written }
    let noun = Given(value.typeName).noun
    guard let callee, case .name(let name) = callee.kind, self.value(named: name)?.isIdentical(to: value) == true,
      let help = hidingHelp(callee)
    else {
      return RuntimeError(
        .typeError, "\(noun) cannot be called", help: helpForCalling(value, callee), span: callee?.span)
    }
    return RuntimeError(.notCallable(name, value.typeName, help: help), at: callee.span)
  }
}
