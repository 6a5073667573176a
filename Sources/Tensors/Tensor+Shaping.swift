extension Tensor {
  /// The same elements under another shape; one size may be -1 and is then worked out.
  public func reshape(_ sizes: [Int]) throws(TensorError) -> Tensor {
    let failure = TensorError(.cannotReshape(from: shape, to: sizes))
    var sizes = sizes
    let unknown = sizes.indices.filter { sizes[$0] == -1 }
    if let place = unknown.first {
      sizes[place] = 1
      guard unknown.count == 1, let others = Shape.product(sizes), others > 0, count % others == 0 else { throw failure }
      sizes[place] = count / others
    }
    guard sizes.allSatisfy({ $0 >= 0 }), Shape.product(sizes) == count else { throw failure }
    return Tensor(self, shape: Shape(valid: sizes, count: count))
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
    let order = try permutation(order ?? Array((0..<rank).reversed()))
    let view = StridedView(shape).permuted(order)
    let result = Shape(valid: view.sizes, count: count)
    // Moving a dimension of size 1 moves no element.
    let moved = order.filter { shape[$0] != 1 }
    if moved == moved.sorted() { return Tensor(self, shape: result) }
    return try read(view, shape: result)
  }

  private func permutation(_ order: [Int]) throws(TensorError) -> [Int] {
    var axes: [Int] = []
    for axis in order { axes.append(try shape.resolve(axis: axis, in: "transpose")) }
    guard Set(axes).count == rank, order.count == rank else {
      throw TensorError(.repeatedAxis(operation: "transpose", axes: order))
    }
    return axes
  }

  /// Without the dimensions of size 1, or without those given, which must have it.
  public func squeeze(_ axes: [Int]? = nil) throws(TensorError) -> Tensor {
    var dropped = Set(shape.dimensions.indices.filter { shape[$0] == 1 })
    if let axes {
      dropped = []
      for axis in axes {
        let place = try shape.resolve(axis: axis, in: "squeeze")
        guard shape[place] == 1 else { throw TensorError(.cannotSqueeze(shape: shape, axis: axis)) }
        dropped.insert(place)
      }
    }
    let sizes = shape.dimensions.indices.filter { !dropped.contains($0) }.map { shape[$0] }
    return Tensor(self, shape: Shape(valid: sizes, count: count))
  }

  /// With a dimension of size 1 before `axis`; -1 puts it last.
  public func unsqueeze(_ axis: Int) throws(TensorError) -> Tensor {
    guard axis >= -rank - 1, axis <= rank else {
      throw TensorError(.axisOutOfRange(operation: "unsqueeze", axis: axis, shape: shape))
    }
    var sizes = shape.dimensions
    sizes.insert(1, at: axis < 0 ? axis + rank + 1 : axis)
    return Tensor(self, shape: Shape(valid: sizes, count: count))
  }

  /// Repeated to a larger shape by the rule of broadcasting.
  public func expand(to target: Shape) throws(TensorError) -> Tensor {
    if target == shape { return self }
    guard shape.broadcast(with: target) == target else { throw TensorError(.cannotExpand(from: shape, to: target)) }
    if target.count == count { return Tensor(self, shape: target) }
    return try read(StridedView(shape).expanded(to: target), shape: target)
  }

  /// Summed down to a shape that expands to this one: the adjoint of `expand`.
  public func summed(to target: Shape) throws(TensorError) -> Tensor {
    if target == shape { return self }
    guard target.broadcast(with: shape) == shape else { throw TensorError(.cannotExpand(from: target, to: shape)) }
    let missing = rank - target.rank
    let axes = (0..<rank).filter { $0 < missing || target[$0 - missing] == 1 && shape[$0] != 1 }
    return Tensor(try sum(axes: axes), shape: target)
  }
}
