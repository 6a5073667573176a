extension Tensor {
  /// The same elements under another shape; one size may be -1 and is then worked out.
  public func reshape(_ sizes: [Int]) throws(TensorError) -> Tensor {
    Tensor(self, shape: try shape.reshaped(sizes))
  }

  /// All dimensions from `start` on as one.
  public func flatten(from start: Int = 0) throws(TensorError) -> Tensor {
    if rank == 0 { return Tensor(self, shape: [1]) }
    let start = try shape.resolve(axis: start, in: "flatten")
    let kept = shape.dimensions[..<start]
    let rest = shape.dimensions[start...].reduce(1, *)
    return Tensor(self, shape: Shape(valid: kept + [rest], count: count))
  }

  /// The dimensions in another order; without one, reversed.
  public func transpose(_ order: [Int]? = nil) throws(TensorError) -> Tensor {
    let order = try shape.permutation(order ?? Array((0..<rank).reversed()))
    let view = StridedView(shape).permuted(order)
    let result = Shape(valid: view.sizes, count: count)
    // Moving a dimension of size 1 moves no element.
    let moved = order.filter { shape[$0] != 1 }
    if moved == moved.sorted() { return Tensor(self, shape: result) }
    return try read(view, shape: result)
  }

  /// Repeated to a larger shape by the rule of broadcasting.
  public func expand(to target: Shape) throws(TensorError) -> Tensor {
    if target == shape { return self }
    guard shape.broadcast(with: target) == target else { throw TensorError(.cannotExpand(from: shape, to: target)) }
    if target.count == count { return Tensor(self, shape: target) }
    return try read(StridedView(shape).expanded(to: target), shape: target)
  }
}

extension Shape {
  /// Every dimension once, counted from the front, of an order in which some may be counted from the back.
  public func permutation(_ order: [Int]) throws(TensorError) -> [Int] {
    var axes: [Int] = []
    for axis in order { axes.append(try resolve(axis: axis, in: "transpose")) }
    guard Set(axes).count == rank, order.count == rank else {
      throw TensorError(.repeatedAxis(operation: "transpose", axes: order))
    }
    return axes
  }
}
