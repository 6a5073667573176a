extension Tensor {
  /// The diagonal of a matrix, or the matrix with this vector on its diagonal; `offset` counts to the right.
  public func diag(_ offset: Int = 0) throws(TensorError) -> Tensor {
    guard rank == 1 || rank == 2 else {
      throw TensorError(.wrongRank(operation: "diag", shape: shape, expected: "one or two dimensions"))
    }
    // Beyond any size, so that the sums below stay in range.
    let offset = Swift.max(-(1 << 55), Swift.min(offset, 1 << 55))
    if rank == 1 {
      let size = count + Swift.abs(offset)
      var matrix = try Tensor.zeros(Shape([size, size]), dtype: dtype)
      try matrix.write(self, into: matrix.diagonal(offset))
      return matrix
    }
    let view = diagonal(offset)
    return try read(view, shape: Shape(view.sizes))
  }

  private func diagonal(_ offset: Int) -> StridedView {
    let (rows, columns) = (shape[0], shape[1])
    let length = offset >= 0 ? Swift.min(rows, columns - offset) : Swift.min(rows + offset, columns)
    return StridedView(
      sizes: [Swift.max(length, 0)], strides: [columns + 1], offset: length > 0 ? (offset >= 0 ? offset : -offset * columns) : 0)
  }

  /// The elements on and below a diagonal of the last two dimensions, zeros above it.
  public func tril(_ offset: Int = 0) throws(TensorError) -> Tensor { try triangle("tril") { $1 - $0 <= offset } }

  /// The elements on and above a diagonal of the last two dimensions, zeros below it.
  public func triu(_ offset: Int = 0) throws(TensorError) -> Tensor { try triangle("triu") { $1 - $0 >= offset } }

  private func triangle(_ name: String, keeps: (Int, Int) -> Bool) throws(TensorError) -> Tensor {
    guard rank >= 2 else { throw TensorError(.wrongRank(operation: name, shape: shape, expected: "at least two dimensions")) }
    let (rows, columns) = (shape[rank - 2], shape[rank - 1])
    let mask = try Tensor(Shape([rows, columns]), of: Bool.self) { out in
      for i in 0..<out.count { out[i] = keeps(i / columns, i % columns) }
    }
    return try Tensor.where(mask, self, .zeros([], dtype: dtype))
  }

  /// For each whole number from 0 to `classes` - 1 a row of zeros with a one at that place.
  public func oneHot(_ classes: Int, dtype: DType = .defaultFloat) throws(TensorError) -> Tensor {
    let places = try places(in: Shape([classes]), axis: 0)
    let result = try Tensor.zeros(Shape([count, classes]), dtype: .float64)
    let ones = try Tensor.ones([1], dtype: .float64).expand(to: Shape([count]))
    let targets = places.enumerated().map { $0.offset * classes + $0.element }
    return Tensor(
      try result.addingBlocks(of: 1, ones, at: targets).cast(to: dtype), shape: try Shape(shape.dimensions + [classes]))
  }

  /// How often each whole number from 0 up occurs, for at least `minimum` numbers.
  public func bincount(minimum: Int = 0) throws(TensorError) -> Tensor {
    guard dtype == .int64 || dtype == .bool else {
      throw TensorError(.wrongType(operation: "bincount", dtype: dtype, expected: "whole numbers"))
    }
    let values = try ints()
    if let negative = values.first(where: { $0 < 0 }) {
      throw TensorError(.badArgument(operation: "bincount", argument: "each value", value: "\(negative)", rule: "must not be negative"))
    }
    let length = Swift.max((values.max() ?? -1) &+ 1, minimum)
    return try Tensor(Shape([length]), of: Int.self) { counts in
      counts.update(repeating: 0)
      for value in values { counts[value] += 1 }
    }
  }

  /// The indices of all elements that are not 0, one row for each: `[found, rank]`.
  public func nonzero() throws(TensorError) -> Tensor {
    let strides = shape.strides
    let found = bools.enumerated().filter { $0.element }.map { $0.offset }
    let indices = found.flatMap { place in zip(strides, shape.dimensions).map { place / $0 % $1 } }
    return try Tensor(indices, shape: Shape([found.count, rank]))
  }
}
