import Tensors

// Linear algebra, of stacks of matrices too.
extension Variable {
  public func det() throws(TensorError) -> Variable { try apply(.det) }
  public func inv() throws(TensorError) -> Variable { try apply(.inv) }
  public func cholesky() throws(TensorError) -> Variable { try apply(.cholesky) }

  /// `x` with `self · x = right`; a vector on the right gives a vector. Stacks are broadcast.
  public func solve(_ right: Variable) throws(TensorError) -> Variable {
    let (stack, n) = try shape.squareMatrices(in: "solve")
    if right.shape.rank == 1 {
      guard right.shape[0] == n else {
        throw TensorError(.innerSizesDiffer(operation: "solve", left: shape, right: right.shape))
      }
      let found = try solve(right.reshape([n, 1]))
      return try found.reshape(to: Shape(found.shape.dimensions.dropLast()))
    }
    let (others, rows, columns) = try right.shape.matrices(in: "solve")
    guard rows == n else { throw TensorError(.innerSizesDiffer(operation: "solve", left: shape, right: right.shape)) }
    guard let both = stack.broadcast(with: others) else {
      throw TensorError(.shapesDiffer(operation: "solve", left: shape, right: right.shape))
    }
    return try expand(to: Shape(both.dimensions + [n, n]))
      .apply(.solve, with: right.expand(to: Shape(both.dimensions + [n, columns])))
  }

  /// The inverse on what is not mapped to 0: singular values below `rtol` times the largest count as 0.
  ///
  /// - Parameter rtol: without one, the larger size times the distance from 1 to the next number.
  public func pinv(rtol: Double? = nil) throws(TensorError) -> Variable {
    let (_, rows, columns) = try shape.matrices(in: "pinv")
    return try apply(.pinv, .number(rtol ?? usualCutoff(rows, columns)))
  }

  private func usualCutoff(_ rows: Int, _ columns: Int) -> Double {
    Double(Swift.max(rows, columns)) * (dtype.floating == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne)
  }

  /// The orthonormal columns `q` and the upper triangle `r` with `q · r` this matrix.
  public func qr() throws(TensorError) -> (q: Variable, r: Variable) {
    let (_, rows, columns) = try shape.matrices(in: "qr")
    let k = Swift.min(rows, columns)
    let parts = try apply(.qr).parts([[rows, k], [k, columns]])
    return (parts[0], parts[1])
  }

  /// `u · diag(s) · vh`, `s` falling; `full`: `u` and `vh` are square.
  public func svd(full: Bool) throws(TensorError) -> (u: Variable, s: Variable, vh: Variable) {
    let shapes = try Operation.svdParts(shape, full: full)
    let parts = try apply(full ? .fullSvd : .svd).parts(shapes)
    return (parts[0], parts[1], parts[2])
  }

  /// The eigenvalues, rising, and the eigenvectors, as columns, of the symmetric part.
  public func eigh() throws(TensorError) -> (values: Variable, vectors: Variable) {
    let parts = try apply(.eigh).parts(Operation.eighParts(shape))
    return (parts[0], parts[1])
  }

  /// What of all `x` makes `self · x` come closest to `right`, and is shortest; the squares of what is missing, by column, where
  /// there are more rows than columns and these are independent; the rank; the singular values.
  public func lstsq(
    _ right: Variable, rtol: Double? = nil
  ) throws(TensorError) -> (solution: Variable, residuals: Variable, rank: Variable, singularValues: Variable) {
    let (_, rows, columns) = try shape.matrices(in: "lstsq")
    let inner = right.shape.rank == 1 ? 0 : right.shape.rank - 2
    guard right.shape.rank > 0, right.shape[inner] == rows else {
      throw TensorError(.innerSizesDiffer(operation: "lstsq", left: shape, right: right.shape))
    }
    let cutoff = rtol ?? usualCutoff(rows, columns)
    let solution = try pinv(rtol: cutoff).matmul(right)
    let (_, s, _) = try svd(full: false)
    let rank: Variable
    if Swift.min(rows, columns) == 0 {
      rank = try s.cast(to: .int64).sum(axes: [-1])
    } else {
      rank = try s.greater(s.max(axes: [-1], keepdims: true) * cutoff).sum(axes: [-1])
    }
    let missing = try (right - matmul(solution)).square()
    let residuals = try missing.sum(axes: [right.shape.rank == 1 ? -1 : -2])
    return (solution, residuals, rank, s)
  }

  /// The covariances of variables that are the rows: sums of products of distances from the means over `n − correction`.
  public func cov(rowsAreVariables: Bool = true, correction: Int = 1) throws(TensorError) -> Variable {
    guard shape.rank == 1 || shape.rank == 2 else {
      throw TensorError(.wrongRank(operation: "cov", shape: shape, expected: "one or two dimensions"))
    }
    let floats = try cast(to: dtype.floating)
    if shape.rank == 1 { return try floats.var(axes: [0], correction: correction) }
    let rows = try rowsAreVariables ? floats : floats.transpose()
    let count = rows.shape[1]
    guard count > 0 else { throw TensorError(.nothingToReduce(operation: "cov", shape: shape)) }
    let distances = try rows - rows.mean(axes: [1], keepdims: true)
    return try distances.matmul(distances, transposeB: true) / Double(Swift.max(count - correction, 0))
  }
}
