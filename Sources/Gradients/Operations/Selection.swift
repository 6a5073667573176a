import Tensors

extension Operation {
  static let selection = [`where`, maximum, minimum, clip]

  /// The second operand where the first is true, else the third.
  public static let `where` = Operation(
    "where", arity: .exactly(3), shape: broadcast("where"),
    derivative: .pullback { it, upstream, i in
      switch i {
      case 1: try it.x.select(upstream, else: upstream.zerosLike())
      case 2: try it.x.select(upstream.zerosLike(), else: upstream)
      default: nil
      }
    },
    formulas: ["1 if c, else 0", "0 if c, else 1"],
    examples: [
      Example([.bool([2, 3]), .anywhere([2, 3]), .anywhere([3])]),
      Example([.bool([2, 1]), .anywhere([]), .anywhere([2, 3])]),
    ], dtype: { inputs, _ in Tensor.commonType(inputs[1].data, inputs[2].data) }
  ) { inputs, _ in try Tensor.where(inputs[0].value, inputs[1].value, inputs[2].value) }

  /// The larger of two; where they are equal each gets half of the gradient.
  public static let maximum = extremum("maximum", ["1 if a > b, else 0", "1 if b > a, else 0"], kernel: { try $0.maximum($1) })

  /// The smaller of two; where they are equal each gets half of the gradient.
  public static let minimum = extremum("minimum", ["1 if a < b, else 0", "1 if b < a, else 0"], kernel: { try $0.minimum($1) })

  private static func extremum(_ name: String, _ formulas: [String], kernel: @escaping BinaryKernel) -> Operation {
    binary(
      name, formulas,
      at: [[.between(-2, -0.1, [2, 3]), .between(0.1, 2, [3])], [.between(0.1, 2, []), .between(-2, -0.1, [2])]],
      kinks: .whereEqual, kernel: kernel,
      derivative: .pullback { it, upstream, i in
        let isTaken = try it.inputs[i].equal(it.output).cast(to: upstream.dtype)
        let isTie = try it.inputs[0].equal(it.inputs[1]).cast(to: upstream.dtype)
        return try upstream * (isTaken - isTie * 0.5)
      })
  }

  /// The entry, or the bound that it exceeds. Whole numbers have whole bounds.
  public static let clip = function(
    "clip", "1 if low ≤ z ≤ high, else 0", at: .eitherSign(0.1, 0.8), with: [.bounds(-0.5, 0.6), .bounds(-.infinity, 0.5)],
    kinks: { [$0.bounds.low, $0.bounds.high] },
    kernel: { x, attributes in
      let (low, high) = attributes.bounds
      if x.dtype.isFloat { return try x.clip(.number(low), .number(high)) }
      return try x.clip(.number(wholeBound(low.rounded(.up))), .number(wholeBound(high.rounded(.down))))
    }
  ) { try $0.x.equal($0.output).cast(to: $0.x.dtype) }

  private static func wholeBound(_ bound: Double) -> Int { Int(exactly: bound) ?? (bound > 0 ? .max : .min) }
}
