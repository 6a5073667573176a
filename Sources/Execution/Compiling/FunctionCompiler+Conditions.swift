import Diagnostics
import Parsing

extension FunctionCompiler {
  /// Compiles a test and gives the jumps that are taken when it comes out as `outcome`; otherwise the program goes on.
  func compileJumps(_ test: Expression, when outcome: Bool) -> [Int] {
    switch test.kind {
    case .unary(.not, let operand): return compileJumps(operand, when: !outcome)
    case .logical(let operation, let operands) where (operation == .and) != outcome:
      // Each operand alone decides: `and` is false, or `or` true, as soon as one is.
      return operands.flatMap { compileJumps($0, when: outcome) }
    case .logical(_, let operands):
      let last = operands.count - 1
      let toEnd = operands[..<last].flatMap { compileJumps($0, when: !outcome) }
      let jumps = compileJumps(operands[last], when: outcome)
      builder.land(toEnd)
      return jumps
    case .comparison(let first, let rest) where !outcome:
      if let opcode = rest.first?.comparison.jumpUnless, rest.count == 1 {
        return scratch {
          let left = compile(first)
          return [builder.emit(opcode, .register(0), left, compile(rest[0].operand), at: test.span)]
        }
      }
    default: break
    }
    return scratch {
      let value = compile(test)
      return [builder.emit(outcome ? .jumpIf : .jumpUnless, .register(0), value, at: test.span)]
    }
  }
}
