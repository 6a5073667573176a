extension Tensor {
  /// The tensors one after the other along `axis`, in their common type.
  public static func concat(_ tensors: [Tensor], axis: Int = 0) throws(TensorError) -> Tensor {
    let result = try Shape.joined(tensors.map(\.shape), axis: axis)
    let axis = try result.resolve(axis: axis, in: "concat")
    let dtype = commonType(of: tensors)
    var joined = try Tensor(uninitialized: result, dtype)
    let whole = StridedView(result)
    var start = 0
    for tensor in tensors {
      try joined.write(tensor.cast(to: dtype), into: whole.sliced(axis: axis, start: start, count: tensor.shape[axis]))
      start += tensor.shape[axis]
    }
    return joined
  }

  /// `count` places of `axis` from `start` on.
  func slice(axis: Int, start: Int, count: Int) throws(TensorError) -> Tensor {
    try read(
      StridedView(shape).sliced(axis: axis, start: start, count: count), shape: shape.replacing(axis: axis, with: count))
  }
}

extension Shape {
  /// The shape of tensors of these shapes, one after the other along `axis`; all other sizes must agree.
  public static func joined(_ shapes: [Shape], axis: Int) throws(TensorError) -> Shape {
    guard let first = shapes.first else { throw noParts("concat") }
    guard first.rank > 0 else {
      throw TensorError(.wrongRank(operation: "concat", shape: first, expected: "at least one dimension"))
    }
    let axis = try first.resolve(axis: axis, in: "concat")
    for (place, shape) in shapes.enumerated() {
      guard shape.rank == first.rank, shape.removing(axis: axis) == first.removing(axis: axis) else {
        throw TensorError(.joinedShapesDiffer(operation: "concat", first: first, other: shape, place: place, axis: axis))
      }
    }
    guard let length = sum(shapes.map { $0[axis] }) else { throw TensorError(.tooManyElements(first.dimensions)) }
    return try first.replacing(axis: axis, with: length)
  }

  /// The shape that each of these, which must be alike, has with the new dimension along which they are stacked.
  public static func raised(_ shapes: [Shape], axis: Int) throws(TensorError) -> Shape {
    guard let first = shapes.first else { throw noParts("stack") }
    for (place, shape) in shapes.enumerated() where shape != first {
      throw TensorError(.joinedShapesDiffer(operation: "stack", first: first, other: shape, place: place, axis: axis))
    }
    return try first.unsqueezed(axis, in: "stack")
  }

  private static func noParts(_ operation: String) -> TensorError {
    TensorError(.badArgument(operation: operation, argument: "tensors", value: "none", rule: "must hold at least one"))
  }
}
