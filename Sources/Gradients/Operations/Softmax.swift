import Tensors

extension Operation {
  static let softmaxes = [softmax, logSoftmax, cumsum]

  /// `eᶻ/Σeᶻ` along one dimension.
  public static let softmax = along("softmax", "yᵢ(δᵢⱼ − yⱼ)", kernel: { try $0.softmax(axis: $1) }) { it, upstream, _ in
    let weighted = try upstream * it.output
    return try weighted - it.output * weighted.sum(axes: [it.attributes.axis], keepdims: true)
  }

  /// `z − ln Σeᶻ` along one dimension.
  public static let logSoftmax = along("log_softmax", "δᵢⱼ − softmax(z)ⱼ", kernel: { try $0.logSoftmax(axis: $1) }) {
    it, upstream, _ in
    try upstream - it.output.exp() * upstream.sum(axes: [it.attributes.axis], keepdims: true)
  }

  public static let cumsum = along(
    "cumsum", "1 up to the entry, 0 after it", dtype: counting, kernel: { try $0.cumsum(axis: $1) }
  ) {
    it, upstream, _ in
    let axis = it.attributes.axis
    return try upstream.flip(axes: [axis]).cumsum(axis: axis).flip(axes: [axis])
  }

  private static func along(
    _ name: String, _ formula: String, dtype: @escaping TypeRule = floating,
    kernel: @escaping @Sendable (Tensor, Int) throws -> Tensor,
    pullback: @escaping Derivative.Pullback
  ) -> Operation {
    Operation(
      name, arity: .exactly(1), shape: same, derivative: .pullback(pullback), formulas: [formula],
      examples: [
        Example([.anywhere([2, 3])], .axis(1)), Example([.anywhere([3, 2, 2])], .axis(0)),
        Example([.anywhere([2, 3, 2])], .axis(1)),
      ], dtype: dtype
    ) { inputs, attributes in try kernel(inputs[0].value, attributes.axis) }
  }
}
