import Tensors

extension Operation {
  static let products = [matmul, matmulAdd, einsum]

  /// The matrix product of the last two dimensions, with broadcasting of those before; each side may be transposed first.
  public static let matmul: Operation = .init(
    "matmul", arity: .exactly(2),
    shape: { shapes, attributes in
      let (left, right) = attributes.transposes
      return try shapes[0].product(with: shapes[1], transposeA: left, transposeB: right, in: "matmul")
    },
    derivative: .pullback { it, upstream, i in
      let (left, right) = it.attributes.transposes
      let (a, b) = (it.inputs[0], it.inputs[1])
      return switch (i, left, right) {
      case (0, false, _): try upstream.matmul(b, transposeB: !right)
      case (0, true, _): try b.matmul(upstream, transposeA: right, transposeB: true)
      case (_, _, false): try a.matmul(upstream, transposeA: !left)
      default: try upstream.matmul(a, transposeA: true, transposeB: left)
      }
    },
    formulas: ["b", "a"],
    cost: { inputs, output, attributes in
      output.count * inputs[0][inputs[0].rank - (attributes.transposes.left ? 2 : 1)]
    },
    examples: [
      Example([.anywhere([2, 3]), .anywhere([3, 4])], .transposes(left: false, right: false)),
      Example([.anywhere([3, 2]), .anywhere([3, 4])], .transposes(left: true, right: false)),
      Example([.anywhere([2, 3]), .anywhere([4, 3])], .transposes(left: false, right: true)),
      Example([.anywhere([3, 2]), .anywhere([4, 3])], .transposes(left: true, right: true)),
      Example([.anywhere([2, 2, 3]), .anywhere([3, 2])], .transposes(left: false, right: false)),
      Example([.anywhere([2, 1, 2, 3]), .anywhere([3, 3, 2])], .transposes(left: false, right: false)),
    ], dtype: counting
  ) { inputs, attributes in
    let (left, right) = attributes.transposes
    return try Tensor.matmul(inputs[0].value, inputs[1].value, transposeA: left, transposeB: right)
  }

  /// A matrix, and the product of two others added to it: what plans make of such a sum.
  public static let matmulAdd: Operation = .init(
    "matmul_add", arity: .exactly(3), shape: same,
    derivative: .pullback { it, upstream, i in
      if i == 0 { return upstream }
      let (left, right) = it.attributes.transposes
      let product = try it.inputs[1].apply(.matmul, with: it.inputs[2], .transposes(left: left, right: right))
      let application = Application(inputs: .two(it.inputs[1], it.inputs[2]), output: product, attributes: it.attributes)
      return try matmul.derivative.gradient(of: application, upstream: upstream, input: i - 1)
    },
    formulas: ["1", "b", "a"],
    cost: { inputs, output, attributes in output.count * inputs[1][attributes.transposes.left ? 0 : 1] },
    examples: [
      Example([.anywhere([2, 4]), .anywhere([2, 3]), .anywhere([3, 4])], .transposes(left: false, right: false)),
      Example([.anywhere([2, 4]), .anywhere([3, 2]), .anywhere([4, 3])], .transposes(left: true, right: true)),
    ], dtype: counting
  ) { inputs, attributes in
    let (left, right) = attributes.transposes
    return try inputs[0].value.add(.matmul(inputs[1].value, inputs[2].value, transposeA: left, transposeB: right))
  }

  /// Einstein's summation of operands whose letters differ, each letter being one of the result or of another operand.
  public static let einsum: Operation = .init(
    "einsum", arity: .any,
    shape: { shapes, attributes in
      let sizes = try attributes.formula.sizes(shapes)
      return try Shape(attributes.formula.output.map { sizes[$0] ?? 1 })
    },
    derivative: .pullback { it, upstream, i in
      var operands = it.inputs.all
      operands[i] = upstream
      return try Variable.apply(.einsum, Inputs(operands), .formula(it.attributes.formula.adjoint(of: i).text))
    },
    formulas: ["the product of the others"],
    cost: { inputs, _, attributes in (try? attributes.formula.sizes(inputs))?.values.reduce(1, *) ?? 0 },
    examples: [
      Example([.anywhere([2, 3]), .anywhere([3, 2])], .formula("ij,jk->ki")),
      Example([.anywhere([2]), .anywhere([2, 3]), .anywhere([3])], .formula("i,ij,j->")),
      Example([.anywhere([2]), .anywhere([3])], .formula("a,b->ba")),
      Example([.anywhere([2, 2, 3]), .anywhere([2, 3, 2])], .formula("bij,bjk->bik")),
    ], dtype: counting
  ) { inputs, attributes in try Tensor.einsum(attributes.formula, inputs.all.map(\.value)) }
}
