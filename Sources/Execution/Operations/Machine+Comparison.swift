extension Machine {
  /// `a op b`: a truth value, or what an engine's object makes of it.
  public func compare(_ comparison: Comparison, _ a: Value, _ b: Value) throws(RuntimeError) -> Value {
    if a.isEntry || b.isEntry { return try compare(comparison, a.boxed, b.boxed) }
    if case .foreign(let object) = a, let result = try object.compare(comparison, b, in: self) { return result }
    if case .foreign(let object) = b, let result = try object.compare(comparison.mirrored, a, in: self) { return result }
    switch comparison {
    case .equal: return .bool(try equal(a, b))
    case .notEqual: return .bool(!(try equal(a, b)))
    case .less: return .bool(try ordered(a, b, orEqual: false, comparison))
    case .lessOrEqual: return .bool(try ordered(a, b, orEqual: true, comparison))
    case .greater: return .bool(try ordered(b, a, orEqual: false, comparison))
    case .greaterOrEqual: return .bool(try ordered(b, a, orEqual: true, comparison))
    }
  }

  /// Whether two values are equal, as `==` inside containers asks it.
  public func equal(_ a: Value, _ b: Value) throws(RuntimeError) -> Bool {
    try equal(a, b, depth: 0)
  }

  private func equal(_ a: Value, _ b: Value, depth: Int) throws(RuntimeError) -> Bool {
    guard depth < Value.nestingLimit else { throw RuntimeError.nestedTooDeep("compare") }
    switch (a, b) {
    case (.string(let a), .string(let b)): return a == b
    case (.list(let a), .list(let b)):
      if a === b { return true }
      return try equal(a.elements, b.elements, depth: depth)
    case (.tuple(let a), .tuple(let b)):
      if a === b { return true }
      return try equal(a.elements, b.elements, depth: depth)
    case (.dict(let a), .dict(let b)):
      if a === b { return true }
      return try equal(a, b, depth: depth)
    case (.range(let a), .range(let b)): return a.hasSameNumbers(as: b)
    // The function that makes tensors stands for their type, as in `isinstance`.
    case (.type(let type), .native(let function)), (.native(let function), .type(let type)): return type.name == function.name
    case (.entry, _), (_, .entry):
      if a.isIdentical(to: b) { return true }
      return try equal(a.boxed, b.boxed, depth: depth)
    case (.foreign, _), (_, .foreign):
      if case .foreign(let x) = a, case .foreign(let y) = b, x.identity === y.identity { return true }
      if case .foreign(let object) = a, let result = try object.compare(.equal, b, in: self) { return try truth(of: result) }
      if case .foreign(let object) = b, let result = try object.compare(.equal, a, in: self) { return try truth(of: result) }
      return false
    default:
      if let x = Number(a), let y = Number(b) { return x == y }
      return a.isIdentical(to: b)
    }
  }

  private func equal(_ a: [Value], _ b: [Value], depth: Int) throws(RuntimeError) -> Bool {
    guard a.count == b.count else { return false }
    for (x, y) in zip(a, b) {
      try checkInterrupt()
      if !(try equal(x, y, depth: depth + 1)) { return false }
    }
    return true
  }

  private func equal(_ a: DictObject, _ b: DictObject, depth: Int) throws(RuntimeError) -> Bool {
    guard a.count == b.count else { return false }
    for (key, value) in a.lazyPairs {
      try checkInterrupt()
      guard let other = try b.value(for: key), try equal(value, other, depth: depth + 1) else { return false }
    }
    return true
  }

  /// Whether `a` comes before `b`, as sorting asks it.
  public func precedes(_ a: Value, _ b: Value) throws(RuntimeError) -> Bool {
    switch (a, b) {
    case (.int(let x), .int(let y)): return x < y
    case (.float(let x), .float(let y)): return x < y
    case (.string(let x), .string(let y)): return x.precedes(y)
    default: return try truth(of: compare(.less, a, b))
    }
  }

  private func ordered(
    _ a: Value, _ b: Value, orEqual: Bool, _ comparison: Comparison, depth: Int = 0
  ) throws(RuntimeError) -> Bool {
    if let x = Number(a), let y = Number(b) { return orEqual ? x <= y : x < y }
    switch (a, b) {
    case (.string(let a), .string(let b)): return orEqual ? !b.precedes(a) : a.precedes(b)
    case (.list(let a), .list(let b)): return try ordered(a.elements, b.elements, orEqual: orEqual, comparison, depth)
    case (.tuple(let a), .tuple(let b)): return try ordered(a.elements, b.elements, orEqual: orEqual, comparison, depth)
    case (.entry, _), (_, .entry):
      return try ordered(a.boxed, b.boxed, orEqual: orEqual, comparison, depth: depth)
    case (.foreign, _), (_, .foreign):
      let question: Comparison = orEqual ? .lessOrEqual : .less
      if case .foreign(let object) = a, let result = try object.compare(question, b, in: self) { return try truth(of: result) }
      if case .foreign(let object) = b, let result = try object.compare(question.mirrored, a, in: self) {
        return try truth(of: result)
      }
    default: break
    }
    let (left, right) = comparison == .greater || comparison == .greaterOrEqual ? (b, a) : (a, b)
    throw RuntimeError(
      .typeError, "\(comparison.rawValue) does not order \(left.typeName.withArticle) and \(right.typeName.withArticle)",
      help: left.isNone || right.isNone
        ? "one side is None: test it with `is None` first" : "compare numbers with numbers and text with text: int(x), str(x)")
  }

  /// Lexicographic order.
  private func ordered(
    _ a: [Value], _ b: [Value], orEqual: Bool, _ comparison: Comparison, _ depth: Int
  ) throws(RuntimeError) -> Bool {
    guard depth < Value.nestingLimit else { throw RuntimeError.nestedTooDeep("compare") }
    for (x, y) in zip(a, b) {
      try checkInterrupt()
      if !(try equal(x, y, depth: depth)) { return try ordered(x, y, orEqual: orEqual, comparison, depth: depth + 1) }
    }
    return orEqual ? a.count <= b.count : a.count < b.count
  }

  /// What `if`, `while`, `and`, `or` and `not` make of a value.
  public func truth(of value: Value) throws(RuntimeError) -> Bool {
    switch value {
    case .none, .unbound: return false
    case .bool(let truth): return truth
    case .int(let number): return number != 0
    case .float(let number): return number != 0
    case .string(let text): return !text.isEmpty
    case .list(let list): return !list.elements.isEmpty
    case .tuple(let tuple): return !tuple.elements.isEmpty
    case .dict(let dict): return dict.count > 0
    case .range(let range): return range.count > 0
    case .foreign(let object): return try object.truth()
    case .entry(let row, let place): return try row.object(at: place).truth()
    default: return true
    }
  }
}
