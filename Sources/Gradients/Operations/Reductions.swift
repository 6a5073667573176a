import Tensors

extension Operation {
  static let reductions = [sum, mean, max, min, norm, sumOfSquares, logsumexp, argmax, argmin, anyTrue, allTrue]

  public static let sum = reduction("sum", "1", dtype: counting, kernel: { try $0.sum(axes: $1, keepdims: $2) }) {
    it, upstream, _ in
    try it.spread(upstream)
  }

  public static let mean = reduction("mean", "1/n", dtype: floating, kernel: { try $0.mean(axes: $1, keepdims: $2) }) {
    it, upstream, _ in
    let share = Double(it.output.shape.count) / Double(Swift.max(it.x.shape.count, 1))
    return try it.spread(upstream * share)
  }

  /// The largest entry; the gradient is shared by those that are equal to it.
  public static let max = reduction("max", "1 at the largest, else 0", kernel: { try $0.max(axes: $1, keepdims: $2) }) {
    it, upstream, _ in try it.share(upstream)
  }

  /// The smallest entry; the gradient is shared by those that are equal to it.
  public static let min = reduction("min", "1 at the smallest, else 0", kernel: { try $0.min(axes: $1, keepdims: $2) }) {
    it, upstream, _ in try it.share(upstream)
  }

  /// `√Σz²`, of slope 0 where all entries are 0.
  public static let norm = reduction("norm", "z/‖z‖", dtype: floating, kernel: { try $0.norm(axes: $1, keepdims: $2) }) {
    it, upstream, _ in
    let isZero = try it.output.equal(0)
    let scale = try upstream / isZero.select(it.output.onesLike(), else: it.output)
    return try it.x * it.spread(isZero.select(scale.zerosLike(), else: scale))
  }

  /// `ln Σeᶻ`, without overflow.
  public static let logsumexp = reduction(
    "logsumexp", "softmax(z)", dtype: floating, kernel: { try $0.logsumexp(axes: $1, keepdims: $2) }
  ) {
    it, upstream, _ in
    // Beside large entries the result is rounded, so that the shares add up to 1 only after a division.
    let shares = try (it.x - it.spread(it.output)).exp()
    let total = try Variable.apply(.sum, .one(shares), it.attributes)
    return try it.spread(upstream / total) * shares
  }

  public static let argmax = place("argmax", .int64) { try $0.argmax(axis: $1.axes[0], keepdims: $1.keepdims) }
  public static let argmin = place("argmin", .int64) { try $0.argmin(axis: $1.axes[0], keepdims: $1.keepdims) }
  public static let anyTrue = place("any", .bool) { try $0.any(axes: $1.axes, keepdims: $1.keepdims) }
  public static let allTrue = place("all", .bool) { try $0.all(axes: $1.axes, keepdims: $1.keepdims) }

  private static func reduction(
    _ name: String, _ formula: String, dtype: @escaping TypeRule = first,
    kernel: @escaping @Sendable (Tensor, [Int], Bool) throws -> Tensor,
    pullback: @escaping Derivative.Pullback
  ) -> Operation {
    Operation(
      name, arity: .exactly(1), shape: reduced, derivative: .pullback(pullback), formulas: [formula],
      cost: { inputs, _, _ in inputs[0].count },
      examples: [
        Example([.apart([2, 3])], .axes([0, 1], keepdims: false)),
        Example([.apart([2, 3, 2])], .axes([1], keepdims: false)),
        Example([.apart([2, 3, 2])], .axes([0, 2], keepdims: true)), Example([.apart([2, 1, 3])], .axes([2], keepdims: true)),
        Example([.eitherSign(0.5, 2, [])], .axes([], keepdims: false)),
      ], dtype: dtype
    ) { inputs, attributes in try kernel(inputs[0].value, attributes.axes, attributes.keepdims) }
  }

  private static func place(
    _ name: String, _ dtype: DType, kernel: @escaping @Sendable (Tensor, Attributes) throws -> Tensor
  ) -> Operation {
    Operation(
      name, arity: .exactly(1), shape: reduced, derivative: .none, cost: { inputs, _, _ in inputs[0].count },
      dtype: always(dtype)
    ) { try kernel($0[0].value, $1) }
  }

  static let reduced: ShapeRule = { shapes, attributes in
    shapes[0].reduced(along: attributes.axes, keepdims: attributes.keepdims)
  }
}

extension Application {
  /// Repeats a reduced value along the reduced dimensions, to the operand's shape.
  fileprivate func spread(_ reduced: Variable) throws(TensorError) -> Variable {
    try reduced.reshape(to: x.shape.reduced(along: attributes.axes, keepdims: true)).expand(to: x.shape)
  }

  /// Gives the upstream gradient to the entries that equal the result, in equal parts.
  fileprivate func share(_ upstream: Variable) throws(TensorError) -> Variable {
    let isTaken = try x.equal(spread(output)).cast(to: upstream.dtype)
    let count = try Variable.apply(.sum, .one(isTaken), attributes)
    return try spread(upstream / count) * isTaken
  }
}

extension Operation {
  /// `Σz²` of all entries, summed and given in double precision: what norms over many tensors are made of.
  public static let sumOfSquares = Operation(
    "sum_of_squares", arity: .exactly(1), shape: { _, _ in .scalar },
    derivative: .pullback { it, upstream, _ in try it.x * 2 * upstream.cast(to: it.x.dtype) }, formulas: ["2z"],
    cost: { inputs, _, _ in inputs[0].count },
    examples: [Example([.anywhere([2, 3])]), Example([.anywhere([])])], dtype: always(.float64)
  ) { inputs, _ in try Tensor(inputs[0].value.sumOfSquares, dtype: .float64) }
}
