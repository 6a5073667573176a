extension Tensor {
  /// The whole tensor `counts` times along each dimension, aligned from the right.
  public func tile(_ counts: [Int]) throws(TensorError) -> Tensor {
    guard counts.allSatisfy({ $0 >= 0 }) else {
      throw TensorError(.badArgument(operation: "tile", argument: "counts", value: "\(counts)", rule: "must not be negative"))
    }
    let rank = Swift.max(self.rank, counts.count)
    let sizes = [Int](repeating: 1, count: rank - self.rank) + shape.dimensions
    let counts = [Int](repeating: 1, count: rank - counts.count) + counts
    let source = StridedView(Shape(valid: sizes, count: count))
    let strides = source.strides.flatMap { [0, $0] }
    let interleaved = zip(counts, sizes).flatMap { [$0, $1] }
    let repeated = try read(StridedView(sizes: interleaved, strides: strides, offset: 0), shape: Shape(interleaved))
    return try repeated.reshape(zip(counts, sizes).map { $0 * $1 })
  }

  /// Each element along `axis` `times` in a row; without an axis the flattened tensor's.
  public func `repeat`(_ times: Int, axis: Int? = nil) throws(TensorError) -> Tensor {
    guard let given = axis else { return try flatten().repeat(times, axis: 0) }
    let axis = try shape.resolve(axis: given, in: "repeat")
    guard times >= 0 else {
      throw TensorError(.badArgument(operation: "repeat", argument: "times", value: "\(times)", rule: "must not be negative"))
    }
    var view = StridedView(shape)
    view.sizes.insert(times, at: axis + 1)
    view.strides.insert(0, at: axis + 1)
    let repeated = try read(view, shape: Shape(view.sizes))
    return Tensor(repeated, shape: try shape.replacing(axis: axis, with: shape[axis] * times))
  }

  /// Surrounded by `value`: `widths` has the places before and after for each dimension.
  public func pad(_ widths: [(before: Int, after: Int)], value: Double = 0) throws(TensorError) -> Tensor {
    guard widths.count == rank, widths.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
      throw TensorError(
        .badArgument(
          operation: "pad", argument: "widths", value: "\(widths.map { [$0.before, $0.after] })",
          rule: "must be a pair from 0 up for each of \(rank) dimensions"))
    }
    var sizes: [Int] = []
    for (size, width) in zip(shape.dimensions, widths) {
      guard let sum = Shape.sum([size, width.before, width.after]) else { throw TensorError(.tooManyElements(shape.dimensions)) }
      sizes.append(sum)
    }
    var result = try Tensor.full(Shape(sizes), value, dtype: dtype)
    var view = StridedView(result.shape)
    for (axis, width) in widths.enumerated() { view = view.sliced(axis: axis, start: width.before, count: shape[axis]) }
    try result.write(self, into: view)
    return result
  }

  /// In reverse along `axes` (nil: all).
  public func flip(axes: [Int]? = nil) throws(TensorError) -> Tensor {
    var view = StridedView(shape)
    for axis in axes ?? Array(0..<rank) {
      let axis = try shape.resolve(axis: axis, in: "flip")
      view = view.sliced(axis: axis, start: shape[axis] - 1, count: shape[axis], step: -1)
    }
    return try read(view, shape: shape)
  }

  /// Each element `shift` places further along `axis`, from the end back to the start; without an axis over all elements.
  public func roll(_ shift: Int, axis: Int? = nil) throws(TensorError) -> Tensor {
    guard let given = axis else { return Tensor(try flatten().roll(shift, axis: 0), shape: shape) }
    let axis = try shape.resolve(axis: given, in: "roll")
    if count == 0 { return self }
    let size = shape[axis]
    let start = (size - shift % size) % size
    return try Tensor.concat(
      [slice(axis: axis, start: start, count: size - start), slice(axis: axis, start: 0, count: start)], axis: axis)
  }
}
