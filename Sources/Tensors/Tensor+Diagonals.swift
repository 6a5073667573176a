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
}
