import Tensors

// Parts of matrices, and stacks of them: the last two dimensions are rows and columns.
extension Variable {
  /// Rows for columns in each matrix.
  func exchangingRowsAndColumns() throws(TensorError) -> Variable {
    try transpose(Array(0..<shape.rank - 2) + [shape.rank - 1, shape.rank - 2])
  }

  /// Of numbers, one for each matrix of a stack: beside the matrices.
  func overMatrices() throws(TensorError) -> Variable { try reshape(to: Shape(shape.dimensions + [1, 1])) }

  /// Of vectors: each as the row of a matrix.
  func asRow() throws(TensorError) -> Variable { try reshape(to: shape.unsqueezed(-2)) }

  /// Of vectors: each as the column of a matrix.
  func asColumn() throws(TensorError) -> Variable { try reshape(to: shape.unsqueezed(-1)) }

  /// Of vectors: each on the diagonal of a matrix, zeros beside it.
  func onDiagonal() throws(TensorError) -> Variable {
    try asRow() * Variable(Tensor.eye(shape[shape.rank - 1], dtype: dtype))
  }

  /// The lower triangles with half the diagonal.
  func lowerHalf() throws(TensorError) -> Variable {
    try tril() - self * Variable(Tensor.eye(shape[shape.rank - 1], dtype: dtype)) * 0.5
  }

  /// The entries on and below a diagonal of the last two dimensions, zeros above it.
  public func tril(_ offset: Int = 0) throws(TensorError) -> Variable { try triangle("tril", offset, .lessEqual) }

  /// The entries on and above a diagonal of the last two dimensions, zeros below it.
  public func triu(_ offset: Int = 0) throws(TensorError) -> Variable { try triangle("triu", offset, .greaterEqual) }

  private func triangle(_ name: String, _ offset: Int, _ comparison: Comparison) throws(TensorError) -> Variable {
    let (_, rows, columns) = try shape.matrices(in: name)
    let row = try Tensor.arange(0, rows).reshape([rows, 1]).add(.number(Variable.bounded(offset)))
    let isKept = try Tensor.compare(comparison, Tensor.arange(0, columns), row)
    return try Variable(isKept).select(self, else: zerosLike())
  }

  /// Beyond any size, so that sums with it stay in range.
  private static func bounded(_ offset: Int) -> Int { Swift.max(-(1 << 55), Swift.min(offset, 1 << 55)) }

  /// The diagonal of a matrix, or the matrix with this vector on its diagonal; `offset` counts to the right.
  public func diag(_ offset: Int = 0) throws(TensorError) -> Variable {
    guard shape.rank == 1 || shape.rank == 2 else {
      throw TensorError(.wrongRank(operation: "diag", shape: shape, expected: "one or two dimensions"))
    }
    guard shape.rank == 1 else { return try diagonal(offset) }
    let size = shape[0] + Swift.abs(Variable.bounded(offset))
    let matrix = try Shape([size, size])
    let range = Variable.diagonal(of: matrix, Variable.bounded(offset))
    return try apply(.placeSlice, .ranges([range], of: Shape([matrix.count]))).reshape(to: matrix)
  }

  /// The diagonals of the matrices in the first two dimensions, as the first dimension.
  private func diagonal(_ offset: Int) throws(TensorError) -> Variable {
    let rest = Array(shape.dimensions.dropFirst(2))
    let flat = try reshape(to: Shape([shape[0] * shape[1]] + rest))
    let range = Variable.diagonal(of: try Shape([shape[0], shape[1]]), Variable.bounded(offset))
    return try flat.slice([range] + rest.map { Attributes.Range(start: 0, count: $0) })
  }

  /// Where the diagonal of a matrix lies among its entries, row after row.
  private static func diagonal(of matrix: Shape, _ offset: Int) -> Attributes.Range {
    let (rows, columns) = (matrix[0], matrix[1])
    let length = Swift.max(offset >= 0 ? Swift.min(rows, columns - offset) : Swift.min(rows + offset, columns), 0)
    return .init(start: length == 0 ? 0 : offset >= 0 ? offset : -offset * columns, step: columns + 1, count: length)
  }

  /// The sum over a diagonal of the first two dimensions.
  public func trace(_ offset: Int = 0) throws(TensorError) -> Variable {
    guard shape.rank >= 2 else {
      throw TensorError(.wrongRank(operation: "trace", shape: shape, expected: "at least two dimensions"))
    }
    return try diagonal(offset).sum(axes: [0])
  }
}
