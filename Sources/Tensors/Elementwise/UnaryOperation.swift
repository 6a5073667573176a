import CKernels

/// An operation on each element by itself, named as in the language.
public enum UnaryOperation: String, CaseIterable, Sendable {
  case negate, abs, sign, square, sqrt
  case exp, expm1, log, log1p, log2, log10
  case sin, cos, tan, sinh, cosh, tanh, erf
  case round, floor, ceil
  case sigmoid, relu
  case leakyRelu = "leaky_relu"
  case elu, selu, gelu
  case geluTanh = "gelu_tanh"
  case silu, softplus, softsign, mish
  case hardSigmoid = "hard_sigmoid"

  /// Whether whole numbers stay whole numbers; otherwise they become the default float.
  public var keepsWholeNumbers: Bool {
    switch self {
    case .negate, .abs, .sign, .square, .relu, .round, .floor, .ceil: true
    default: false
    }
  }

  /// The usual slope of `leaky_relu` and alpha of `elu`; the others take none.
  public var usualParameter: Double {
    switch self {
    case .leakyRelu: 0.01
    case .elu: 1
    default: 0
    }
  }

  var kernel: bp_unary {
    switch self {
    case .negate: bp_negate
    case .abs: bp_abs
    case .sign: bp_sign
    case .square: bp_square
    case .sqrt: bp_sqrt
    case .exp: bp_exp
    case .expm1: bp_expm1
    case .log: bp_log
    case .log1p: bp_log1p
    case .log2: bp_log2
    case .log10: bp_log10
    case .sin: bp_sin
    case .cos: bp_cos
    case .tan: bp_tan
    case .sinh: bp_sinh
    case .cosh: bp_cosh
    case .tanh: bp_tanh
    case .erf: bp_erf
    case .round: bp_round
    case .floor: bp_floor
    case .ceil: bp_ceil
    case .sigmoid: bp_sigmoid
    case .relu: bp_relu
    case .leakyRelu: bp_leaky_relu
    case .elu: bp_elu
    case .selu: bp_selu
    case .gelu: bp_gelu
    case .geluTanh: bp_gelu_tanh
    case .silu: bp_silu
    case .softplus: bp_softplus
    case .softsign: bp_softsign
    case .mish: bp_mish
    case .hardSigmoid: bp_hard_sigmoid
    }
  }
}

extension Tensor {
  /// The operation on each element. `parameter` is the slope of `leaky_relu` or the alpha of `elu`.
  public func apply(_ operation: UnaryOperation, parameter: Double? = nil) throws(TensorError) -> Tensor {
    let parameter = parameter ?? operation.usualParameter
    switch dtype {
    case .float32:
      return try Tensor(shape, of: Float.self) { out throws(TensorError) in
        try inParts(out) { bp_unary_f32(operation.kernel, $0, Float(parameter), $1, $2) }
      }
    case .float64:
      return try Tensor(shape, of: Double.self) { out throws(TensorError) in
        try inParts(out) { bp_unary_f64(operation.kernel, $0, parameter, $1, $2) }
      }
    case .bool: return try cast(to: operation.keepsWholeNumbers ? .int64 : .defaultFloat).apply(operation, parameter: parameter)
    case .int64:
      return operation.keepsWholeNumbers
        ? try applyToInts(operation) : try cast(to: .defaultFloat).apply(operation, parameter: parameter)
    }
  }

  private func inParts<T: Element>(
    _ out: UnsafeMutableBufferPointer<T>, _ body: (UnsafePointer<T>, UnsafeMutablePointer<T>, Int) -> Void
  ) throws(TensorError) {
    try withElements(T.self) { x throws(TensorError) in
      guard let x = x.baseAddress, let out = out.baseAddress else { return }
      try Interruption.inParts(of: count) { start, length throws(TensorError) in body(x + start, out + start, length) }
    }
  }

  private func applyToInts(_ operation: UnaryOperation) throws(TensorError) -> Tensor {
    let name = operation.rawValue
    switch operation {
    case .negate:
      return try mapped(Int.self, Int.self) { x throws(TensorError) in try checked(0.subtractingReportingOverflow(x), name) }
    case .abs:
      return try mapped(Int.self, Int.self) { x throws(TensorError) in
        x < 0 ? try checked(0.subtractingReportingOverflow(x), name) : x
      }
    case .sign: return try mapped(Int.self, Int.self) { $0.signum() }
    case .square:
      return try mapped(Int.self, Int.self) { x throws(TensorError) in try checked(x.multipliedReportingOverflow(by: x), name) }
    case .relu: return try mapped(Int.self, Int.self) { Swift.max($0, 0) }
    default: return try cast(to: .int64)
    }
  }
}

/// The result of whole-number arithmetic, or an `OverflowError` that names `operation`.
@inline(__always)
func checked(_ result: (partialValue: Int, overflow: Bool), _ operation: String) throws(TensorError) -> Int {
  if result.overflow { throw TensorError(.integerOverflow(operation: operation)) }
  return result.partialValue
}
