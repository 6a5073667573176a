import Tensors

// Of square matrices, and stacks of them.
extension Operation {
  static let inverses = [det, cofactors, inv, solve, pinv, cholesky]

  /// The determinant of each matrix.
  public static let det: Operation = .init(
    "det", arity: .exactly(1), shape: { shapes, _ in try shapes[0].squareMatrices(in: "det").stack },
    derivative: .pullback { it, upstream, _ in try upstream.overMatrices() * it.x.apply(.cofactors) },
    formulas: ["|z|·z⁻ᵀ"], source: "Giles 2008", cost: cubic,
    examples: [Example([.heavy([3, 3])]), Example([.heavy([2, 2, 2])]), Example([.anywhere([1, 1])])], dtype: floating
  ) { inputs, _ in try inputs[0].value.det() }

  /// The slopes of the determinant, of singular matrices too; the second slopes are those of regular ones.
  public static let cofactors: Operation = .init(
    "cofactors", arity: .exactly(1),
    shape: { shapes, _ in
      _ = try shapes[0].squareMatrices(in: "det"); return shapes[0]
    },
    derivative: .pullback { it, upstream, _ in
      let c = it.output
      let along = try (upstream * c).sum(axes: [-2, -1]).overMatrices() * c
      let across = try c.matmul(upstream, transposeB: true).matmul(c)
      return try (along - across) / it.x.apply(.det).overMatrices()
    },
    formulas: ["(c·c − c·c)/|z|"], cost: cubic, examples: [Example([.heavy([3, 3])]), Example([.heavy([2, 2, 2])])],
    dtype: floating
  ) { inputs, _ in try inputs[0].value.cofactors() }

  public static let inv: Operation = .init(
    "inv", arity: .exactly(1),
    shape: { shapes, _ in
      _ = try shapes[0].squareMatrices(in: "inv"); return shapes[0]
    },
    derivative: .pullback { it, upstream, _ in
      try -(it.output.matmul(upstream, transposeA: true)).matmul(it.output, transposeB: true)
    },
    formulas: ["−y·∂z·y"], source: "Giles 2008", cost: cubic,
    examples: [Example([.heavy([3, 3])]), Example([.heavy([2, 2, 2])])], dtype: floating
  ) { inputs, _ in try inputs[0].value.inv() }

  /// `x` with `a·x = b`; both are stacks of the same shape.
  public static let solve: Operation = .init(
    "solve", arity: .exactly(2),
    shape: { shapes, _ in
      _ = try shapes[0].squareMatrices(in: "solve"); return shapes[1]
    },
    derivative: .pullback { it, upstream, i in
      let back = try it.x.exchangingRowsAndColumns().apply(.solve, with: upstream)
      return i == 1 ? back : try -(back.matmul(it.output, transposeB: true))
    },
    formulas: ["−a⁻¹·∂a·y", "a⁻¹"], source: "Giles 2008",
    cost: { inputs, output, _ in cubic(inputs, output, .none) + output.count * inputs[0][inputs[0].rank - 1] },
    examples: [
      Example([.heavy([3, 3]), .anywhere([3, 2])]), Example([.heavy([2, 2, 2]), .anywhere([2, 2, 1])]),
    ], dtype: floating
  ) { inputs, _ in try inputs[0].value.solve(inputs[1].value) }

  /// The inverse on what is not mapped to 0; `number` times the largest singular value is what counts as 0.
  public static let pinv: Operation = .init(
    "pinv", arity: .exactly(1),
    shape: { shapes, _ in
      let (stack, rows, columns) = try shapes[0].matrices(in: "pinv")
      return try Shape(stack.dimensions + [columns, rows])
    },
    derivative: .pullback { it, upstream, _ in
      let (a, p) = (it.x, it.output)
      // Each of the three terms of the differential, turned round.
      let through = try p.matmul(upstream, transposeA: true).matmul(p, transposeB: true)
      let inner = try upstream.matmul(p, transposeA: true).matmul(p, transposeB: true)
      let outer = try p.matmul(p, transposeA: true).matmul(upstream, transposeB: true)
      return try (inner - a.matmul(p).matmul(inner)) + (outer - outer.matmul(p).matmul(a)) - through
    },
    formulas: ["−y·∂z·y + y·yᵀ·∂zᵀ·(1 − z·y) + (1 − y·z)·∂zᵀ·yᵀ·y"], source: "Golub & Pereyra 1973", cost: cubic,
    examples: [
      Example([.heavy([3, 2])], .number(1e-15)), Example([.heavy([2, 3])], .number(1e-15)),
      Example([.heavy([2, 2, 2])], .number(1e-15)),
    ], dtype: floating
  ) { inputs, attributes in try inputs[0].value.pinv(cutoff: attributes.number) }

  /// The lower triangle whose product with its mirror image is the symmetric part of each matrix.
  public static let cholesky: Operation = .init(
    "cholesky", arity: .exactly(1),
    shape: { shapes, _ in
      _ = try shapes[0].squareMatrices(in: "cholesky"); return shapes[0]
    },
    derivative: .pullback { it, upstream, _ in
      let l = it.output
      let half = try l.matmul(upstream, transposeA: true).lowerHalf()
      let both = try (half + half.exchangingRowsAndColumns()) * 0.5
      let upper = try l.exchangingRowsAndColumns()
      return try upper.apply(.solve, with: upper.apply(.solve, with: both).exchangingRowsAndColumns())
    },
    formulas: ["y·Φ(y⁻¹·∂z·y⁻ᵀ), Φ: the lower triangle with half the diagonal"], source: "Murray 2016", cost: cubic,
    examples: [Example([.heavy([3, 3])]), Example([.heavy([2, 2, 2])]), Example([.between(0.5, 2, [1, 1])])], dtype: floating
  ) { inputs, _ in try inputs[0].value.cholesky() }

  /// Rows times columns times the smaller of the two, for each matrix.
  static let cubic: Cost = { inputs, _, _ in
    let shape = inputs[0]
    return shape.count * Swift.min(shape[shape.rank - 1], shape[shape.rank - 2])
  }
}

extension Example.Operand {
  /// Of a stack of matrices that are regular, and, where they are symmetric, positive definite.
  static func heavy(_ shape: Shape) -> Self { Self(shape: shape, domain: .heavyDiagonal) }
}
