import Tensors

// Functions of each entry.
extension Variable {
  public func add(_ other: Variable) throws(TensorError) -> Variable { try self + other }
  public func subtract(_ other: Variable) throws(TensorError) -> Variable { try self - other }
  public func multiply(_ other: Variable) throws(TensorError) -> Variable { try self * other }
  public func divide(_ other: Variable) throws(TensorError) -> Variable { try self / other }
  public func add(_ number: Double) throws(TensorError) -> Variable { try self + number }
  public func subtract(_ number: Double) throws(TensorError) -> Variable { try self - number }
  public func multiply(_ number: Double) throws(TensorError) -> Variable { try self * number }
  public func divide(_ number: Double) throws(TensorError) -> Variable { try self / number }
  public func floorDivide(_ other: Variable) throws(TensorError) -> Variable { try apply(.floorDivide, with: other) }
  public func remainder(_ other: Variable) throws(TensorError) -> Variable { try apply(.remainder, with: other) }
  public func negate() throws(TensorError) -> Variable { try -self }
  public func abs() throws(TensorError) -> Variable { try apply(.absolute) }
  public func sign() throws(TensorError) -> Variable { try apply(.sign) }
  public func square() throws(TensorError) -> Variable { try apply(.square) }
  public func sqrt() throws(TensorError) -> Variable { try apply(.sqrt) }
  public func round() throws(TensorError) -> Variable { try apply(.round) }

  /// Rounded to decimal digits, or to a power of ten where `digits` is negative; whole numbers stay whole.
  public func rounded(digits: Int) throws(TensorError) -> Variable {
    if digits == 0 { return try round() }
    guard dtype.isFloat else {
      return digits > 0 ? try round() : try cast(to: .float64).rounded(digits: digits).cast(to: .int64)
    }
    // A power of ten that the type holds; beyond it nothing is left to round, or nothing remains.
    let places = Swift.min(Int(digits.magnitude), dtype == .float32 ? 38 : 308)
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    if digits < 0 { return try (self / scale).round() * scale }
    let scaled = try self * scale
    return try scaled.isfinite().select(scaled.round() / scale, else: self)
  }
  public func floor() throws(TensorError) -> Variable { try apply(.floor) }
  public func ceil() throws(TensorError) -> Variable { try apply(.ceil) }

  public func exp() throws(TensorError) -> Variable { try apply(.exp) }
  public func expm1() throws(TensorError) -> Variable { try apply(.expm1) }
  public func log() throws(TensorError) -> Variable { try apply(.log) }
  public func log1p() throws(TensorError) -> Variable { try apply(.log1p) }
  public func log2() throws(TensorError) -> Variable { try apply(.log2) }
  public func log10() throws(TensorError) -> Variable { try apply(.log10) }
  public func erf() throws(TensorError) -> Variable { try apply(.erf) }

  public func sin() throws(TensorError) -> Variable { try apply(.sin) }
  public func cos() throws(TensorError) -> Variable { try apply(.cos) }
  public func tan() throws(TensorError) -> Variable { try apply(.tan) }
  public func sinh() throws(TensorError) -> Variable { try apply(.sinh) }
  public func cosh() throws(TensorError) -> Variable { try apply(.cosh) }
  public func tanh() throws(TensorError) -> Variable { try apply(.tanh) }
  public func atan2(_ x: Variable) throws(TensorError) -> Variable { try apply(.atan2, with: x) }

  public func sigmoid() throws(TensorError) -> Variable { try apply(.sigmoid) }
  public func relu() throws(TensorError) -> Variable { try apply(.relu) }
  public func leakyRelu(_ slope: Double = 0.01) throws(TensorError) -> Variable { try apply(.leakyRelu, .number(slope)) }
  public func elu(_ alpha: Double = 1) throws(TensorError) -> Variable { try apply(.elu, .number(alpha)) }
  public func selu() throws(TensorError) -> Variable { try apply(.selu) }
  public func gelu() throws(TensorError) -> Variable { try apply(.gelu) }
  public func geluTanh() throws(TensorError) -> Variable { try apply(.geluTanh) }
  public func silu() throws(TensorError) -> Variable { try apply(.silu) }
  public func softplus() throws(TensorError) -> Variable { try apply(.softplus) }
  public func softsign() throws(TensorError) -> Variable { try apply(.softsign) }
  public func mish() throws(TensorError) -> Variable { try apply(.mish) }
  public func hardSigmoid() throws(TensorError) -> Variable { try apply(.hardSigmoid) }
}

// Choosing and comparing. The results of comparisons are bool, and constant in every backward pass.
extension Variable {
  public func maximum(_ other: Variable) throws(TensorError) -> Variable { try apply(.maximum, with: other) }
  public func minimum(_ other: Variable) throws(TensorError) -> Variable { try apply(.minimum, with: other) }
  public func maximum(_ other: Double) throws(TensorError) -> Variable { try maximum(number(other)) }
  public func minimum(_ other: Double) throws(TensorError) -> Variable { try minimum(number(other)) }
  public func clip(_ low: Double, _ high: Double) throws(TensorError) -> Variable { try apply(.clip, .bounds(low, high)) }

  /// `a` where this is true, else `b`.
  public func select(_ a: Variable, else b: Variable) throws(TensorError) -> Variable {
    try Variable.apply(.where, .many([self, a, b]))
  }

  public func equal(_ other: Variable) throws(TensorError) -> Variable { try apply(.equal, with: other) }
  public func notEqual(_ other: Variable) throws(TensorError) -> Variable { try apply(.notEqual, with: other) }
  public func less(_ other: Variable) throws(TensorError) -> Variable { try apply(.less, with: other) }
  public func lessEqual(_ other: Variable) throws(TensorError) -> Variable { try apply(.lessEqual, with: other) }
  public func greater(_ other: Variable) throws(TensorError) -> Variable { try apply(.greater, with: other) }
  public func greaterEqual(_ other: Variable) throws(TensorError) -> Variable { try apply(.greaterEqual, with: other) }
  public func equal(_ other: Double) throws(TensorError) -> Variable { try equal(number(other)) }
  public func notEqual(_ other: Double) throws(TensorError) -> Variable { try notEqual(number(other)) }
  public func less(_ other: Double) throws(TensorError) -> Variable { try less(number(other)) }
  public func greater(_ other: Double) throws(TensorError) -> Variable { try greater(number(other)) }
  public func isnan() throws(TensorError) -> Variable { try apply(.isNaN) }
  public func isfinite() throws(TensorError) -> Variable { try apply(.isFinite) }
  public func logicalAnd(_ other: Variable) throws(TensorError) -> Variable { try apply(.and, with: other) }
  public func logicalOr(_ other: Variable) throws(TensorError) -> Variable { try apply(.or, with: other) }
  public func logicalNot() throws(TensorError) -> Variable { try apply(.not) }

  /// Whether `|a − b| ≤ atol + rtol·|b|`, in float64; equal infinities are close, and nan to nan if `nanIsEqual`.
  public func isclose(
    _ other: Variable, rtol: Double = 1e-5, atol: Double = 1e-8, nanIsEqual: Bool = false
  ) throws(TensorError) -> Variable {
    let (a, b) = (try cast(to: .float64), try other.cast(to: .float64))
    let distance = try a - b
    let isNear = try distance.abs().lessEqual(b.abs() * rtol + atol).logicalAnd(distance.isfinite())
    let isClose = try isNear.logicalOr(a.equal(b))
    return nanIsEqual ? try isClose.logicalOr(a.isnan().logicalAnd(b.isnan())) : isClose
  }
}
