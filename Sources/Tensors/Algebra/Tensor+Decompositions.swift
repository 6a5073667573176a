// Decompositions with several results.
extension Tensor {
  /// `q · r` of each matrix: the k = min(rows, columns) columns of `q` are orthonormal, `r` is an upper triangle.
  public func qr() throws(TensorError) -> (q: Tensor, r: Tensor) {
    let (stack, rows, columns) = try shape.matrices(in: "qr")
    let x = try cast(to: dtype.floating)
    let cost = Double(stack.count) * Double(rows) * Double(columns) * Double(Swift.min(rows, columns))
    let found = try LibraryCall.lapack("qr", cost: 2 * cost) { () throws(TensorError) in
      try x.dtype == .float32
        ? x.orthogonalised(Float.self, stack, rows, columns) : x.orthogonalised(Double.self, stack, rows, columns)
    }
    return (found[0], found[1])
  }

  private func orthogonalised<T: MatrixElement>(
    _: T.Type, _ stack: Shape, _ rows: Int, _ columns: Int
  ) throws(TensorError) -> [Tensor] {
    let k = Swift.min(rows, columns)
    var factors = try exchangingRowsAndColumns()
    var upper = try Tensor.zeros(Shape(stack.dimensions + [k, columns]), dtype: T.dtype)
    try factors.withMutableElements(T.self) { a throws(TensorError) in
      try upper.withMutableElements(T.self) { r throws(TensorError) in
        for i in 0..<stack.count where k > 0 {
          let matrix = a.baseAddress.map { $0 + i * rows * columns }
          var tau = [T](repeating: 0, count: k)
          _ = try T.withWorkspace { T.factorQR(Int32(rows), Int32(columns), matrix, &tau, $0, $1) }
          for row in 0..<k {
            for column in row..<columns { r[(i * k + row) * columns + column] = a[(i * columns + column) * rows + row] }
          }
          _ = try T.withWorkspace { T.expandQ(Int32(rows), Int32(k), Int32(k), matrix, tau, $0, $1) }
        }
      }
    }
    // Of a wide matrix the columns beyond the k-th belong to r alone.
    let kept = try factors.slice(axis: factors.rank - 2, start: 0, count: k)
    return [try kept.exchangingRowsAndColumns(), upper]
  }

  /// `u · diag(s) · vh` of each matrix, `s` falling; `full`: `u` and `vh` are square, else they have k = min(rows, columns)
  /// columns and rows.
  public func svd(full: Bool, in operation: String = "svd") throws(TensorError) -> (u: Tensor, s: Tensor, vh: Tensor) {
    let (stack, rows, columns) = try shape.matrices(in: operation)
    let x = try cast(to: dtype.floating)
    try x.checkFinite(in: operation)
    let cost = Double(stack.count) * Double(rows) * Double(columns) * Double(Swift.min(rows, columns))
    let found = try LibraryCall.lapack(operation, cost: 10 * cost) { () throws(TensorError) in
      try x.dtype == .float32
        ? x.singularParts(Float.self, stack, rows, columns, full, operation)
        : x.singularParts(Double.self, stack, rows, columns, full, operation)
    }
    return (found[0], found[1], found[2])
  }

  private func singularParts<T: MatrixElement>(
    _: T.Type, _ stack: Shape, _ rows: Int, _ columns: Int, _ full: Bool, _ operation: String
  ) throws(TensorError) -> [Tensor] {
    let k = Swift.min(rows, columns)
    let (left, right) = full ? (rows, columns) : (k, k)
    var (a, u, vh) = (self, try Tensor.units(stack, rows, left, T.dtype), try Tensor.units(stack, right, columns, T.dtype))
    let s = try Tensor(Shape(stack.dimensions + [k]), of: T.self) { s throws(TensorError) in
      guard k > 0, stack.count > 0 else { return }
      try a.withMutableElements(T.self) { a throws(TensorError) in
        try u.withMutableElements(T.self) { u throws(TensorError) in
          try vh.withMutableElements(T.self) { vh throws(TensorError) in
            var places = [Int32](repeating: 0, count: 8 * k)
            for i in 0..<stack.count {
              // LAPACK is given the mirror image, vhᵀ · s · uᵀ, and writes its factors as mirror images too.
              let failure = try T.withWorkspace { work, size in
                T.decomposeSingular(
                  full, Int32(columns), Int32(rows), a.baseAddress.map { $0 + i * rows * columns },
                  s.baseAddress.map { $0 + i * k }, vh.baseAddress.map { $0 + i * right * columns },
                  u.baseAddress.map { $0 + i * rows * left }, work, size, &places)
              }
              guard failure == 0 else { throw TensorError(.notConverged(operation: operation)) }
            }
          }
        }
      }
    }
    return [u, s, vh]
  }

  /// Ones on the diagonal of each matrix: what decompositions of empty matrices give.
  private static func units(_ stack: Shape, _ rows: Int, _ columns: Int, _ dtype: DType) throws(TensorError) -> Tensor {
    try Tensor.eye(rows, columns, dtype: dtype).expand(to: Shape(stack.dimensions + [rows, columns]))
  }

  /// The eigenvalues, rising, and the eigenvectors, as columns, of the symmetric part of each matrix.
  public func eigh() throws(TensorError) -> (values: Tensor, vectors: Tensor) {
    let (stack, n) = try shape.squareMatrices(in: "eigh")
    let x = try cast(to: dtype.floating).symmetricPart()
    try x.checkFinite(in: "eigh")
    let found = try LibraryCall.lapack("eigh", cost: 4 * Double(stack.count) * Double(n) * Double(n) * Double(n)) {
      () throws(TensorError) in
      try x.dtype == .float32 ? x.eigenparts(Float.self, stack, n) : x.eigenparts(Double.self, stack, n)
    }
    return (found[0], found[1])
  }

  private func eigenparts<T: MatrixElement>(_: T.Type, _ stack: Shape, _ n: Int) throws(TensorError) -> [Tensor] {
    var vectors = self
    let values = try Tensor(Shape(stack.dimensions + [n]), of: T.self) { values throws(TensorError) in
      try vectors.withMutableElements(T.self) { a throws(TensorError) in
        var places = [Int32](repeating: 0, count: 3 + 5 * n)
        let count = Int32(places.count)
        for i in 0..<stack.count where n > 0 {
          let failure = try T.withWorkspace { work, size in
            T.decomposeSymmetric(
              Int32(n), a.baseAddress.map { $0 + i * n * n }, values.baseAddress.map { $0 + i * n }, work, size, &places,
              size < 0 ? -1 : count)
          }
          guard failure == 0 else { throw TensorError(.notConverged(operation: "eigh")) }
        }
      }
    }
    return [values, try vectors.exchangingRowsAndColumns()]
  }

  /// The inverse of each matrix on what it does not map to 0: singular values below `cutoff` times the largest count as 0.
  public func pinv(cutoff: Double) throws(TensorError) -> Tensor {
    let (stack, rows, columns) = try shape.matrices(in: "pinv")
    let k = Swift.min(rows, columns)
    guard k > 0 else { return try Tensor.zeros(Shape(stack.dimensions + [columns, rows]), dtype: dtype.floating) }
    let (u, s, vh) = try svd(full: false, in: "pinv")
    let isKept = try Tensor.compare(.greater, s, s.max(axes: [-1], keepdims: true) * cutoff)
    let ones = try Tensor.ones([], dtype: s.dtype)
    let inverse = try Tensor.where(isKept, ones / Tensor.where(isKept, s, ones), Tensor.zeros([], dtype: s.dtype))
    let scaled = try u * inverse.reshape(stack.dimensions + [1, k])
    return try Tensor.matmul(vh, scaled, transposeA: true, transposeB: true)
  }
}
