import Diagnostics
import Parsing

extension FunctionCompiler {
  func compile(_ statements: [Statement]) {
    for statement in statements { scratch { compile(statement) } }
  }

  private func compile(_ statement: Statement) {
    let span = statement.span
    if let header = statement.header { builder.mark(header) }
    switch statement.kind {
    case .expression(let expression): compileForEffect(expression)
    case .assignment(let targets, let value): compileAssignment(targets, value, at: span)
    case .augmented(let target, let operation, let value): compileAugmented(target, operation, value, at: span)
    case .function(let function, let decorator): compileDefinition(function, decorator, at: span)
    case .returning(let value): compileReturn(value, at: span)
    case .conditional(let test, let body, let other): compileConditional(test, body, other, at: span)
    case .whileLoop(let test, let body, let other): compileWhile(test, body, other, at: span)
    case .forLoop(let target, let iterable, let body, let other): compileFor(target, iterable, body, other, at: span)
    case .breaking: leave(by: .breaking, at: span)
    case .continuing: leave(by: .continuing, at: span)
    case .pass:
      // There has to be something to stop at.
      builder.land([builder.emit(.jump, at: span)])
    case .broken: break
    case .assertion(let test, let message):
      let toEnd = compileJumps(test, when: true)
      scratch {
        let text = message.map { compile($0) }
        builder.emit(.failAssertion, text ?? .register(0), d: text == nil ? 0 : 1, at: span)
      }
      builder.land(toEnd)
    case .raising(let error, let cause): compileRaise(error, cause, at: span)
    case .attempt(let body, let handlers, let other, let finally):
      compileAttempt(body, handlers, other, finally: finally, at: span)
    case .with(let items, let body): compileWith(items[...], body, at: span)
    case .deletion(let targets): targets.forEach { compileDeletion(of: $0) }
    case .importing(let modules): modules.forEach { compileImport($0) }
    case .importingNames(let module, let moduleSpan, let names):
      let value = builder.takeRegister()
      builder.emit(.importModule, value, builder.constant(.string(module)), at: moduleSpan)
      for name in names {
        scratch {
          let item = builder.takeRegister()
          builder.emit(.importName, item, value, builder.constant(.string(name.name)), at: name.span)
          write(name.boundName, from: item, at: name.span)
        }
      }
    }
  }

  /// Computes an expression whose value nobody wants.
  private func compileForEffect(_ expression: Expression) {
    // A name alone is read, so that one that is not bound is an error.
    compile(expression, into: builder.takeRegister())
  }

  private func compileAssignment(_ targets: [Expression], _ value: Expression, at span: Span) {
    if targets.count == 1, case .name(let name) = targets[0].kind { return bind(name, to: value, at: span) }
    if targets.count == 1, compileParallel(targets[0], value) { return }
    let operand = compile(value)
    for (place, target) in targets.enumerated() {
      guard place < targets.count - 1, isTemporary(operand) else {
        assign(operand, to: target, from: value)
        continue
      }
      scratch {
        let copy = builder.takeRegister()
        builder.emit(.move, copy, operand, at: target.span)
        assign(copy, to: target)
      }
    }
  }

  /// `a, b = b, a`: values go to registers and from there to their names, with no tuple between. False where it is no such row.
  private func compileParallel(_ target: Expression, _ value: Expression) -> Bool {
    guard case .tuple(let names) = target.kind, case .tuple(let values) = value.kind, names.count == values.count,
      names.allSatisfy({ if case .name = $0.kind { true } else { false } }),
      !values.contains(where: { if case .starred = $0.kind { true } else { false } })
    else { return false }
    let window = builder.takeRegisters(values.count)
    for (place, value) in values.enumerated() { compile(value, into: .register(window + place)) }
    for (place, name) in names.enumerated() { assign(.register(window + place), to: name) }
    return true
  }

  private func compileDefinition(_ function: Function, _ decorator: Statement.Decorator?, at span: Span) {
    let value = builder.takeRegister()
    compile(function, into: value)
    if let decorator {
      builder.emit(.decorate, value, value, builder.constant(.string(decorator.kind.rawValue)), at: decorator.span)
    }
    write(function.name, from: value, at: function.nameSpan)
  }

  private func compileConditional(_ test: Expression, _ body: [Statement], _ other: [Statement], at span: Span) {
    let toOther = compileJumps(test, when: false)
    compile(body)
    guard !other.isEmpty else { return builder.land(toOther) }
    let toEnd = builder.emit(.jump, at: span)
    builder.land(toOther)
    compile(other)
    builder.land([toEnd])
  }

  private func compileImport(_ module: Statement.ImportedModule) {
    let value = builder.takeRegister()
    let name = builder.constant(.string(module.name))
    // `import lib.tools` binds `lib`, which holds `tools`.
    let isWithin = module.alias == nil && module.name.contains(".")
    builder.emit(isWithin ? .importPackage : .importModule, value, name, at: module.span)
    write(module.boundName, from: value, at: module.span)
  }
}
