import CKernels

/// A comparison of two tensors, element by element.
public enum Comparison: String, CaseIterable, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessEqual = "<="
  case greater = ">"
  case greaterEqual = ">="

  /// Whether it holds of two single numbers.
  func holds<T: Comparable>(_ a: T, _ b: T) -> Bool {
    switch self {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessEqual: a <= b
    case .greater: a > b
    case .greaterEqual: a >= b
    }
  }

  var kernel: bp_comparison {
    switch self {
    case .equal: bp_equal
    case .notEqual: bp_not_equal
    case .less: bp_less
    case .lessEqual: bp_less_equal
    case .greater: bp_greater
    case .greaterEqual: bp_greater_equal
    }
  }
}

extension Tensor {
  /// The comparison of two tensors, broadcast to one shape, as bools.
  public static func compare(_ operation: Comparison, _ left: Tensor, _ right: Tensor) throws(TensorError) -> Tensor {
    let shape = try common(left, right, operation.rawValue)
    let common = commonType(left, right)
    let dtype = common == .bool ? DType.int64 : common
    let left = try left.cast(to: dtype)
    let right = try right.cast(to: dtype)
    let loop = BroadcastLoop(left.shape, right.shape, to: shape)
    return try Tensor(shape, of: Bool.self) { out throws(TensorError) in
      switch dtype {
      case .float32:
        try loop.run(left, right, as: Float.self, into: out) { a, b, out, length in
          bp_compare_f32(operation.kernel, a, Int32(loop.leftStep), b, Int32(loop.rightStep), out, length)
        }
      case .float64:
        try loop.run(left, right, as: Double.self, into: out) { a, b, out, length in
          bp_compare_f64(operation.kernel, a, Int32(loop.leftStep), b, Int32(loop.rightStep), out, length)
        }
      case .int64, .bool:
        try loop.runEach(left, right, as: Int.self, into: out) { operation.holds($0, $1) }
      }
    }
  }

  /// Whether each element is no number.
  public func isnan() throws(TensorError) -> Tensor {
    try Tensor.compare(.notEqual, self, self)
  }

  /// Whether each element is neither infinite nor no number.
  public func isfinite() throws(TensorError) -> Tensor {
    guard dtype.isFloat else { return try Tensor.full(shape, 1, dtype: .bool) }
    return try Tensor.compare(.less, apply(.abs), .number(Double.infinity))
  }
}
