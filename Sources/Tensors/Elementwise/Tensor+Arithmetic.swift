// The operations as methods. Programs that hold an operation as a value use `apply` and `combine`.
extension Tensor {
  public func negate() throws(TensorError) -> Tensor { try apply(.negate) }
  public func abs() throws(TensorError) -> Tensor { try apply(.abs) }
  public func sign() throws(TensorError) -> Tensor { try apply(.sign) }
  public func square() throws(TensorError) -> Tensor { try apply(.square) }
  public func sqrt() throws(TensorError) -> Tensor { try apply(.sqrt) }
  public func exp() throws(TensorError) -> Tensor { try apply(.exp) }
  public func expm1() throws(TensorError) -> Tensor { try apply(.expm1) }
  public func log() throws(TensorError) -> Tensor { try apply(.log) }
  public func log1p() throws(TensorError) -> Tensor { try apply(.log1p) }
  public func log2() throws(TensorError) -> Tensor { try apply(.log2) }
  public func log10() throws(TensorError) -> Tensor { try apply(.log10) }
  public func sin() throws(TensorError) -> Tensor { try apply(.sin) }
  public func cos() throws(TensorError) -> Tensor { try apply(.cos) }
  public func tan() throws(TensorError) -> Tensor { try apply(.tan) }
  public func sinh() throws(TensorError) -> Tensor { try apply(.sinh) }
  public func cosh() throws(TensorError) -> Tensor { try apply(.cosh) }
  public func tanh() throws(TensorError) -> Tensor { try apply(.tanh) }
  public func erf() throws(TensorError) -> Tensor { try apply(.erf) }
  public func round() throws(TensorError) -> Tensor { try apply(.round) }
  public func floor() throws(TensorError) -> Tensor { try apply(.floor) }
  public func ceil() throws(TensorError) -> Tensor { try apply(.ceil) }
  public func sigmoid() throws(TensorError) -> Tensor { try apply(.sigmoid) }
  public func relu() throws(TensorError) -> Tensor { try apply(.relu) }
  public func selu() throws(TensorError) -> Tensor { try apply(.selu) }
  public func gelu() throws(TensorError) -> Tensor { try apply(.gelu) }
  public func geluTanh() throws(TensorError) -> Tensor { try apply(.geluTanh) }
  public func silu() throws(TensorError) -> Tensor { try apply(.silu) }
  public func softplus() throws(TensorError) -> Tensor { try apply(.softplus) }
  public func softsign() throws(TensorError) -> Tensor { try apply(.softsign) }
  public func mish() throws(TensorError) -> Tensor { try apply(.mish) }
  public func hardSigmoid() throws(TensorError) -> Tensor { try apply(.hardSigmoid) }
  public func leakyRelu(slope: Double = 0.01) throws(TensorError) -> Tensor { try apply(.leakyRelu, parameter: slope) }
  public func elu(alpha: Double = 1) throws(TensorError) -> Tensor { try apply(.elu, parameter: alpha) }

  public func add(_ other: Tensor) throws(TensorError) -> Tensor { try Tensor.combine(.add, self, other) }
  public func subtract(_ other: Tensor) throws(TensorError) -> Tensor { try Tensor.combine(.subtract, self, other) }
  public func multiply(_ other: Tensor) throws(TensorError) -> Tensor { try Tensor.combine(.multiply, self, other) }
  public func divide(_ other: Tensor) throws(TensorError) -> Tensor { try Tensor.combine(.divide, self, other) }
  public func floorDivide(_ other: Tensor) throws(TensorError) -> Tensor { try Tensor.combine(.floorDivide, self, other) }
  public func remainder(_ other: Tensor) throws(TensorError) -> Tensor { try Tensor.combine(.remainder, self, other) }
  public func power(_ other: Tensor) throws(TensorError) -> Tensor { try Tensor.combine(.power, self, other) }
  public func maximum(_ other: Tensor) throws(TensorError) -> Tensor { try Tensor.combine(.maximum, self, other) }
  public func minimum(_ other: Tensor) throws(TensorError) -> Tensor { try Tensor.combine(.minimum, self, other) }
  public func atan2(_ other: Tensor) throws(TensorError) -> Tensor { try Tensor.combine(.atan2, self, other) }

  /// Each element, but no less than `low` and no more than `high`.
  public func clip(_ low: Tensor?, _ high: Tensor?) throws(TensorError) -> Tensor {
    let raised = if let low { try maximum(low) } else { self }
    return if let high { try raised.minimum(high) } else { raised }
  }

  public static func + (left: Tensor, right: Tensor) throws(TensorError) -> Tensor { try combine(.add, left, right) }
  public static func - (left: Tensor, right: Tensor) throws(TensorError) -> Tensor { try combine(.subtract, left, right) }
  public static func * (left: Tensor, right: Tensor) throws(TensorError) -> Tensor { try combine(.multiply, left, right) }
  public static func / (left: Tensor, right: Tensor) throws(TensorError) -> Tensor { try combine(.divide, left, right) }

  public static func + (left: Tensor, right: Double) throws(TensorError) -> Tensor { try left + .number(right) }
  public static func - (left: Tensor, right: Double) throws(TensorError) -> Tensor { try left - .number(right) }
  public static func * (left: Tensor, right: Double) throws(TensorError) -> Tensor { try left * .number(right) }
  public static func / (left: Tensor, right: Double) throws(TensorError) -> Tensor { try left / .number(right) }
  public static func + (left: Double, right: Tensor) throws(TensorError) -> Tensor { try .number(left) + right }
  public static func - (left: Double, right: Tensor) throws(TensorError) -> Tensor { try .number(left) - right }
  public static func * (left: Double, right: Tensor) throws(TensorError) -> Tensor { try .number(left) * right }
  public static func / (left: Double, right: Tensor) throws(TensorError) -> Tensor { try .number(left) / right }

  public static prefix func - (operand: Tensor) throws(TensorError) -> Tensor { try operand.apply(.negate) }
}
