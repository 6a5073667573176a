import Tensors
import Testing

@testable import Gradients

extension FuzzedOperation {
  static let algebra: [FuzzedOperation] = [
    FuzzedOperation(.det) { fuzz in
      let (x, slow) = try fuzz.matrices()
      fuzz.expect(
        slow.eachMatrix { [[$0.determinant]] }.map { SlowTensor(Array($0.shape.dropLast(2)), $0.values) }, "det of \(slow)"
      ) {
        try x.det()
      }
    },
    FuzzedOperation(.cofactors) { fuzz in
      let (x, slow) = try fuzz.matrices()
      fuzz.expect(slow.eachMatrix { $0.cofactors }, "cofactors of \(slow)", tolerance: 1e-4) { try x.apply(.cofactors) }
    },
    FuzzedOperation(.inv) { fuzz in
      let (x, slow) = try fuzz.matrices()
      guard slow.areRegular else { return }
      fuzz.expect(slow.eachMatrix { $0.inverse }, "inv of \(slow)", tolerance: 1e-3) { try x.inv() }
    },
    FuzzedOperation(.solve) { fuzz in
      let (a, slow) = try fuzz.matrices()
      let n = slow.shape[slow.shape.count - 1]
      let size = fuzz.happens(0.1) ? n + 1 : n
      let right = fuzz.happens(0.3) ? [size] : fuzz.partner(of: Array(slow.shape.dropLast(2))) + [size, fuzz.whole(0...2)]
      let (b, slowB) = try fuzz.numbers(right)
      guard slow.areRegular else { return }
      let expected = slow.eachMatrix { $0.inverse }?.product(slowB)
      fuzz.expect(expected, "solve \(slow) for \(slowB.shape)", tolerance: 1e-3) { try a.solve(b) }
    },
    FuzzedOperation(.pinv) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape(0...1) + fuzz.shape(2...2))
      let p = try x.pinv()
      fuzz.expect(slow, "x p x of \(slow)", tolerance: 1e-3) { try x.matmul(p).matmul(x) }
      fuzz.expect(SlowTensor(p.shape.dimensions, p.value.doubles), "p x p of \(slow)", tolerance: 1e-3) {
        try p.matmul(x).matmul(p)
      }
    },
    FuzzedOperation(.cholesky) { fuzz in
      let (half, slow) = try fuzz.matrices()
      guard slow.isSquare else { return fuzz.expect(nil, "cholesky of \(slow.shape)") { try half.cholesky() } }
      let x = try half.matmul(half, transposeB: true) + Variable(Tensor.eye(slow.shape[slow.shape.count - 1], dtype: half.dtype))
      let lower = try x.cholesky()
      fuzz.expect(SlowTensor(x.shape.dimensions, x.value.doubles), "l lᵀ of \(slow)", tolerance: 1e-4) {
        try lower.tril().matmul(lower, transposeB: true)
      }
    },
    FuzzedOperation(.qr) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape(0...1) + fuzz.shape(2...2))
      let (q, r) = try x.qr()
      fuzz.expect(slow, "q r of \(slow)", tolerance: 1e-5) { try q.matmul(r.triu()) }
      fuzz.expectOrthonormal(q)
    },
    decomposition(.svd, full: false), decomposition(.fullSvd, full: true),
    FuzzedOperation(.eigh) { fuzz in
      let (x, slow) = try fuzz.matrices()
      guard slow.isSquare else { return fuzz.expect(nil, "eigh of \(slow.shape)") { try x.eigh().values } }
      let (values, vectors) = try x.eigh()
      let symmetric = try (x + x.exchangingRowsAndColumns()) * 0.5
      fuzz.expect(SlowTensor(slow.shape, symmetric.value.doubles), "v w vᵀ of \(slow)", tolerance: 1e-5) {
        try (vectors * values.asRow()).matmul(vectors, transposeB: true)
      }
      fuzz.expectOrthonormal(vectors)
    },
  ]

  private static func decomposition(_ operation: Operation, full: Bool) -> FuzzedOperation {
    FuzzedOperation(operation) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape(0...1) + fuzz.shape(2...2))
      let (u, s, vh) = try x.svd(full: full)
      let (last, k) = (x.shape.rank - 1, s.shape[s.shape.rank - 1])
      fuzz.expect(slow, "u s vh of \(slow)", tolerance: 1e-5) {
        try (u.slice(axis: last, start: 0, count: k) * s.asRow()).matmul(vh.slice(axis: last - 1, start: 0, count: k))
      }
      fuzz.expectOrthonormal(u)
      fuzz.expectOrthonormal(try vh.exchangingRowsAndColumns())
      #expect(try s.sort(descending: true).value.doubles == s.value.doubles)
    }
  }
}

extension Fuzz {
  /// Square matrices, now and then others, or none.
  mutating func matrices() throws -> (Variable, SlowTensor) {
    let n = whole(0...3)
    return try numbers(shape(0...1) + [n, happens(0.1) ? n + 1 : n])
  }

  func expectOrthonormal(_ columns: Variable) {
    let (stack, n) = (columns.shape.dimensions.dropLast(2), columns.shape[columns.shape.rank - 1])
    expect(SlowTensor(stack + [n, n]) { $0[$0.count - 1] == $0[$0.count - 2] ? 1 : 0 }, "columns of length 1", tolerance: 1e-5) {
      try columns.matmul(columns, transposeA: true)
    }
  }
}

extension SlowTensor {
  var isSquare: Bool { shape[shape.count - 1] == shape[shape.count - 2] }

  /// Whether no matrix is close to a singular one, or none is square.
  var areRegular: Bool { !isSquare || matrices.allSatisfy { abs($0.determinant) > 0.1 } }

  private var matrices: [[[Double]]] {
    let stack = Array(shape.dropLast(2))
    return SlowTensor.indices(stack).map { place in
      (0..<shape[shape.count - 2]).map { i in (0..<shape[shape.count - 1]).map { j in self[place + [i, j]] } }
    }
  }

  /// What `f` makes of each matrix; nil where they are not square.
  func eachMatrix(_ f: ([[Double]]) -> [[Double]]) -> SlowTensor? {
    guard isSquare else { return nil }
    let results = matrices.map(f)
    let rows = results.first.map { [$0.count, $0.first?.count ?? 0] } ?? Array(shape.suffix(2))
    return SlowTensor(shape.dropLast(2) + rows, results.flatMap { $0.flatMap { $0 } })
  }
}

extension [[Double]] {
  /// Without a row and a column.
  private func minor(_ row: Int, _ column: Int) -> [[Double]] {
    indices.filter { $0 != row }.map { i in indices.filter { $0 != column }.map { self[i][$0] } }
  }

  /// By the first row's cofactors.
  var determinant: Double {
    isEmpty ? 1 : indices.reduce(0) { $0 + self[0][$1] * ($1 % 2 == 0 ? 1 : -1) * minor(0, $1).determinant }
  }

  var cofactors: [[Double]] {
    indices.map { i in indices.map { j in ((i + j) % 2 == 0 ? 1 : -1) * minor(i, j).determinant } }
  }

  var inverse: [[Double]] {
    let (c, d) = (cofactors, determinant)
    return indices.map { i in indices.map { j in c[j][i] / d } }
  }
}
