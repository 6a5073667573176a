import Tensors

extension Variable {
  /// The matrix product; a vector on the left counts as a row, on the right as a column, and that dimension is dropped.
  public func matmul(
    _ other: Variable, transposeA: Bool = false, transposeB: Bool = false
  ) throws(TensorError) -> Variable {
    guard shape.rank > 0, other.shape.rank > 0 else {
      throw TensorError(
        .wrongRank(operation: "matmul", shape: shape.rank == 0 ? shape : other.shape, expected: "at least one dimension"))
    }
    // Said here, with the shapes as they were given: below vectors are matrices.
    let inner = other.shape.rank == 1 ? 0 : other.shape.rank - (transposeB ? 1 : 2)
    guard shape[shape.rank - (transposeA && shape.rank > 1 ? 2 : 1)] == other.shape[inner] else {
      throw TensorError(.innerSizesDiffer(operation: "matmul", left: shape, right: other.shape))
    }
    if shape.rank > 2, other.shape.rank == 2, !transposeA {
      // One matrix for all batches: their rows are one matrix too, and so is the gradient.
      let rows = try reshape([shape.dimensions.dropLast().reduce(1, *), shape[shape.rank - 1]])
      let product = try rows.apply(.matmul, with: other, .transposes(left: false, right: transposeB))
      return try product.reshape(to: try Shape(shape.dimensions.dropLast() + [product.shape[1]]))
    }
    let left = shape.rank == 1 ? try reshape([1, shape[0]]) : self
    let right = other.shape.rank == 1 ? try other.reshape([other.shape[0], 1]) : other
    let product = try left.apply(.matmul, with: right, .transposes(left: transposeA, right: transposeB))
    var dimensions = Array(product.shape.dimensions)
    if other.shape.rank == 1 { dimensions.removeLast() }
    if shape.rank == 1 { dimensions.remove(at: dimensions.count - (other.shape.rank == 1 ? 1 : 2)) }
    return dimensions.count == product.shape.rank ? product : try product.reshape(to: try Shape(dimensions))
  }

  /// NumPy's `dot`: a product of numbers, the inner product of vectors, else the matrix product.
  public func dot(_ other: Variable) throws(TensorError) -> Variable {
    shape.rank == 0 || other.shape.rank == 0 ? try self * other : try matmul(other)
  }

  /// The products of each entry with each of the other's, of shape `[size, other.size]`.
  public func outer(_ other: Variable) throws(TensorError) -> Variable {
    try reshape([shape.count, 1]) * other.reshape([1, other.shape.count])
  }

  /// The products of all entries along one dimension; exact, with all its derivatives, where entries are 0.
  public func prod(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Variable {
    let axes = try shape.axes(axes, in: "prod")
    var rest = dtype == .bool ? try cast(to: .int64) : self
    for axis in axes {
      if rest.shape[axis] == 0 { rest = try rest.sum(axes: [axis], keepdims: true) + Variable(.number(1 as Int)) }
      // Pairs, then pairs of pairs: a division by the entry would fail at 0.
      while rest.shape[axis] > 1 {
        let count = rest.shape[axis]
        let half = count / 2
        let pairs = try rest.slice(axis: axis, start: 0, count: half) * rest.slice(axis: axis, start: half, count: half)
        rest = count % 2 == 0 ? pairs : try .concat([pairs, rest.slice(axis: axis, start: count - 1, count: 1)], axis: axis)
      }
    }
    return keepdims ? rest : try rest.reshape(to: shape.reduced(along: axes, keepdims: false))
  }

  /// The products of all entries up to each, along one dimension.
  public func cumprod(axis: Int) throws(TensorError) -> Variable {
    let axis = try shape.resolve(axis: axis, in: "cumprod")
    let count = shape[axis]
    var result = dtype == .bool ? try cast(to: .int64) : self
    var reach = 1
    while reach < count {
      let before = try result.slice(axis: axis, start: 0, count: count - reach)
      let own = try result.slice(axis: axis, start: reach, count: count - reach)
      result = try .concat([result.slice(axis: axis, start: 0, count: reach), before * own], axis: axis)
      reach *= 2
    }
    return result
  }
}
