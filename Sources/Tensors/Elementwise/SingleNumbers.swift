import CKernels

// Functions of single numbers: the same kernels as for tensors, without a tensor around each number.
extension Chain.Function {
  /// The function of as many of the numbers as it takes, computed in a float type; bools are 0 and 1.
  public func callAsFunction(_ a: Double, _ b: Double, _ c: Double, in dtype: DType) -> Double {
    switch self {
    case .unary(let operation, let parameter): operation.single(a, parameter, in: dtype)
    case .binary(let operation): operation.single(a, b, in: dtype)
    case .compare(let comparison): comparison.holds(a, b) ? 1 : 0
    case .select: a != 0 ? b : c
    case .and: a != 0 && b != 0 ? 1 : 0
    case .or: a != 0 || b != 0 ? 1 : 0
    case .not: a == 0 ? 1 : 0
    case .isNaN: a.isNaN ? 1 : 0
    case .isFinite: a.isFinite ? 1 : 0
    case .copy: dtype == .float64 ? a : Double(Float(a))
    case .multiplyAdd, .subtractProduct, .addProducts, .rootQuotient, .signProduct:
      preconditionFailure("steps are joined in chains only")
    }
  }
}

extension UnaryOperation {
  fileprivate func single(_ x: Double, _ parameter: Double, in dtype: DType) -> Double {
    if dtype == .float64 {
      var (x, result) = (x, 0.0)
      bp_unary_f64(kernel, &x, parameter, &result, 1)
      return result
    }
    var (x, result) = (Float(x), Float(0))
    bp_unary_f32(kernel, &x, Float(parameter), &result, 1)
    return Double(result)
  }
}

extension BinaryOperation {
  fileprivate func single(_ a: Double, _ b: Double, in dtype: DType) -> Double {
    if dtype == .float64 {
      var (a, b, result) = (a, b, 0.0)
      bp_binary_f64(kernel, &a, 0, &b, 0, &result, 1)
      return result
    }
    var (a, b, result) = (Float(a), Float(b), Float(0))
    bp_binary_f32(kernel, &a, 0, &b, 0, &result, 1)
    return Double(result)
  }
}
