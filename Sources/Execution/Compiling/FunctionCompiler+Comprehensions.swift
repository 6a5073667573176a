import Diagnostics
import Parsing

extension FunctionCompiler {
  func compileList(_ element: Expression, _ clauses: Comprehension, into target: Operand, at span: Span) {
    let list = builder.takeRegister()
    builder.emit(.makeList, list, list, at: span)
    compile(clauses, results: [element], at: span) {
      builder.emit(.append, list, compile(element), at: element.span)
    }
    builder.emit(.take, target, list, at: span)
  }

  func compileDict(_ key: Expression, _ value: Expression, _ clauses: Comprehension, into target: Operand, at span: Span) {
    let dict = builder.takeRegister()
    builder.emit(.makeDict, dict, dict, at: span)
    compile(clauses, results: [key, value], at: span) {
      let place = compile(key)
      builder.emit(.setKey, dict, place, compile(value), at: key.span.joined(to: value.span))
    }
    builder.emit(.take, target, dict, at: span)
  }

  /// Compiles the loops of a comprehension around what it does for each turn. Its variables are its own; the first iterable is
  /// read outside.
  private func compile(_ comprehension: Comprehension, results: [Expression], at span: Span, _ body: () -> Void) {
    guard let first = comprehension.clauses.first else { return }
    let captured = analysis.captured(in: comprehension, results: results)
    let state = builder.takeRegisters(3)
    scratch { builder.emit(.startLoop, .register(state), compile(first.iterable), at: first.iterable.span) }
    var variables: [String: Variable] = [:]
    for name in comprehension.clauses.flatMap({ $0.target.boundNames }) where variables[name] == nil {
      let variable = Variable(register: builder.takeRegisters(), isCell: captured.contains(name))
      variables[name] = variable
      builder.emit(.clear, .register(variable.register), at: span)
      if variable.isCell { builder.emit(.makeCell, .register(variable.register), at: span) }
    }
    withBlock(variables) { compileTurns(comprehension.clauses[...], state: state, body) }
  }

  /// Compiles the loop of the first clause, already started, and those of the others within.
  private func compileTurns(_ clauses: ArraySlice<Comprehension.Clause>, state: Int, _ body: () -> Void) {
    guard let clause = clauses.first else { return }
    let toNext = builder.emit(.jump, at: clause.iterable.span)
    let start = builder.here
    let item = compileItemTarget(clause.target)
    let skips = clause.conditions.flatMap { compileJumps($0, when: false) }
    if let inner = clauses.dropFirst().first {
      scratch {
        let state = builder.takeRegisters(3)
        scratch { builder.emit(.startLoop, .register(state), compile(inner.iterable), at: inner.iterable.span) }
        compileTurns(clauses.dropFirst(), state: state, body)
      }
    } else {
      scratch(body)
    }
    builder.land(skips + [toNext])
    builder.emit(Instruction(.nextItem, a: UInt32(state), b: item.bits, c: UInt32(start)), at: clause.iterable.span)
  }
}
