import Diagnostics
import Parsing

extension Checker {
  mutating func check(_ expression: Expression) {
    switch expression.kind {
    case .none, .ellipsis, .bool, .int, .float, .string, .broken: break
    case .name(let name): use(name, expression.span)
    case .formatted(let parts): check(parts)
    case .tuple(let parts), .list(let parts), .logical(_, let parts): for part in parts { check(part) }
    case .dict(let entries):
      for entry in entries {
        switch entry {
        case .pair(let key, let value):
          check(key)
          check(value)
        case .spread(let other): check(other)
        }
      }
    case .unary(_, let operand), .starred(let operand): check(operand)
    case .attribute(let operand, let name, let nameSpan): checkAttribute(operand, name, nameSpan, [name])
    case .binary(_, let left, let right), .item(let left, let right):
      check(left)
      check(right)
    case .comparison(let first, let rest):
      check(first)
      for comparand in rest { check(comparand.operand) }
    case .conditional(let test, let value, let other):
      check(test)
      check(value)
      check(other)
    case .lambda(let function): checkBody(of: function)
    case .call(let callee, let arguments):
      if case .name(let name) = callee.kind { use(name, callee.span, isCalled: true) } else { check(callee) }
      if case .name(let name) = callee.kind, let signature = signature(of: name) {
        checkCall(of: name, signature, callee, arguments, expression.span)
      } else {
        if case .name(let name) = callee.kind { checkCallable(name, callee, hasArguments: !arguments.isEmpty) }
        for argument in arguments { check(argument.value) }
      }
    case .slice(let start, let stop, let step):
      for case .some(let part) in [start, stop, step] { check(part) }
    case .listComprehension(let element, let comprehension): check(comprehension, results: [element])
    case .dictComprehension(let key, let value, let comprehension): check(comprehension, results: [key, value])
    }
  }

  private mutating func check(_ parts: [Expression.FormattedPart]) {
    for case .value(let value, _, let spec) in parts {
      check(value)
      check(spec)
    }
  }

  private mutating func check(_ comprehension: Comprehension, results: [Expression]) {
    if let first = comprehension.clauses.first { check(first.iterable) }
    comprehensions.append(Set(comprehension.clauses.flatMap(\.target.boundNames)))
    for (place, clause) in comprehension.clauses.enumerated() {
      if place > 0 { check(clause.iterable) }
      for condition in clause.conditions { check(condition) }
    }
    for result in results { check(result) }
    comprehensions.removeLast()
  }
}
