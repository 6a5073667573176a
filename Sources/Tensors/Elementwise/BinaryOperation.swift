import CKernels

/// Arithmetic on two tensors, element by element, named as in the language.
public enum BinaryOperation: String, CaseIterable, Sendable {
  case add, subtract, multiply, divide
  case floorDivide = "floor_divide"
  case remainder, power, maximum, minimum, atan2

  /// Whether whole numbers stay whole numbers; otherwise they become the default float.
  public var keepsWholeNumbers: Bool { self != .divide && self != .atan2 }

  var kernel: bp_binary {
    switch self {
    case .add: bp_add
    case .subtract: bp_subtract
    case .multiply: bp_multiply
    case .divide: bp_divide
    case .floorDivide: bp_floor_divide
    case .remainder: bp_remainder
    case .power: bp_power
    case .maximum: bp_maximum
    case .minimum: bp_minimum
    case .atan2: bp_atan2
    }
  }
}

extension Tensor {
  /// The operation on the elements of two tensors, broadcast to one shape, in their common type.
  ///
  /// Bools count as 0 and 1. Whole numbers that go beyond 64 bits are an `OverflowError`; a float division by zero gives inf or nan.
  public static func combine(_ operation: BinaryOperation, _ left: Tensor, _ right: Tensor) throws(TensorError) -> Tensor {
    let shape = try common(left, right, operation.rawValue)
    let dtype = resultType(operation, left, right)
    let left = try left.cast(to: dtype)
    let right = try right.cast(to: dtype)
    let loop = BroadcastLoop(left.shape, right.shape, to: shape)
    switch dtype {
    case .float32:
      return try Tensor(shape, of: Float.self) { out throws(TensorError) in
        try loop.run(left, right, as: Float.self, into: out) { a, b, out, length in
          bp_binary_f32(operation.kernel, a, Int32(loop.leftStep), b, Int32(loop.rightStep), out, length)
        }
      }
    case .float64:
      return try Tensor(shape, of: Double.self) { out throws(TensorError) in
        try loop.run(left, right, as: Double.self, into: out) { a, b, out, length in
          bp_binary_f64(operation.kernel, a, Int32(loop.leftStep), b, Int32(loop.rightStep), out, length)
        }
      }
    case .int64, .bool:
      return try Tensor(shape, of: Int.self) { out throws(TensorError) in
        try loop.runEach(left, right, as: Int.self, into: out) { a, b throws(TensorError) in try combine(operation, a, b) }
      }
    }
  }

  /// The element type of `combine(operation, left, right)`.
  public static func resultType(_ operation: BinaryOperation, _ left: Tensor, _ right: Tensor) -> DType {
    let dtype = commonType(left, right)
    if !operation.keepsWholeNumbers { return dtype.floating }
    return dtype == .bool ? .int64 : dtype
  }

  static func common(_ left: Tensor, _ right: Tensor, _ operation: String) throws(TensorError) -> Shape {
    guard let shape = left.shape.broadcast(with: right.shape) else {
      throw TensorError(.shapesDiffer(operation: operation, left: left.shape, right: right.shape))
    }
    return shape
  }

  private static func combine(_ operation: BinaryOperation, _ a: Int, _ b: Int) throws(TensorError) -> Int {
    let name = operation.rawValue
    switch operation {
    case .add: return try checked(a.addingReportingOverflow(b), name)
    case .subtract: return try checked(a.subtractingReportingOverflow(b), name)
    case .multiply: return try checked(a.multipliedReportingOverflow(by: b), name)
    case .maximum: return Swift.max(a, b)
    case .minimum: return Swift.min(a, b)
    case .power: return try power(a, b)
    default: return try floorDivision(a, b, name, remainder: operation == .remainder)
    }
  }

  /// Python's `//` and `%`: the quotient rounds down and the remainder has the divisor's sign.
  private static func floorDivision(_ a: Int, _ b: Int, _ name: String, remainder: Bool) throws(TensorError) -> Int {
    if b == 0 { throw TensorError(.divisionByZero(operation: name)) }
    if b == -1 { return remainder ? 0 : try checked(0.subtractingReportingOverflow(a), name) }
    let (quotient, rest) = a.quotientAndRemainder(dividingBy: b)
    let roundsUp = rest != 0 && (rest < 0) != (b < 0)
    if remainder { return roundsUp ? rest + b : rest }
    return roundsUp ? quotient - 1 : quotient
  }

  private static func power(_ base: Int, _ exponent: Int) throws(TensorError) -> Int {
    guard exponent >= 0 else {
      throw TensorError(
        .badArgument(
          operation: "power", argument: "the exponent", value: "\(exponent)", rule: "of whole numbers must not be negative"))
    }
    var result = 1
    var factor = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = try checked(result.multipliedReportingOverflow(by: factor), "power") }
      rest >>= 1
      if rest > 0 { factor = try checked(factor.multipliedReportingOverflow(by: factor), "power") }
    }
    return result
  }
}
