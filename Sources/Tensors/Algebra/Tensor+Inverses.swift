// Factors of square matrices, and what is made of them. A row-major matrix is its mirror image to LAPACK.
extension Tensor {
  /// The determinant of each matrix.
  public func det() throws(TensorError) -> Tensor {
    let (stack, n) = try shape.squareMatrices(in: "det")
    let x = try cast(to: dtype.floating)
    return try LibraryCall.lapack("det", cost: Tensor.cost(stack, n)) { () throws(TensorError) in
      [try x.dtype == .float32 ? x.determinants(Float.self, stack, n) : x.determinants(Double.self, stack, n)]
    }[0]
  }

  private func determinants<T: MatrixElement>(_: T.Type, _ stack: Shape, _ n: Int) throws(TensorError) -> Tensor {
    var factors = self
    return try Tensor(stack, of: T.self) { out throws(TensorError) in
      try factors.withMutableElements(T.self) { a throws(TensorError) in
        var pivots = [Int32](repeating: 0, count: n)
        for i in 0..<stack.count {
          let matrix = a.baseAddress.map { $0 + i * n * n }
          // Singular is 0, of no sign.
          if n > 0, T.factorLU(Int32(n), matrix, &pivots) > 0 {
            out[i] = 0
            continue
          }
          out[i] = (0..<n).reduce(1) { product, k in
            product * a[i * n * n + k * (n + 1)] * (pivots[k] == Int32(k + 1) ? 1 : -1)
          }
        }
      }
    }
  }

  /// The determinants of what is left of each matrix without a row and a column, with the signs of a chessboard: the slopes of
  /// the determinant. From the singular values, so that singular matrices have them too.
  public func cofactors() throws(TensorError) -> Tensor {
    let (stack, n) = try shape.squareMatrices(in: "det")
    let x = try cast(to: dtype.floating)
    let (u, s, vh) = try x.svd(full: false, in: "det")
    let sign = try u.det() * vh.det()
    let products = try Tensor(s.doubles.productsOfOthers(each: n), shape: s.shape, dtype: x.dtype)
    let scale = try products * sign.reshape(stack.dimensions + [1])
    return try Tensor.matmul(u * scale.reshape(stack.dimensions + [1, n]), vh)
  }

  /// The inverse of each matrix; an error for one that has none.
  public func inv() throws(TensorError) -> Tensor {
    let (stack, n) = try shape.squareMatrices(in: "inv")
    let x = try cast(to: dtype.floating)
    return try LibraryCall.lapack("inv", cost: Tensor.cost(stack, n)) { () throws(TensorError) in
      [try x.dtype == .float32 ? x.inverses(Float.self, stack, n) : x.inverses(Double.self, stack, n)]
    }[0]
  }

  private func inverses<T: MatrixElement>(_: T.Type, _ stack: Shape, _ n: Int) throws(TensorError) -> Tensor {
    var result = self
    try result.withMutableElements(T.self) { a throws(TensorError) in
      for i in 0..<stack.count where n > 0 {
        let matrix = a.baseAddress.map { $0 + i * n * n }
        var pivots = [Int32](repeating: 0, count: n)
        let failure = T.factorLU(Int32(n), matrix, &pivots)
        guard failure == 0 else { throw TensorError(.singular(operation: "inv", place: place(i, of: stack))) }
        _ = try T.withWorkspace { T.invertLU(Int32(n), matrix, pivots, $0, $1) }
      }
    }
    return result
  }

  /// `x` with `self · x = right`, of stacks of one shape: `self` is `[…, n, n]`, `right` `[…, n, columns]`.
  public func solve(_ right: Tensor) throws(TensorError) -> Tensor {
    let (stack, n) = try shape.squareMatrices(in: "solve")
    let (others, rows, columns) = try right.shape.matrices(in: "solve")
    guard rows == n else { throw TensorError(.innerSizesDiffer(operation: "solve", left: shape, right: right.shape)) }
    guard others == stack else { throw TensorError(.shapesDiffer(operation: "solve", left: shape, right: right.shape)) }
    let dtype = Tensor.commonType(self, right).floating
    let (a, b) = (try cast(to: dtype), try right.cast(to: dtype))
    let cost = Tensor.cost(stack, n) + Double(stack.count) * Double(n) * Double(n) * Double(columns)
    return try LibraryCall.lapack("solve", cost: cost) { () throws(TensorError) in
      [try dtype == .float32 ? a.solutions(Float.self, b, stack, n, columns) : a.solutions(Double.self, b, stack, n, columns)]
    }[0]
  }

  private func solutions<T: MatrixElement>(
    _: T.Type, _ right: Tensor, _ stack: Shape, _ n: Int, _ columns: Int
  ) throws(TensorError) -> Tensor {
    var factors = self
    var result = try right.exchangingRowsAndColumns()
    try factors.withMutableElements(T.self) { a throws(TensorError) in
      try result.withMutableElements(T.self) { b throws(TensorError) in
        for i in 0..<stack.count where n > 0 {
          let matrix = a.baseAddress.map { $0 + i * n * n }
          var pivots = [Int32](repeating: 0, count: n)
          let failure = T.factorLU(Int32(n), matrix, &pivots)
          guard failure == 0 else { throw TensorError(.singular(operation: "solve", place: place(i, of: stack))) }
          if columns > 0 {
            _ = T.solveTransposedLU(
              Int32(n), Int32(columns), matrix.map { UnsafePointer($0) }, pivots, b.baseAddress.map { $0 + i * n * columns })
          }
        }
      }
    }
    return try result.exchangingRowsAndColumns()
  }

  /// The lower triangle `l` with `l · lᵀ` the symmetric part of each matrix; an error for one that is not positive definite.
  public func cholesky() throws(TensorError) -> Tensor {
    let (stack, n) = try shape.squareMatrices(in: "cholesky")
    let x = try cast(to: dtype.floating).symmetricPart()
    return try LibraryCall.lapack("cholesky", cost: Tensor.cost(stack, n)) { () throws(TensorError) in
      [try x.dtype == .float32 ? x.lowerTriangles(Float.self, stack, n) : x.lowerTriangles(Double.self, stack, n)]
    }[0]
  }

  private func lowerTriangles<T: MatrixElement>(_: T.Type, _ stack: Shape, _ n: Int) throws(TensorError) -> Tensor {
    var result = self
    try result.withMutableElements(T.self) { a throws(TensorError) in
      for i in 0..<stack.count where n > 0 {
        let failure = T.factorCholesky(Int32(n), a.baseAddress.map { $0 + i * n * n })
        guard failure == 0 else {
          throw TensorError(.notPositiveDefinite(minor: Int(failure), place: place(i, of: stack)))
        }
        for row in 0..<n {
          for column in row + 1..<Swift.max(n, row + 1) { a[i * n * n + row * n + column] = 0 }
        }
      }
    }
    return result
  }

  /// Multiply-adds of a factorisation, about.
  private static func cost(_ stack: Shape, _ n: Int) -> Double { Double(stack.count) * Double(n) * Double(n) * Double(n) }
}

extension [Double] {
  /// Of each run of `count` numbers the product of all but this one.
  fileprivate func productsOfOthers(each count: Int) -> [Double] {
    indices.map { place in
      let start = place / count * count
      return (start..<start + count).reduce(1) { $1 == place ? $0 : $0 * self[$1] }
    }
  }
}
