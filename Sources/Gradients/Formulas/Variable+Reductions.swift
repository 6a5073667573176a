import Tensors

// Reductions: over all dimensions without `axes`; negative axes count from the last.
extension Variable {
  public func sum(axes: [Int]? = nil, keepsDimensions: Bool = false) throws(TensorError) -> Variable {
    try reduce(.sum, axes, keepsDimensions)
  }

  public func mean(axes: [Int]? = nil, keepsDimensions: Bool = false) throws(TensorError) -> Variable {
    try reduce(.mean, axes, keepsDimensions)
  }

  public func max(axes: [Int]? = nil, keepsDimensions: Bool = false) throws(TensorError) -> Variable {
    try reduce(.max, axes, keepsDimensions)
  }

  public func min(axes: [Int]? = nil, keepsDimensions: Bool = false) throws(TensorError) -> Variable {
    try reduce(.min, axes, keepsDimensions)
  }

  /// The Euclidean norm.
  public func norm(axes: [Int]? = nil, keepsDimensions: Bool = false) throws(TensorError) -> Variable {
    try reduce(.norm, axes, keepsDimensions)
  }

  public func logSumExp(axes: [Int]? = nil, keepsDimensions: Bool = false) throws(TensorError) -> Variable {
    try reduce(.logSumExp, axes, keepsDimensions)
  }

  public func any(axes: [Int]? = nil, keepsDimensions: Bool = false) throws(TensorError) -> Variable {
    try reduce(.anyTrue, axes, keepsDimensions)
  }

  public func all(axes: [Int]? = nil, keepsDimensions: Bool = false) throws(TensorError) -> Variable {
    try reduce(.allTrue, axes, keepsDimensions)
  }

  /// The place of the first largest entry; without `axis`, in the flattened tensor.
  public func argmax(axis: Int? = nil, keepsDimensions: Bool = false) throws(TensorError) -> Variable {
    guard let axis else { return try flatten().argmax(axis: 0) }
    return try reduce(.argmax, [axis], keepsDimensions)
  }

  /// The place of the first smallest entry; without `axis`, in the flattened tensor.
  public func argmin(axis: Int? = nil, keepsDimensions: Bool = false) throws(TensorError) -> Variable {
    guard let axis else { return try flatten().argmin(axis: 0) }
    return try reduce(.argmin, [axis], keepsDimensions)
  }

  /// The mean square distance from the mean, times n/(n − `correction`).
  public func variance(
    axes: [Int]? = nil, correction: Int = 0, keepsDimensions: Bool = false
  ) throws(TensorError) -> Variable {
    let axes = try shape.axes(axes, in: .mean)
    let count = axes.reduce(1) { $0 * shape[$1] }
    let distance = try self - mean(axes: axes, keepsDimensions: true)
    let total = try distance.square().sum(axes: axes, keepsDimensions: keepsDimensions)
    return try total / Double(Swift.max(count - correction, 0))
  }

  /// The square root of the variance.
  public func standardDeviation(
    axes: [Int]? = nil, correction: Int = 0, keepsDimensions: Bool = false
  ) throws(TensorError) -> Variable {
    try variance(axes: axes, correction: correction, keepsDimensions: keepsDimensions).sqrt()
  }

  public func softmax(axis: Int = -1) throws(TensorError) -> Variable { try along(.softmax, axis) }
  public func logSoftmax(axis: Int = -1) throws(TensorError) -> Variable { try along(.logSoftmax, axis) }
  public func cumulativeSum(axis: Int) throws(TensorError) -> Variable { try along(.cumulativeSum, axis) }

  private func reduce(_ operation: Operation, _ axes: [Int]?, _ keeps: Bool) throws(TensorError) -> Variable {
    try apply(operation, .axes(shape.axes(axes, in: operation), keepsDimensions: keeps))
  }

  private func along(_ operation: Operation, _ axis: Int) throws(TensorError) -> Variable {
    try apply(operation, .axis(shape.resolve(axis: axis, in: operation.name)))
  }
}
