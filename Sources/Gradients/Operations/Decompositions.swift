import Tensors

// Each has one result that holds all its parts along the last dimension, so that they are computed once and a gradient comes
// back from all of them together. Where singular values or eigenvalues coincide, the vectors that belong to them have no
// derivative; their share in the gradient is left out.
extension Operation {
  static let decompositions = [qr, svd, fullSvd, eigh]

  /// `q`, then `r`.
  public static let qr: Operation = .init(
    "qr", arity: .exactly(1), shape: { shapes, _ in try packed(qrParts(shapes[0]), shapes[0]) },
    derivative: .pullback { it, upstream, _ in
      let parts = try qrParts(it.x.shape)
      let (out, gradients) = (try it.output.parts(parts), try upstream.parts(parts))
      let (rows, columns) = (it.x.shape[it.x.shape.rank - 2], it.x.shape[it.x.shape.rank - 1])
      if rows >= columns { return try qrGradient(out[0], out[1], gradients[0], gradients[1]) }
      // The columns beyond the square part are q times those of r.
      let last = it.x.shape.rank - 1
      let rest = try it.x.slice(axis: last, start: rows, count: columns - rows)
      let restGradient = try gradients[1].slice(axis: last, start: rows, count: columns - rows)
      let square = try qrGradient(
        out[0], out[1].slice(axis: last, start: 0, count: rows), gradients[0] + rest.matmul(restGradient, transposeB: true),
        gradients[1].slice(axis: last, start: 0, count: rows))
      return try .concat([square, out[0].matmul(restGradient)], axis: last)
    },
    formulas: ["z = q·r, qᵀ·q = 1, r an upper triangle"], source: "Walter, Lehmann & Lamour 2012", cost: cubic,
    examples: [Example([.heavy([3, 2])]), Example([.heavy([2, 3])]), Example([.heavy([2, 2, 2])])], dtype: floating
  ) { inputs, _ in
    let (q, r) = try inputs[0].value.qr()
    return try Tensor.packed([q, r], qrParts(inputs[0].shape))
  }

  private static func qrGradient(
    _ q: Variable, _ r: Variable, _ dq: Variable, _ dr: Variable
  ) throws(TensorError) -> Variable {
    let m = try r.matmul(dr, transposeB: true) - dq.matmul(q, transposeA: true)
    let mirrored = try m.tril() + m.tril(-1).exchangingRowsAndColumns()
    let right = try (dq + q.matmul(mirrored)).exchangingRowsAndColumns()
    do throws(TensorError) {
      return try r.apply(.solve, with: right).exchangingRowsAndColumns()
    } catch {
      guard case .singular = error.kind else { throw error }
      throw TensorError(.noDerivative(operation: "qr", reason: "the matrix is singular"))
    }
  }

  private static func qrParts(_ shape: Shape) throws(TensorError) -> [[Int]] {
    let (_, rows, columns) = try shape.matrices(in: "qr")
    return [[rows, Swift.min(rows, columns)], [Swift.min(rows, columns), columns]]
  }

  /// `u` with as many columns as there are singular values, these, and `vh` with as many rows.
  public static let svd: Operation = singularValues("svd", full: false)

  /// The same with square `u` and `vh`. What is added to them has a derivative as far as it spans what the others do not.
  public static let fullSvd: Operation = singularValues("full_svd", full: true)

  private static func singularValues(_ name: String, full: Bool) -> Operation {
    Operation(
      name, arity: .exactly(1), shape: { shapes, _ in try packed(svdParts(shapes[0], full: full), shapes[0]) },
      derivative: .pullback { it, upstream, _ in
        let parts = try svdParts(it.x.shape, full: full)
        return try svdGradient(it.output.parts(parts), upstream.parts(parts))
      },
      formulas: ["z = u·diag(s)·vᵀ, ∂sᵢ = uᵢᵀ·∂z·vᵢ"], source: "Townsend 2016",
      cost: { inputs, output, attributes in 10 * cubic(inputs, output, attributes) },
      examples: [Example([.heavy([3, 2])]), Example([.heavy([2, 3])]), Example([.heavy([2, 2, 2])])], dtype: floating
    ) { inputs, _ in
      let (u, s, vh) = try inputs[0].value.svd(full: full)
      return try Tensor.packed([u, s, vh], svdParts(inputs[0].shape, full: full))
    }
  }

  private static func svdGradient(_ parts: [Variable], _ gradients: [Variable]) throws(TensorError) -> Variable {
    let (s, ds) = (parts[1], gradients[1])
    let last = parts[0].shape.rank - 1
    let (rows, columns, k) = (parts[0].shape[last - 1], parts[2].shape[last], s.shape[last - 1])
    let u = try parts[0].slice(axis: last, start: 0, count: k)
    let vh = try parts[2].slice(axis: last - 1, start: 0, count: k)
    let du = try gradients[0].slice(axis: last, start: 0, count: k)
    let dvh = try gradients[2].slice(axis: last - 1, start: 0, count: k)
    let uPart = try u.matmul(du, transposeA: true)
    let vPart = try vh.matmul(dvh, transposeB: true)
    let squares = try s.square()
    let inner =
      try uPart.turned(apart: squares) * s.asRow() + s.asColumn() * vPart.turned(apart: squares) + ds.onDiagonal()
    var result = try u.matmul(inner).matmul(vh)
    guard rows != columns else { return result }
    let inverse = try s.reciprocalOrZero()
    if rows > k { result = try result + ((du - u.matmul(uPart)) * inverse.asRow()).matmul(vh) }
    if columns > k { result = try result + u.matmul(inverse.asColumn() * (dvh - vPart.exchangingRowsAndColumns().matmul(vh))) }
    let (moreU, moreV) = (parts[0].shape[last] - k, parts[2].shape[last - 1] - k)
    if moreU > 0 {
      let (rest, dRest) = (
        try parts[0].slice(axis: last, start: k, count: moreU), try gradients[0].slice(axis: last, start: k, count: moreU)
      )
      result = try result - rest.matmul(dRest.matmul(u, transposeA: true) * inverse.asRow()).matmul(vh)
    }
    if moreV > 0 {
      let (rest, dRest) = (
        try parts[2].slice(axis: last - 1, start: k, count: moreV), try gradients[2].slice(axis: last - 1, start: k, count: moreV)
      )
      result = try result - u.matmul(inverse.asColumn() * vh.matmul(dRest, transposeB: true)).matmul(rest)
    }
    return result
  }

  static func svdParts(_ shape: Shape, full: Bool) throws(TensorError) -> [[Int]] {
    let (_, rows, columns) = try shape.matrices(in: "svd")
    let k = Swift.min(rows, columns)
    return [[rows, full ? rows : k], [k], [full ? columns : k, columns]]
  }

  /// The eigenvalues of the symmetric part of each matrix, rising, then the eigenvectors as columns.
  public static let eigh: Operation = .init(
    "eigh", arity: .exactly(1), shape: { shapes, _ in try packed(eighParts(shapes[0]), shapes[0]) },
    derivative: .pullback { it, upstream, _ in
      let parts = try eighParts(it.x.shape)
      let (out, gradients) = (try it.output.parts(parts), try upstream.parts(parts))
      let v = out[1]
      let inner = try v.matmul(gradients[1], transposeA: true).turned(apart: out[0]) * 0.5 + gradients[0].onDiagonal()
      return try v.matmul(inner).matmul(v, transposeB: true)
    },
    formulas: ["z·v = v·diag(w), ∂wᵢ = vᵢᵀ·∂z·vᵢ"], source: "Giles 2008",
    cost: { inputs, output, attributes in 4 * cubic(inputs, output, attributes) },
    examples: [Example([.heavy([3, 3])]), Example([.heavy([2, 2, 2])])], dtype: floating
  ) { inputs, _ in
    let (values, vectors) = try inputs[0].value.eigh()
    return try Tensor.packed([values, vectors], eighParts(inputs[0].shape))
  }

  static func eighParts(_ shape: Shape) throws(TensorError) -> [[Int]] {
    let (_, n) = try shape.squareMatrices(in: "eigh")
    return [[n], [n, n]]
  }

  /// The shape of a result that holds such parts for each matrix of a stack.
  private static func packed(_ parts: [[Int]], _ shape: Shape) throws(TensorError) -> Shape {
    try Shape(shape.dimensions.dropLast(2) + [parts.reduce(0) { $0 + $1.reduce(1, *) }])
  }
}

extension Variable {
  /// The difference between each of these matrices and its mirror image, entry (i, j) divided by `numbers`ⱼ − `numbers`ᵢ; 0
  /// where the two are equal.
  fileprivate func turned(apart numbers: Variable) throws(TensorError) -> Variable {
    let distance = try numbers.asRow() - numbers.asColumn()
    return try (self - exchangingRowsAndColumns()) * distance.reciprocalOrZero()
  }

  fileprivate func reciprocalOrZero() throws(TensorError) -> Variable {
    let isZero = try equal(0)
    return try isZero.select(zerosLike(), else: 1 / isZero.select(onesLike(), else: self))
  }
}
