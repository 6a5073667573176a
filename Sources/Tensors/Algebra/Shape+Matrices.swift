// Tensors as stacks of matrices: the last two dimensions are rows and columns.
extension Shape {
  /// The stack's shape, and the matrices' rows and columns.
  public func matrices(in operation: String) throws(TensorError) -> (stack: Shape, rows: Int, columns: Int) {
    guard rank >= 2 else {
      throw TensorError(.wrongRank(operation: operation, shape: self, expected: "at least two dimensions"))
    }
    // LAPACK counts in 32 bits.
    guard self[rank - 1] <= Int(Int32.max), self[rank - 2] <= Int(Int32.max) else {
      throw TensorError(.tooManyElements(dimensions))
    }
    return (
      Shape(valid: Array(dimensions.dropLast(2)), count: dimensions.dropLast(2).reduce(1, *)), self[rank - 2], self[rank - 1]
    )
  }

  /// The stack's shape, and how many rows and columns each matrix has.
  public func squareMatrices(in operation: String) throws(TensorError) -> (stack: Shape, size: Int) {
    let (stack, rows, columns) = try matrices(in: operation)
    guard rows == columns else {
      throw TensorError(.wrongRank(operation: operation, shape: self, expected: "square matrices"))
    }
    return (stack, rows)
  }
}

extension Tensor {
  /// Rows for columns in each matrix.
  func exchangingRowsAndColumns() throws(TensorError) -> Tensor {
    try transpose(Array(0..<rank - 2) + [rank - 1, rank - 2])
  }

  /// The mean of each matrix and its mirror image: itself where it is symmetric.
  func symmetricPart() throws(TensorError) -> Tensor { try (self + exchangingRowsAndColumns()) * 0.5 }

  func checkFinite(in operation: String) throws(TensorError) {
    guard try isfinite().all().item() != 0 else { throw TensorError(.notFinite(operation: operation)) }
  }

  /// The place of a matrix in its stack, where there is more than one.
  func place(_ i: Int, of stack: Shape) -> Int? { stack.count > 1 ? i : nil }
}
