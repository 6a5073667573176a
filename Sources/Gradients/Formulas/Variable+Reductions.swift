import Tensors

// Reductions: over all dimensions without `axes`; negative axes count from the last.
extension Variable {
  public func sum(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Variable {
    try reduce(.sum, axes, keepdims)
  }

  public func mean(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Variable {
    try reduce(.mean, axes, keepdims)
  }

  public func max(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Variable {
    try reduce(.max, axes, keepdims)
  }

  public func min(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Variable {
    try reduce(.min, axes, keepdims)
  }

  /// The p-norm: 2 is the length, 1 the sum of sizes, infinity the largest size, -infinity the smallest.
  public func norm(axes: [Int]? = nil, keepdims: Bool = false, order: Double = 2) throws(TensorError) -> Variable {
    if order == 2 { return try reduce(.norm, axes, keepdims) }
    let sizes = try cast(to: dtype.floating).abs()
    switch order {
    case 0: return try sizes.notEqual(sizes.zerosLike()).cast(to: sizes.dtype).sum(axes: axes, keepdims: keepdims)
    case 1: return try sizes.sum(axes: axes, keepdims: keepdims)
    case .infinity: return try sizes.max(axes: axes, keepdims: keepdims)
    case -.infinity: return try sizes.min(axes: axes, keepdims: keepdims)
    default: return try sizes.power(order).sum(axes: axes, keepdims: keepdims).power(1 / order)
    }
  }

  /// The squares of all entries, summed in double precision.
  public func sumOfSquares() throws(TensorError) -> Variable { try apply(.sumOfSquares) }

  public func logsumexp(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Variable {
    try reduce(.logsumexp, axes, keepdims)
  }

  public func any(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Variable {
    try reduce(.anyTrue, axes, keepdims)
  }

  public func all(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Variable {
    try reduce(.allTrue, axes, keepdims)
  }

  /// The place of the first largest entry; without `axis`, in the flattened tensor.
  public func argmax(axis: Int? = nil, keepdims: Bool = false) throws(TensorError) -> Variable {
    guard let axis else { return try flatten().argmax(axis: 0).keeping(keepdims, of: shape) }
    return try reduce(.argmax, [axis], keepdims)
  }

  /// The place of the first smallest entry; without `axis`, in the flattened tensor.
  public func argmin(axis: Int? = nil, keepdims: Bool = false) throws(TensorError) -> Variable {
    guard let axis else { return try flatten().argmin(axis: 0).keeping(keepdims, of: shape) }
    return try reduce(.argmin, [axis], keepdims)
  }

  /// A single number under as many dimensions as `shape` has, where they are kept.
  private func keeping(_ keepdims: Bool, of shape: Shape) throws(TensorError) -> Variable {
    keepdims ? try reshape([Int](repeating: 1, count: shape.rank)) : self
  }

  /// The mean square distance from the mean, times n/(n − `correction`).
  public func `var`(
    axes: [Int]? = nil, correction: Int = 0, keepdims: Bool = false
  ) throws(TensorError) -> Variable {
    try spread("var", axes, correction, keepdims)
  }

  private func spread(_ name: String, _ axes: [Int]?, _ correction: Int, _ keepdims: Bool) throws(TensorError) -> Variable {
    let axes = try shape.axes(axes, in: name)
    let count = axes.reduce(1) { $0 * shape[$1] }
    guard count > 0 else { throw TensorError(.nothingToReduce(operation: name, shape: shape)) }
    let distance = try self - mean(axes: axes, keepdims: true)
    let total = try distance.square().sum(axes: axes, keepdims: keepdims)
    return try total / Double(Swift.max(count - correction, 0))
  }

  /// The square root of the variance.
  public func std(
    axes: [Int]? = nil, correction: Int = 0, keepdims: Bool = false
  ) throws(TensorError) -> Variable {
    try spread("std", axes, correction, keepdims).sqrt()
  }

  public func softmax(axis: Int = -1) throws(TensorError) -> Variable { try along(.softmax, axis) }
  public func logSoftmax(axis: Int = -1) throws(TensorError) -> Variable { try along(.logSoftmax, axis) }
  public func cumsum(axis: Int) throws(TensorError) -> Variable { try along(.cumsum, axis) }

  private func reduce(_ operation: Operation, _ axes: [Int]?, _ keeps: Bool) throws(TensorError) -> Variable {
    try apply(operation, .axes(shape.axes(axes, in: operation.name), keepdims: keeps))
  }

  private func along(_ operation: Operation, _ axis: Int) throws(TensorError) -> Variable {
    try apply(operation, .axis(shape.resolve(axis: axis, in: operation.name)))
  }
}
