import Diagnostics
import Parsing

extension FunctionCompiler {
  /// Computes an expression and says where its value is: a name's own place, a constant, or a register that is taken.
  func compile(_ expression: Expression) -> Operand {
    switch expression.kind {
    case .name(let name): return read(name, at: expression.span)
    default:
      if let constant = expression.constant { return builder.constant(constant) }
      let target = builder.takeRegister()
      compile(expression, into: target)
      return target
    }
  }

  /// Computes an expression into an operand. The target is written last, unless `mayWriteEarly` says otherwise.
  func compile(_ expression: Expression, into target: Operand) {
    let span = expression.span
    if let constant = expression.constant {
      builder.emit(.move, target, builder.constant(constant), at: span)
      return
    }
    scratch {
      switch expression.kind {
      case .none, .ellipsis, .bool, .int, .float, .string, .broken: break
      case .name(let name): move(read(name, at: span), to: target, at: span)
      case .formatted(let parts): compile(parts, into: target, at: span)
      case .tuple(let parts): compileRow(parts, .makeTuple, into: target, at: span)
      case .list(let parts): compileRow(parts, .makeList, into: target, at: span)
      case .dict(let entries): compile(entries, into: target, at: span)
      case .unary(let operation, let operand): compile(operation, operand, into: target, at: span)
      case .binary(let operation, let left, let right):
        // A name's own place serves as operand: nothing in an expression binds the function's names.
        let a = compile(left)
        builder.emit(operation.opcode, target, a, compile(right), at: span)
        builder.keep(expression)
      case .logical(let operation, let operands): compile(operation, operands, into: target, at: span)
      case .comparison(let first, let rest): compileComparison(first, rest, into: target, at: span)
      case .conditional(let test, let value, let other):
        let toOther = compileJumps(test, when: false)
        compile(value, into: target)
        let toEnd = builder.emit(.jump, at: span)
        builder.land(toOther)
        compile(other, into: target)
        builder.land([toEnd])
      case .lambda(let function): compile(function, into: target)
      case .call(let callee, let arguments): compileCall(callee, arguments, into: target, at: span)
      case .attribute(let value, let name, let nameSpan):
        builder.emit(.attribute, target, compile(value), builder.constant(.string(name)), at: span.joined(to: nameSpan))
        builder.keep(expression)
      case .item(let container, let key):
        let a = compile(container)
        builder.emit(.item, target, a, compile(key), at: span)
      case .slice(let start, let stop, let step):
        let window = builder.takeRegisters(3)
        for (place, part) in [start, stop, step].enumerated() {
          compile(part ?? Expression(.none, span), into: .register(window + place))
        }
        builder.emit(.makeSlice, target, .register(window), at: span)
      case .starred(let value): compile(value, into: target)
      case .listComprehension(let element, let clauses): compileList(element, clauses, into: target, at: span)
      case .dictComprehension(let key, let value, let clauses): compileDict(key, value, clauses, into: target, at: span)
      }
    }
  }

  private func compile(_ operation: UnaryOperator, _ operand: Expression, into target: Operand, at span: Span) {
    let opcode: Opcode =
      switch operation {
      case .negate: .negate
      case .plus: .plus
      case .invert: .invert
      case .not: .not
      }
    builder.emit(opcode, target, compile(operand), at: span)
  }

  private func compile(_ operation: LogicalOperator, _ operands: [Expression], into target: Operand, at span: Span) {
    var toEnd: [Int] = []
    for (place, operand) in operands.enumerated() {
      compile(operand, into: target)
      guard place < operands.count - 1 else { break }
      toEnd.append(builder.emit(operation == .and ? .jumpUnless : .jumpIf, .register(0), target, at: operand.span))
    }
    builder.land(toEnd)
  }

  private func compileComparison(
    _ first: Expression, _ rest: [Expression.Comparand], into target: Operand, at span: Span
  ) {
    var left = compile(first)
    var toEnd: [Int] = []
    for (place, link) in rest.enumerated() {
      let right = compile(link.operand)
      builder.emit(link.comparison.opcode, target, left, right, at: span)
      guard place < rest.count - 1 else { break }
      toEnd.append(builder.emit(.jumpUnless, .register(0), target, at: span))
      left = right
    }
    builder.land(toEnd)
  }

  // MARK: Containers

  /// The longest row of registers that one instruction gathers; longer rows are put together from pieces.
  private static let longestWindow = 1000

  private func compileRow(_ parts: [Expression], _ opcode: Opcode, into target: Operand, at span: Span) {
    let hasStar = parts.contains { if case .starred = $0.kind { true } else { false } }
    guard hasStar || parts.count > Self.longestWindow else {
      let window = builder.takeRegisters(parts.count)
      for (place, part) in parts.enumerated() { compile(part, into: .register(window + place)) }
      builder.emit(opcode, target, .register(window), d: parts.count, at: span)
      return
    }
    let list = builder.takeRegister()
    builder.emit(.makeList, list, list, at: span)
    for part in parts {
      scratch {
        if case .starred(let value) = part.kind {
          builder.emit(.extend, list, compile(value), at: part.span)
        } else {
          builder.emit(.append, list, compile(part), at: part.span)
        }
      }
    }
    builder.emit(opcode == .makeTuple ? .freeze : .take, target, list, at: span)
  }

  private func compile(_ entries: [Expression.DictEntry], into target: Operand, at span: Span) {
    let dict = builder.takeRegister()
    builder.emit(.makeDict, dict, dict, at: span)
    for entry in entries {
      scratch {
        switch entry {
        case .pair(let key, let value):
          let place = compile(key)
          builder.emit(.setKey, dict, place, compile(value), at: key.span.joined(to: value.span))
        case .spread(let other): builder.emit(.merge, dict, compile(other), at: other.span)
        }
      }
    }
    builder.emit(.take, target, dict, at: span)
  }

  private func compile(_ parts: [Expression.FormattedPart], into target: Operand, at span: Span) {
    guard parts.count <= Self.longestWindow else {
      let halves = [Array(parts[..<(parts.count / 2)]), Array(parts[(parts.count / 2)...])]
      let window = builder.takeRegisters(2)
      for (place, half) in halves.enumerated() { compile(half, into: .register(window + place), at: span) }
      builder.emit(.joinText, target, .register(window), d: 2, at: span)
      return
    }
    let window = builder.takeRegisters(parts.count)
    for (place, part) in parts.enumerated() {
      let piece = Operand.register(window + place)
      switch part {
      case .text(let text): builder.emit(.move, piece, builder.constant(.string(text)), at: span)
      case .value(let value, let conversion, let spec):
        scratch {
          let operand = compile(value)
          let form = builder.takeRegister()
          compile(spec, into: form, at: value.span)
          let letter = conversion?.rawValue.utf8.first ?? 0
          builder.emit(.format, piece, operand, form, d: Int(letter), at: value.span)
        }
      }
    }
    builder.emit(.joinText, target, .register(window), d: parts.count, at: span)
  }
}

extension Expression {
  /// The value of what is written out: numbers also with a sign.
  var constant: Value? {
    switch kind {
    case .none: return Value.none
    case .ellipsis: return .ellipsis
    case .bool(let truth): return .bool(truth)
    case .int(let number): return .int(number)
    case .float(let number): return .float(number)
    case .string(let text): return .string(text)
    case .unary(.negate, let operand):
      switch operand.kind {
      // The smallest has no counterpart: the machine says so when it comes there.
      case .int(let number) where number != .min: return .int(-number)
      case .float(let number): return .float(-number)
      default: return nil
      }
    default: return nil
    }
  }
}

extension BinaryOperator {
  var opcode: Opcode {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .modulo: .modulo
    case .power: .power
    case .matrixMultiply: .matrixMultiply
    case .and: .and
    case .or: .or
    }
  }
}

extension ComparisonOperator {
  var opcode: Opcode {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .isSame: .isSame
    case .isNotSame: .isNotSame
    case .contains: .contains
    case .lacks: .lacks
    }
  }

  /// The jump taken unless the comparison holds; nil for those that are no numbers' business.
  var jumpUnless: Opcode? {
    switch self {
    case .equal: .unlessEqual
    case .notEqual: .unlessNotEqual
    case .less: .unlessLess
    case .lessOrEqual: .unlessLessOrEqual
    case .greater: .unlessGreater
    case .greaterOrEqual: .unlessGreaterOrEqual
    case .isSame, .isNotSame, .contains, .lacks: nil
    }
  }
}
