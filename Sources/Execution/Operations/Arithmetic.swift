import Glibc

/// Arithmetic of `int`, `float` and `bool` as Python defines it, but for whole numbers, which end at 64 bits.
enum Arithmetic {
  /// `x op y`; nil where the operator is not one of numbers.
  static func binary(
    _ operation: BinaryOperation, _ x: Number, _ y: Number, areTruths: Bool
  ) throws(RuntimeError) -> Value? {
    if case .int(let a) = x, case .int(let b) = y {
      return try whole(operation, a, b, areTruths: areTruths)
    }
    let (a, b) = (x.double, y.double)
    switch operation {
    case .add: return .float(a + b)
    case .subtract: return .float(a - b)
    case .multiply: return .float(a * b)
    case .divide:
      guard b != 0 else { throw RuntimeError.zeroDivision("/", x) }
      return .float(a / b)
    case .floorDivide:
      guard b != 0 else { throw RuntimeError.zeroDivision("//", x) }
      return .float(divmod(a, b).quotient)
    case .modulo:
      guard b != 0 else { throw RuntimeError.zeroDivision("%", x) }
      return .float(divmod(a, b).remainder)
    case .power: return .float(try power(a, b))
    case .matrixMultiply, .and, .or: return nil
    }
  }

  private static func whole(
    _ operation: BinaryOperation, _ a: Int, _ b: Int, areTruths: Bool
  ) throws(RuntimeError) -> Value? {
    let (result, overflow): (Int, Bool)
    switch operation {
    case .add: (result, overflow) = a.addingReportingOverflow(b)
    case .subtract: (result, overflow) = a.subtractingReportingOverflow(b)
    case .multiply: (result, overflow) = a.multipliedReportingOverflow(by: b)
    case .divide:
      guard b != 0 else { throw RuntimeError.zeroDivision("/", .int(a)) }
      return .float(Double(a) / Double(b))
    case .floorDivide:
      guard b != 0 else { throw RuntimeError.zeroDivision("//", .int(a)) }
      (result, overflow) = b == -1 ? (0).subtractingReportingOverflow(a) : (floorQuotient(a, b), false)
    case .modulo:
      guard b != 0 else { throw RuntimeError.zeroDivision("%", .int(a)) }
      return .int(floorRemainder(a, b))
    case .power: return try power(a, b)
    case .and: return areTruths ? .bool(a & b != 0) : .int(a & b)
    case .or: return areTruths ? .bool(a | b != 0) : .int(a | b)
    case .matrixMultiply: return nil
    }
    guard !overflow else { throw RuntimeError.overflow("\(a) \(operation.rawValue) \(b)") }
    return .int(result)
  }

  /// The quotient rounded down; the divisor is neither 0 nor -1.
  static func floorQuotient(_ a: Int, _ b: Int) -> Int {
    let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
    return remainder != 0 && (remainder < 0) != (b < 0) ? quotient - 1 : quotient
  }

  /// The remainder with the divisor's sign; the divisor is not 0.
  static func floorRemainder(_ a: Int, _ b: Int) -> Int {
    guard b != -1 else { return 0 }
    let remainder = a % b
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
  }

  /// CPython's `float_divmod`: the remainder has the divisor's sign, also where it is zero.
  static func divmod(_ a: Double, _ b: Double) -> (quotient: Double, remainder: Double) {
    var remainder = fmod(a, b)
    var quotient = (a - remainder) / b
    if remainder != 0 {
      if (b < 0) != (remainder < 0) {
        remainder += b
        quotient -= 1
      }
    } else {
      remainder = copysign(0, b)
    }
    if quotient == 0 { return (copysign(0, a / b), remainder) }
    var whole = quotient.rounded(.down)
    if quotient - whole > 0.5 { whole += 1 }
    return (whole, remainder)
  }

  private static func power(_ base: Int, _ exponent: Int) throws(RuntimeError) -> Value {
    guard exponent >= 0 else { return .float(try power(Double(base), Double(exponent))) }
    var (result, square, rest) = (1, base, exponent)
    while true {
      if rest & 1 == 1 {
        let (product, overflow) = result.multipliedReportingOverflow(by: square)
        guard !overflow else { throw RuntimeError.overflow("\(base) ** \(exponent)") }
        result = product
      }
      rest >>= 1
      if rest == 0 { return .int(result) }
      let (product, overflow) = square.multipliedReportingOverflow(by: square)
      guard !overflow else { throw RuntimeError.overflow("\(base) ** \(exponent)") }
      square = product
    }
  }

  private static func power(_ base: Double, _ exponent: Double) throws(RuntimeError) -> Double {
    if base == 0, exponent < 0 {
      throw RuntimeError(.zeroDivisionError, "0.0 cannot be raised to a negative power", help: "check for zero first")
    }
    if base < 0, base.isFinite, exponent.isFinite, exponent != exponent.rounded() {
      throw RuntimeError(
        .valueError, "\(FloatText.repr(base)) ** \(FloatText.repr(exponent)) is not a real number",
        help: "there are no complex numbers; use abs(x) ** y where that is meant")
    }
    let result = pow(base, exponent)
    guard result.isFinite || !base.isFinite || !exponent.isFinite else {
      throw RuntimeError(
        .overflowError, "\(FloatText.repr(base)) ** \(FloatText.repr(exponent)) is too large for a float",
        help: "compute with logarithms")
    }
    return result
  }
}
