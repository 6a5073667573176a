import Tensors

extension Variable {
  public func reshape(to shape: Shape) throws(TensorError) -> Variable {
    shape == self.shape ? self : try apply(.reshape, .shape(shape))
  }

  /// The same entries in another shape; one size may be -1 and is then worked out.
  public func reshape(_ sizes: [Int]) throws(TensorError) -> Variable {
    try reshape(to: shape.reshaped(sizes))
  }

  public func flatten() throws(TensorError) -> Variable { try reshape([shape.count]) }

  /// Exchanges dimensions: the i-th of the result is the operand's `permutation[i]`-th; without one their order is reversed.
  public func transpose(_ permutation: [Int]? = nil) throws(TensorError) -> Variable {
    try apply(.transpose, .permutation(shape.permutation(permutation ?? Array((0..<shape.rank).reversed()))))
  }

  /// Repeats along new dimensions in front and along those of length 1.
  public func expand(to shape: Shape) throws(TensorError) -> Variable {
    shape == self.shape ? self : try apply(.expand, .shape(shape))
  }

  public func cast(to dtype: DType) throws(TensorError) -> Variable {
    dtype == self.dtype ? self : try apply(.cast, .dtype(dtype))
  }

  /// Joins along an existing dimension.
  public static func concat(_ parts: [Variable], axis: Int) throws(TensorError) -> Variable {
    let joined = try Shape.joined(parts.map(\.shape), axis: axis)
    return try apply(.concat, Inputs(parts), .axis(joined.resolve(axis: axis, in: "concat")))
  }

  /// Joins along a new dimension.
  public static func stack(_ parts: [Variable], axis: Int) throws(TensorError) -> Variable {
    let shape = try Shape.raised(parts.map(\.shape), axis: axis)
    var raised: [Variable] = []
    for part in parts { raised.append(try part.reshape(to: shape)) }
    return try concat(raised, axis: axis)
  }

  /// Every step-th entry of each dimension, one range for each.
  public func slice(_ ranges: [Attributes.Range]) throws(TensorError) -> Variable {
    try apply(.slice, .ranges(ranges, of: shape))
  }

  /// `count` entries of one dimension, from `start`.
  public func slice(axis: Int, start: Int, step: Int = 1, count: Int) throws(TensorError) -> Variable {
    if start == 0, step == 1, count == shape[axis] { return self }
    var ranges = shape.dimensions.map { Attributes.Range(start: 0, count: $0) }
    ranges[axis] = .init(start: start, step: step, count: count)
    return try slice(ranges)
  }

  /// One entry of the first dimension.
  public func row(_ i: Int) throws(TensorError) -> Variable {
    try slice(axis: 0, start: i, count: 1).reshape(to: shape.removing(axis: 0))
  }

  /// Every entry of the first dimension.
  ///
  /// They are taken by halves of halves: in the backward pass of a long series a slice alone would be as much work as all.
  public func rows() throws(TensorError) -> [Variable] {
    let count = shape[0]
    guard count > 1 else { return count == 1 ? [try reshape(to: shape.removing(axis: 0))] : [] }
    let first = try slice(axis: 0, start: 0, count: count / 2)
    let rest = try slice(axis: 0, start: count / 2, count: count - count / 2)
    return try first.rows() + rest.rows()
  }

  public func flip(axes: [Int]? = nil) throws(TensorError) -> Variable {
    var ranges = shape.dimensions.map { Attributes.Range(start: 0, count: $0) }
    for axis in try shape.axes(axes, in: "flip") { ranges[axis] = .init(start: shape[axis] - 1, step: -1, count: shape[axis]) }
    return try slice(ranges)
  }
}
