extension Tensor {
  /// The tensors one after the other along `axis`, in their common type.
  public static func concat(_ tensors: [Tensor], axis: Int = 0) throws(TensorError) -> Tensor {
    guard let first = tensors.first else { throw TensorError(.nothingToReduce(operation: "concat", shape: [0])) }
    guard first.rank > 0 else {
      throw TensorError(.wrongRank(operation: "concat", shape: first.shape, expected: "at least one dimension"))
    }
    let axis = try first.shape.resolve(axis: axis, in: "concat")
    let dtype = try commonType(tensors, axis)
    let length = tensors.reduce(0) { $0 + $1.shape[axis] }
    var result = try Tensor(uninitialized: first.shape.replacing(axis: axis, with: length), dtype)
    let whole = StridedView(result.shape)
    var start = 0
    for tensor in tensors {
      try result.write(tensor.cast(to: dtype), into: whole.sliced(axis: axis, start: start, count: tensor.shape[axis]))
      start += tensor.shape[axis]
    }
    return result
  }

  private static func commonType(_ tensors: [Tensor], _ axis: Int) throws(TensorError) -> DType {
    var widest = tensors[0]
    for (place, tensor) in tensors.enumerated() {
      let fits = tensor.rank == tensors[0].rank && tensor.shape.removing(axis: axis) == tensors[0].shape.removing(axis: axis)
      guard fits else {
        throw TensorError(
          .joinedShapesDiffer(operation: "concat", first: tensors[0].shape, other: tensor.shape, place: place, axis: axis))
      }
      if commonType(widest, tensor) != widest.dtype { widest = tensor }
    }
    return widest.dtype
  }

  /// Tensors of one shape along a new dimension before `axis`.
  public static func stack(_ tensors: [Tensor], axis: Int = 0) throws(TensorError) -> Tensor {
    guard let first = tensors.first else { throw TensorError(.nothingToReduce(operation: "stack", shape: [0])) }
    for (place, tensor) in tensors.enumerated() where tensor.shape != first.shape {
      throw TensorError(
        .joinedShapesDiffer(operation: "stack", first: first.shape, other: tensor.shape, place: place, axis: axis))
    }
    var columns: [Tensor] = []
    for tensor in tensors { columns.append(try tensor.unsqueeze(axis)) }
    return try concat(columns, axis: axis)
  }

  /// Parts along `axis` of the given sizes, which add up to the axis's size.
  public func split(sizes: [Int], axis: Int = 0) throws(TensorError) -> [Tensor] {
    let axis = try shape.resolve(axis: axis, in: "split")
    guard sizes.allSatisfy({ $0 >= 0 }), Shape.sum(sizes) == shape[axis] else {
      throw TensorError(
        .badArgument(
          operation: "split", argument: "sizes", value: "\(sizes)", rule: "must add up to the axis's size \(shape[axis])"))
    }
    var parts: [Tensor] = []
    var start = 0
    for size in sizes {
      parts.append(try slice(axis: axis, start: start, count: size))
      start += size
    }
    return parts
  }

  /// `parts` equal parts along `axis`.
  public func split(_ parts: Int, axis: Int = 0) throws(TensorError) -> [Tensor] {
    let place = try shape.resolve(axis: axis, in: "split")
    guard parts > 0, shape[place] % parts == 0 else {
      throw TensorError(
        .badArgument(
          operation: "split", argument: "the number of parts", value: "\(parts)",
          rule: "must divide the axis's size \(shape[place])"))
    }
    return try split(sizes: [Int](repeating: shape[place] / parts, count: parts), axis: place)
  }

  /// `count` places of `axis` from `start` on.
  func slice(axis: Int, start: Int, count: Int) throws(TensorError) -> Tensor {
    try read(
      StridedView(shape).sliced(axis: axis, start: start, count: count), shape: shape.replacing(axis: axis, with: count))
  }
}

extension Shape {
  /// The sum, nil beyond 64 bits.
  public static func sum(_ sizes: [Int]) -> Int? {
    var sum = 0
    for size in sizes {
      let (next, overflow) = sum.addingReportingOverflow(size)
      if overflow { return nil }
      sum = next
    }
    return sum
  }
}
