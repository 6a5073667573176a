extension Machine {
  /// `a op b` for any two values.
  public func binary(_ operation: BinaryOperation, _ a: Value, _ b: Value) throws(RuntimeError) -> Value {
    if let x = Number(a), let y = Number(b) {
      if let result = try Arithmetic.binary(operation, x, y, areTruths: a.isTruth && b.isTruth) { return result }
    }
    // What follows may take long: a product of matrices, a long list.
    try checkInterrupt()
    if a.isEntry || b.isEntry {
      return try withUnsafePointer(to: a) { left throws(RuntimeError) in
        try withUnsafePointer(to: b) { right throws(RuntimeError) in try entries(operation, left, right) }
      }
    }
    if case .foreign(let object) = a, let result = try object.binary(operation, b, isReflected: false, in: self) {
      return result
    }
    if case .foreign(let object) = b, let result = try object.binary(operation, a, isReflected: true, in: self) {
      return result
    }
    if let result = try joined(operation, a, b) { return result }
    throw unsupported(operation, a, b)
  }

  /// `a op b` where one of them is an entry of a row.
  func entries(
    _ operation: BinaryOperation, _ a: UnsafePointer<Value>, _ b: UnsafePointer<Value>
  ) throws(RuntimeError) -> Value {
    if let (row, _) = a.uncountedEntry ?? b.uncountedEntry {
      let result = try row.calling { row throws(RuntimeError) in try row.binary(operation, a, b, in: self) }
      if let result { return result }
    }
    return try binary(operation, a.pointee.boxed, b.pointee.boxed)
  }

  /// `a op= b` where `a` is the only holder of what it holds: strings and lists grow in place, parameters keep their identity.
  func update(_ operation: BinaryOperation, _ a: inout Value, _ b: Value) throws(RuntimeError) {
    // Looked at before any pattern binds `a`: a copy would be a second holder, and nothing could grow in place.
    if case .string = a {
      if operation == .add, case .string(let suffix) = b { return try growString(&a, by: suffix) }
    } else if case .foreign = a {
      return try updateForeign(operation, &a, b)
    }
    switch (operation, a, b) {
    case (.add, .list(let list), _):
      // `+=` of a list changes the list that others see, as in Python.
      try append(items(of: b), to: list)
    case (.multiply, .list(let list), _):
      guard let times = try b.wholeNumber() else { return a = try binary(operation, a, b) }
      list.elements = try repeated(list.elements, times)
    case (.or, .dict(let dict), .dict(let other)):
      try set(pairsOf: .dict(other), in: dict)
    default:
      a = try binary(operation, a, b)
    }
  }

  private func growString(_ a: inout Value, by suffix: StringObject) throws(RuntimeError) {
    var taken = Value.unbound
    swap(&taken, &a)
    guard case .string(var object) = consume taken else { return }
    if isKnownUniquelyReferenced(&object) {
      try charge(bytes: suffix.text.utf8.count)
      object.append(suffix)
      a = .string(object)
    } else {
      a = .string(object)
      a = try binary(.add, a, .string(suffix))
    }
  }

  private func updateForeign(_ operation: BinaryOperation, _ a: inout Value, _ b: Value) throws(RuntimeError) {
    var taken = Value.unbound
    swap(&taken, &a)
    guard case .foreign(var object) = consume taken else { return }
    let isUnique = isKnownUniquelyReferenced(&object)
    // The name keeps its value should the operation fail.
    a = .foreign(object)
    if let updated = try object.updating(operation, b, isUnique: isUnique, in: self) {
      a = updated
    } else {
      a = try binary(operation, a, b)
    }
  }

  /// What `+`, `*` and `|` make of strings, lists, tuples and dictionaries; nil where they make nothing.
  private func joined(_ operation: BinaryOperation, _ a: Value, _ b: Value) throws(RuntimeError) -> Value? {
    switch (operation, a, b) {
    case (.add, .string(let a), .string(let b)):
      try charge(bytes: a.text.utf8.count + b.text.utf8.count)
      return .string(StringObject(a, b))
    case (.add, .list(let a), .list(let b)):
      try charge(values: a.elements.count + b.elements.count)
      return .list(try joined(a.elements[...], b.elements[...]))
    case (.add, .tuple(let a), .tuple(let b)):
      try charge(values: a.elements.count + b.elements.count)
      return .tuple(try joined(a.elements[...], b.elements[...]))
    case (.or, .dict(let a), .dict(let b)):
      let union = try a.copy(in: self)
      try set(pairsOf: .dict(b), in: union)
      return .dict(union)
    case (.multiply, .string(let text), _): return try b.wholeNumber().map { (n) throws(RuntimeError) in try repeated(text, n) }
    case (.multiply, _, .string(let text)): return try a.wholeNumber().map { (n) throws(RuntimeError) in try repeated(text, n) }
    case (.multiply, .list(let list), _):
      return try b.wholeNumber().map { (n) throws(RuntimeError) in .list(try repeated(list.elements, n)) }
    case (.multiply, _, .list(let list)):
      return try a.wholeNumber().map { (n) throws(RuntimeError) in .list(try repeated(list.elements, n)) }
    case (.multiply, .tuple(let tuple), _):
      return try b.wholeNumber().map { (n) throws(RuntimeError) in .tuple(try repeated(tuple.elements, n)) }
    case (.multiply, _, .tuple(let tuple)):
      return try a.wholeNumber().map { (n) throws(RuntimeError) in .tuple(try repeated(tuple.elements, n)) }
    default: return nil
    }
  }

  private func repeated(_ text: StringObject, _ times: Int) throws(RuntimeError) -> Value {
    let times = text.isEmpty ? 0 : max(times, 0)
    try charge(count: times, ofBytes: text.text.utf8.count)
    let result = try repeated(text.text, times)
    return .string(text.isASCII ? StringObject(ascii: result) : StringObject(result))
  }

  private func repeated(_ elements: [Value], _ times: Int) throws(RuntimeError) -> [Value] {
    let times = elements.isEmpty ? 0 : max(times, 0)
    try charge(count: times, ofBytes: elements.count * MemoryLayout<Value>.stride)
    if elements.count == 1 { return try values(times) { _ in elements[0] } }
    var result: [Value] = []
    result.reserveCapacity(elements.count * times)
    for _ in 0..<times {
      try checkInterrupt()
      try add(elements[...], to: &result)
    }
    return result
  }

  public func unary(_ operation: UnaryOperation, _ operand: Value) throws(RuntimeError) -> Value {
    switch (operation, Number(operand)) {
    case (.negate, .int(let number)?):
      let (result, overflow) = (0).subtractingReportingOverflow(number)
      guard !overflow else { throw RuntimeError.overflow("-(\(number))") }
      return .int(result)
    case (.negate, .float(let number)?): return .float(-number)
    case (.plus, .int(let number)?): return .int(number)
    case (.plus, .float(let number)?): return .float(number)
    case (.invert, .int(let number)?): return .int(~number)
    default: break
    }
    if case .entry(let row, _) = operand {
      let result = try withUnsafePointer(to: operand) { operand throws(RuntimeError) in
        try row.unary(operation, operand, in: self)
      }
      if let result { return result }
      return try unary(operation, operand.boxed)
    }
    if case .foreign(let object) = operand, let result = try object.unary(operation, in: self) { return result }
    throw RuntimeError(.typeError, "\(operation.rawValue) does not take \(operand.typeName.withArticle)")
  }
}

extension Value {
  var isTruth: Bool {
    if case .bool = self { true } else { false }
  }

  /// The whole number that an `int`, a `bool` or a whole tensor of rank 0 is; nil for anything else.
  public func wholeNumber() throws(RuntimeError) -> Int? {
    switch self {
    case .int(let number): return number
    case .bool(let truth): return truth ? 1 : 0
    case .entry: return try boxed.wholeNumber()
    case .foreign(let object):
      guard case .int(let number)? = try object.number() else { return nil }
      return number
    default: return nil
    }
  }
}
