import Tensors

extension Variable {
  /// This gradient in the shape and type of `variable`: what broadcasting repeated is summed.
  func fitted(to variable: Variable) throws(TensorError) -> Variable {
    var result = self
    if shape != variable.shape { result = try result.summed(to: variable.shape) }
    return result.dtype == variable.dtype ? result : try result.cast(to: variable.dtype)
  }

  /// Sums over the dimensions that broadcasting `target` to this shape would repeat.
  func summed(to target: Shape) throws(TensorError) -> Variable {
    let missing = shape.rank - target.rank
    let repeated = (0..<shape.rank).filter { $0 < missing || (target[$0 - missing] == 1 && shape[$0] != 1) }
    return try sum(axes: repeated, keepdims: true).reshape(to: target)
  }
}
