import Tensors

extension Operation {
  static let products = [matmul]

  /// The matrix product of the last two dimensions, with broadcasting of those before; each side may be transposed first.
  public static let matmul: Operation = .init(
    "matmul", arity: .exactly(2),
    shape: { shapes, attributes in
      let (left, right) = attributes.transposes
      return try shapes[0].product(with: shapes[1], transposesLeft: left, transposesRight: right, in: "matmul")
    },
    derivative: .pullback { it, upstream, i in
      let (left, right) = it.attributes.transposes
      let (a, b) = (it.inputs[0], it.inputs[1])
      return switch (i, left, right) {
      case (0, false, _): try upstream.matmul(b, transposesRight: !right)
      case (0, true, _): try b.matmul(upstream, transposesLeft: right, transposesRight: true)
      case (_, _, false): try a.matmul(upstream, transposesLeft: !left)
      default: try upstream.matmul(a, transposesLeft: true, transposesRight: left)
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
    return try inputs[0].value.matmul(inputs[1].value, transposesLeft: left, transposesRight: right)
  }
}
