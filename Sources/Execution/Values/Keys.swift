extension Value {
  /// How deep values may be nested in what is compared, hashed or printed.
  static let nestingLimit = 1000

  /// This value as a key, with its hash; equal numbers hash alike whatever their type, and a tensor of rank 0 is its number.
  func hashed() throws(RuntimeError) -> (key: Value, hash: Int) {
    switch self {
    case .int(let number): return (self, Self.mix(number))
    case .string(let text): return (self, text.keyHash)
    case .entry: return try boxed.hashed()
    case .foreign(let object):
      if let number = try object.number() { return (number, try number.hash(depth: 0)) }
      return (self, Self.mix(ObjectIdentifier(object.identity).hashValue))
    default: return (self, try hash(depth: 0))
    }
  }

  private func hash(depth: Int) throws(RuntimeError) -> Int {
    switch self {
    case .unbound: return 0
    case .none: return 1
    case .ellipsis: return 2
    case .bool(let truth): return Self.mix(truth ? 1 : 0)
    case .int(let number): return Self.mix(number)
    case .float(let number):
      if let whole = Int(exactly: number) { return Self.mix(whole) }
      return Self.mix(Int(truncatingIfNeeded: number.bitPattern))
    case .string(let text): return text.keyHash
    case .tuple(let tuple):
      guard depth < Self.nestingLimit else { throw RuntimeError.nestedTooDeep("be a key") }
      var hash = tuple.elements.count
      for element in tuple.elements { hash = Self.mix(hash &* 31 &+ (try element.hash(depth: depth + 1))) }
      return hash
    case .range(let range): return Self.mix(range.start &* 31 &+ range.count)
    case .type(let type): return StringObject(type.name).keyHash
    // It may stand for the type of its name.
    case .native(let function): return StringObject(function.name).keyHash
    case .list, .dict, .slice:
      throw RuntimeError(
        .typeError, "a \(typeName) cannot be a key, since it can change",
        help: "\(typeName)" == "list" ? "make it a tuple: tuple(x)" : "use something fixed: a number, a string, a tuple")
    default: return object.map { Self.mix(ObjectIdentifier($0).hashValue) } ?? 0
    }
  }

  private static func mix(_ number: Int) -> Int {
    let spread = UInt64(bitPattern: Int64(number)) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: spread ^ (spread >> 32))
  }

  /// Whether two values that were hashed are the same key.
  func isSameKey(as other: Value) -> Bool {
    switch (self, other) {
    case (.string(let a), .string(let b)): return a == b
    case (.tuple(let a), .tuple(let b)):
      return a === b
        || a.elements.count == b.elements.count && zip(a.elements, b.elements).allSatisfy { $0.isSameKey(as: $1) }
    case (.range(let a), .range(let b)): return a.hasSameNumbers(as: b)
    case (.type(let type), .native(let function)), (.native(let function), .type(let type)): return type.name == function.name
    default:
      if let order = Number(self), let otherOrder = Number(other) { return order == otherOrder }
      return isIdentical(to: other)
    }
  }
}

extension RangeObject {
  func hasSameNumbers(as other: RangeObject) -> Bool {
    count == other.count && (count == 0 || start == other.start && (count == 1 || step == other.step))
  }
}
