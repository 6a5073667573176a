import Checking
import Parsing

extension Machine {
  @inline(__always)
  func at(_ bits: UInt32) -> UnsafeMutablePointer<Value> {
    spaces[Int(bits >> 30)] + Int(bits & 0x3fff_ffff)
  }

  /// The value of an operand, which must be bound.
  @inline(__always)
  func read(_ bits: UInt32) throws(RuntimeError) -> Value {
    let value = at(bits).pointee
    if case .unbound = value { throw unbound(bits) }
    return value
  }

  @inline(never)
  func isTrue(_ bits: UInt32) throws(RuntimeError) -> Bool { try truth(of: read(bits)) }

  /// The error of a name that is not bound, with the nearest that is.
  @inline(never)
  func unbound(_ bits: UInt32) -> RuntimeError {
    let operand = Operand(bits: bits)
    let frame = frames[depth - 1]
    if operand.isGlobal {
      let globals = frame.function._withUnsafeGuaranteedRef(\.globals)
      let name = globals.slotNames[operand.place]
      var isCalled = false
      if case .call(let callee, _)? = runningExpression?.kind, case .name(name) = callee.kind { isCalled = true }
      return RuntimeError(
        advice.unknown(name, isCalled: isCalled, known: globals.readableNames, builtins: globals.builtinNames))
    }
    let names = frame.code.registerNames
    let name = operand.place < names.count ? names[operand.place] : "the value"
    return RuntimeError(
      .nameError, "\(name) is read before it is bound",
      help: "a name that is assigned anywhere in a function is the function's own")
  }

  @inline(never)
  func delete(_ bits: UInt32) throws(RuntimeError) {
    let operand = Operand(bits: bits)
    guard operand.isGlobal else {
      _ = try read(bits)
      at(bits).pointee = .unbound
      return
    }
    let globals = frames[depth - 1].function._withUnsafeGuaranteedRef(\.globals)
    guard globals.isOwn(operand.place) else { throw notOwn(globals.slotNames[operand.place], globals) }
    at(bits).pointee = globals.hidden(at: operand.place)
  }

  private func notOwn(_ name: String, _ globals: Globals) -> RuntimeError {
    RuntimeError(
      .nameError, globals[name] == nil ? "\(name) is not defined" : "\(name) is a builtin, which cannot be deleted")
  }

  /// `a ← b op c` where the operands are no plain numbers, or the result is none.
  @inline(never)
  func operate(_ instruction: UnsafeMutablePointer<Instruction>) throws(RuntimeError) {
    let (a, b, c) = (instruction.pointee.a, instruction.pointee.b, instruction.pointee.c)
    switch instruction.pointee.opcode {
    case .updateAdd: try update(.add, a, c)
    case .updateSubtract: try update(.subtract, a, c)
    case .updateMultiply: try update(.multiply, a, c)
    case .updateDivide: try update(.divide, a, c)
    case .update: try update(Self.binaryOperations[Int(c)], a, b)
    case .negate: at(a).pointee = try unary(.negate, read(b))
    case .plus: at(a).pointee = try unary(.plus, read(b))
    case .invert: at(a).pointee = try unary(.invert, read(b))
    default:
      let operation = Self.binaryOperations[Int(instruction.pointee.opcode.rawValue - Opcode.add.rawValue)]
      if at(b).pointee.isEntry, !at(c).pointee.isUnbound {
        at(a).pointee = try entries(operation, at(b), at(c))
      } else {
        at(a).pointee = try binary(operation, read(b), read(c))
      }
    }
  }

  // Asked for anew, the cases would be put into an array each time.
  private static let binaryOperations = BinaryOperation.allCases
  private static let comparisons = Comparison.allCases

  private func update(_ operation: BinaryOperation, _ a: UInt32, _ b: UInt32) throws(RuntimeError) {
    let target = at(a)
    if case .unbound = target.pointee { throw unbound(a) }
    try update(operation, &target.pointee, read(b))
  }

  /// `a ← b op c` for a comparison.
  @inline(never)
  func compare(_ instruction: UnsafeMutablePointer<Instruction>) throws(RuntimeError) {
    let comparison = Self.comparisons[Int(instruction.pointee.opcode.rawValue - Opcode.equal.rawValue)]
    at(instruction.pointee.a).pointee = try compare(comparison, read(instruction.pointee.b), read(instruction.pointee.c))
  }

  /// Whether `b op c` holds.
  @inline(never)
  func test(_ comparison: Comparison, _ b: UInt32, _ c: UInt32) throws(RuntimeError) -> Bool {
    try truth(of: compare(comparison, read(b), read(c)))
  }

  /// Makes three registers ready to go over a value: ranges and lists in place, all else through an iterator.
  @inline(never)
  func startLoop(_ state: UnsafeMutablePointer<Value>, over value: Value) throws(RuntimeError) {
    switch value {
    case .range(let range):
      state[0] = .int(range.start)
      state[1] = .int(range.count)
      state[2] = .int(range.step)
    case .list:
      state[0] = value
      state[1] = .int(0)
    default: state[0] = .iterator(try iterator(over: value))
    }
  }

  /// The next item of an iterator; false, and the iterator dropped, when there is none.
  @inline(never)
  func takeItem(
    _ state: UnsafeMutablePointer<Value>, into target: UnsafeMutablePointer<Value>
  ) throws(RuntimeError) -> Bool {
    guard case .iterator(let iterator) = state.pointee else { return false }
    guard let item = try iterator.next() else {
      state.pointee = .unbound
      return false
    }
    target.pointee = item
    return true
  }

  /// The value that a frame gives back; a constant may be unbound, which says that a program has no result.
  @inline(__always)
  func returned(_ bits: UInt32) throws(RuntimeError) -> Value {
    let value = at(bits).pointee
    if case .unbound = value, !Operand(bits: bits).isConstant { throw unbound(bits) }
    return value
  }
}
