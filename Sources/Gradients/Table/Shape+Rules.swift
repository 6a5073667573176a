import Tensors

// Shapes of results, and axes as the language counts them.
extension Shape {
  /// The dimensions meant by `axes`, in rising order; all of them without one.
  func axes(_ axes: [Int]?, in operation: String) throws(TensorError) -> [Int] {
    guard let axes else { return Array(0..<rank) }
    var found: [Int] = []
    for axis in axes { found.append(try resolve(axis: axis, in: operation)) }
    guard Set(found).count == found.count else {
      throw TensorError(.repeatedAxis(operation: operation, axes: axes))
    }
    return found.sorted()
  }

  /// This shape without the dimensions `axes`, or with length 1 there.
  func reduced(along axes: [Int], keepdims: Bool) -> Shape {
    axes.reversed().reduce(self) { $0.removing(axis: $1, keepDimension: keepdims) }
  }

  /// This shape with other sizes in place of the dimensions `range`.
  func replacing(_ range: Swift.Range<Int>, with sizes: [Int]) throws(TensorError) -> Shape {
    var result = dimensions
    result.replaceSubrange(range, with: sizes)
    return try Shape(result)
  }

  /// The shape of a matrix product with `other`, either side transposed first.
  func product(
    with other: Shape, transposeA: Bool, transposeB: Bool, in operation: String
  ) throws(TensorError) -> Shape {
    let left = try transposeA ? swapped(in: operation) : self
    let right = try transposeB ? other.swapped(in: operation) : other
    guard left.rank >= 2, right.rank >= 2 else {
      throw TensorError(
        .wrongRank(operation: operation, shape: left.rank < 2 ? left : right, expected: "at least two dimensions"))
    }
    guard left[left.rank - 1] == right[right.rank - 2] else {
      throw TensorError(.innerSizesDiffer(operation: operation, left: left, right: right))
    }
    let batches = try Shape(Array(left.dimensions.dropLast(2)))
    guard let batch = batches.broadcast(with: try Shape(Array(right.dimensions.dropLast(2)))) else {
      throw TensorError(.shapesDiffer(operation: operation, left: left, right: right))
    }
    return try Shape(batch.dimensions + [left[left.rank - 2], right[right.rank - 1]])
  }

  private func swapped(in operation: String) throws(TensorError) -> Shape {
    guard rank >= 2 else {
      throw TensorError(.wrongRank(operation: operation, shape: self, expected: "at least two dimensions"))
    }
    return try Shape(dimensions.dropLast(2) + [dimensions[rank - 1], dimensions[rank - 2]])
  }
}
