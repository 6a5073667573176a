import Tensors

extension Operation {
  static let products = [matmul]

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
    ]
  ) { inputs, attributes in
    let (left, right) = attributes.transposes
    return try Tensor.matmul(inputs[0].value, inputs[1].value, transposeA: left, transposeB: right)
  }
}
