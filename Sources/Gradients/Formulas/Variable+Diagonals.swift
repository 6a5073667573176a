import Tensors

extension Variable {
  /// The diagonal of a matrix, or the matrix with this vector on its diagonal; `offset` counts to the right.
  public func diag(_ offset: Int = 0) throws(TensorError) -> Variable {
    let result = try value.diag(offset).shape
    let length = shape.rank == 1 ? shape[0] : result[0]
    let rows = try Tensor.arange(0, length).add(.number(Swift.max(-offset, 0)))
    let columns = try Tensor.arange(0, length).add(.number(Swift.max(offset, 0)))
    let indices = [Index.gather(rows), .gather(columns)]
    return shape.rank == 1
      ? try apply(.scatterIndex, .indices(indices, of: result)) : try subscripted(indices)
  }

  /// The sum of a matrix's diagonal.
  public func trace() throws(TensorError) -> Variable {
    guard shape.rank == 2 else { throw TensorError(.wrongRank(operation: "trace", shape: shape, expected: "two dimensions")) }
    return try diag().sum()
  }

  /// The entries on and below a diagonal of the last two dimensions, zeros above it.
  public func tril(_ offset: Int = 0) throws(TensorError) -> Variable {
    try Variable(Tensor.ones(shape, dtype: .bool).tril(offset)).select(self, else: zerosLike())
  }

  /// The entries on and above a diagonal of the last two dimensions, zeros below it.
  public func triu(_ offset: Int = 0) throws(TensorError) -> Variable {
    try Variable(Tensor.ones(shape, dtype: .bool).triu(offset)).select(self, else: zerosLike())
  }
}
