import Diagnostics
import Parsing

extension FunctionCompiler {
  /// A call gathers its arguments in a row of registers behind the function, which become the first of its frame.
  func compileCall(_ callee: Expression, _ arguments: [Argument], into target: Operand, at span: Span) {
    guard arguments.count <= 250, arguments.allSatisfy({ $0.kind == .positional }) else {
      return compileLaidOut(callee, arguments, into: target, at: span)
    }
    if case .attribute(let receiver, let name, let nameSpan) = callee.kind {
      let window = builder.takeRegisters(arguments.count + 1)
      compile(receiver, into: .register(window))
      for (place, argument) in arguments.enumerated() { compile(argument.value, into: .register(window + 1 + place)) }
      let method = UInt32(builder.method(name))
      builder.emit(
        Instruction(.callMethod, a: UInt32(window), b: method, c: target.bits, d: arguments.count),
        at: receiver.span.joined(to: nameSpan).joined(to: span))
      builder.keep(Expression(.call(callee, arguments), span))
      return
    }
    let function = compile(callee)
    let window = builder.takeRegisters(arguments.count + 1)
    for (place, argument) in arguments.enumerated() { compile(argument.value, into: .register(window + 1 + place)) }
    builder.emit(.call, .register(window), function, target, d: arguments.count, at: span)
    builder.keep(Expression(.call(callee, arguments), span))
  }

  private func compileLaidOut(_ callee: Expression, _ arguments: [Argument], into target: Operand, at span: Span) {
    var items: [CallLayout.Item] = []
    var values: [Expression] = []
    // Very many arguments are spread from one list.
    let isLong = arguments.count > 250 && arguments.allSatisfy { $0.kind == .positional }
    if isLong {
      items = [.spread]
      values = [Expression(.list(arguments.map(\.value)), span)]
    } else {
      items = arguments.map(\.layout)
      values = arguments.map(\.value)
    }
    let window = builder.takeRegisters(values.count + 1)
    compile(callee, into: .register(window))
    for (place, value) in values.enumerated() { compile(value, into: .register(window + 1 + place)) }
    let layout = UInt32(builder.layout(CallLayout(items: items)))
    builder.emit(Instruction(.callLaidOut, a: UInt32(window), b: layout, c: target.bits), at: span)
    builder.keep(Expression(.call(callee, arguments), span))
  }

  /// Makes a function: its defaults are computed now, its code is compiled by a compiler of its own.
  func compile(_ function: Function, into target: Operand) {
    scratch {
      let defaults = function.parameters.compactMap(\.defaultValue)
      let window = builder.takeRegisters(defaults.count)
      for (place, value) in defaults.enumerated() { compile(value, into: .register(window + place)) }
      let compiler = FunctionCompiler(function, within: self)
      compiler.compileBody(of: function)
      failure = failure ?? compiler.failure
      let code = builder.code(Code(compiler.builder.draft))
      builder.emit(
        Instruction(.makeFunction, a: target.bits, b: UInt32(code), c: UInt32(window), d: defaults.count), at: function.span)
    }
  }

  private func compileBody(of function: Function) {
    builder.draft.definition = function.whole
    builder.draft.documentation = function.documentation
    if let shapes = shapes(of: function) {
      builder.draft.shapes = shapes
      builder.emit(.checkShapes, at: function.nameSpan)
    }
    for parameter in function.parameters { noteBinding(parameter.name, at: parameter.span) }
    builder.draft.resultNote.lastName = nil
    switch function.body {
    case .expression(let expression):
      builder.mark(expression.span, .lambda)
      compileReturn(expression, at: expression.span)
    case .statements(let statements):
      compile(statements)
      compileReturn(nil, at: function.nameSpan)
    }
  }

  /// What the annotations ask for; nil where there are none.
  private func shapes(of function: Function) -> FunctionShapes? {
    var shapes = FunctionShapes(result: function.result)
    for parameter in function.parameters {
      guard let pattern = parameter.shape, let register = register(of: parameter.name) else { continue }
      shapes.parameters.append(FunctionShapes.Parameter(name: parameter.name, register: register, pattern: pattern))
    }
    guard !shapes.parameters.isEmpty || shapes.result != nil else { return nil }
    let arguments = Set(function.parameters.map(\.name))
    let patterns = shapes.parameters.map(\.pattern) + (function.result.map { [$0] } ?? [])
    for name in Set(patterns.flatMap { $0.dimensions.flatMap(\.names) }) {
      if arguments.contains(name) {
        shapes.arguments[name] = register(of: name)
      } else {
        shapes.globals[name] = globals.place(of: name)
        shapes.bound[name] = register(of: name)
      }
    }
    return shapes
  }
}

extension Argument {
  fileprivate var layout: CallLayout.Item {
    switch kind {
    case .positional: .positional
    case .keyword(let name): .keyword(name)
    case .spread: .spread
    case .keywordSpread: .spreadKeywords
    }
  }
}
