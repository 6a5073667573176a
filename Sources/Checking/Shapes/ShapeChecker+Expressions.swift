import Diagnostics
import Parsing

extension ShapeChecker {
  /// What is known of an expression's value; its mistakes are reported on the way.
  mutating func known(_ expression: Expression) -> Known {
    switch expression.kind {
    case .int(let number): return .whole(number)
    case .float: return .number
    case .bool(let truth): return .truth(truth)
    case .string(let text): return .text(text)
    case .name(let name): return lookUp(name)
    case .tuple(let parts), .list(let parts):
      guard !parts.contains(where: \.isStarred) else { return forgetting(parts) }
      return .list(parts.map { known($0) })
    case .unary(.negate, let operand):
      // Looked at once: twice at each of a hundred signs would take for ever.
      let value = known(operand)
      if case .whole(let number) = value { return .whole(0 &- number) }
      return value.isTensor ? value : .unknown
    case .unary(_, let operand):
      let value = known(operand)
      return value.isTensor ? value : .unknown
    case .binary(let operation, let left, let right):
      return apply(operation, known(left), known(right), at: expression.span)
    case .comparison(let first, let rest): return compare(first, rest, at: expression.span)
    case .logical(_, let parts):
      // What stands behind the first may not be reached.
      _ = parts.first.map { known($0) }
      doubtfully { checker in for part in parts.dropFirst() { _ = checker.known(part) } }
      return .unknown
    case .conditional(let test, _, _):
      _ = known(test)
      return .unknown
    case .call(let callee, let arguments): return call(callee, arguments, at: expression.span)
    case .attribute(let owner, let name, let nameSpan): return attribute(name, of: known(owner), at: nameSpan)
    case .item(let owner, let index): return item(of: known(owner), index)
    case .formatted(let parts):
      for case .value(let value, _, _) in parts { _ = known(value) }
      return .unknown
    // A lambda and a comprehension have names of their own.
    case .none, .ellipsis, .dict, .lambda, .slice, .starred, .listComprehension, .dictComprehension, .broken: return .unknown
    }
  }

  private mutating func forgetting(_ parts: [Expression]) -> Known {
    for part in parts { _ = known(part) }
    return .unknown
  }

  // MARK: Operators

  /// Operators are builtins too: `@`, `+`.
  mutating func apply(_ operation: BinaryOperator, _ left: Known, _ right: Known, at span: Span) -> Known {
    // Between lists and numbers they are Python's.
    guard left.isTensor || right.isTensor else { return .unknown }
    return apply(knowledge.shapes[operation.rawValue], KnownArguments([left, right]), at: span)
  }

  private mutating func compare(_ first: Expression, _ rest: [Expression.Comparand], at span: Span) -> Known {
    var operands = [known(first)]
    for comparand in rest { operands.append(known(comparand.operand)) }
    guard rest.count == 1, operands[0].isTensor || operands[1].isTensor else { return .unknown }
    return apply(knowledge.shapes[rest[0].comparison.rawValue], KnownArguments(operands), at: span)
  }

  mutating func apply(
    _ rule: ShapeRule?, _ arguments: KnownArguments, at span: Span, _ written: [Argument] = []
  ) -> Known {
    guard let rule else { return .unknown }
    return sure(at: span, written) { () throws(ShapeMistake) in try rule(arguments) }
  }

  /// What a rule makes known; its mistake is reported.
  mutating func sure(
    at span: Span, _ written: [Argument] = [], _ body: () throws(ShapeMistake) -> Known
  ) -> Known {
    do throws(ShapeMistake) {
      return try body()
    } catch {
      report(error, at: span, arguments: written)
      return .unknown
    }
  }

  // MARK: Attributes and items

  mutating func attribute(_ name: String, of owner: Known, at span: Span) -> Known {
    switch (owner, name) {
    case (.tensor(let shape), "shape"): return .list(shape.map { .whole($0) })
    case (.tensor(let shape), "T"): return .tensor(shape.reversed())
    case (.tensor(let shape), "rank"): return .whole(shape.count)
    case (.tensor(let shape), "size"): return .whole(shape.reduce(1, *))
    case (.object(let object), _):
      guard let attributes = object.attributes else { return .unknown }
      guard attributes.names.contains(name) else {
        let complaint = knowledge.advice.noAttribute(
          name, of: attributes.type, known: attributes.names, more: attributes.help(name))
        report(ShapeMistake(complaint.message, kind: complaint.kind, help: complaint.help), at: span)
        return .unknown
      }
      return attributes.parts[name] ?? .unknown
    default: return .unknown
    }
  }

  private mutating func item(of owner: Known, _ index: Expression) -> Known {
    let place = known(index)
    switch (owner, place) {
    case (.list(let items), .whole(let place)):
      let place = place < 0 ? place + items.count : place
      return items.indices.contains(place) ? items[place] : .unknown
    case (.tensor(let shape), .whole): return shape.isEmpty ? .unknown : .tensor(Array(shape.dropFirst()))
    default: return .unknown
    }
  }
}

extension Expression {
  fileprivate var isStarred: Bool {
    if case .starred = kind { true } else { false }
  }
}
