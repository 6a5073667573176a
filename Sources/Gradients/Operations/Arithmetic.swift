import Tensors

extension Operation {
  static let arithmetic = [
    add, subtract, multiply, divide, power, floorDivide, remainder, negate, absolute, sign, square, sqrt,
    round, floor, ceil,
  ]

  public static let add = binary(
    "add", ["1", "1"], kernel: { try $0.add($1) },
    derivative: .pullback { _, upstream, _ in upstream })

  public static let subtract = binary(
    "subtract", ["1", "−1"], kernel: { try $0.subtract($1) },
    derivative: .pullback { _, upstream, i in i == 0 ? upstream : try -upstream })

  public static let multiply = binary(
    "multiply", ["b", "a"], kernel: { try $0.multiply($1) },
    derivative: .slopes([{ $0.inputs[1] }, { $0.inputs[0] }]))

  public static let divide = binary(
    "divide", ["1/b", "−a/b²"],
    at: [
      [.anywhere([2, 3]), .eitherSign(0.5, 2, [3])], [.anywhere([]), .eitherSign(0.5, 2, [2, 1])],
    ],
    kernel: { try $0.divide($1) },
    derivative: .pullback { it, upstream, i in
      i == 0 ? try upstream / it.inputs[1] : try -(upstream * it.output / it.inputs[1])
    })

  /// `aᵇ`. Where both are 0 the slope in `a` is 0, and where `a` is 0 that in `b` is 0.
  public static let power = binary(
    "power", ["b·aᵇ⁻¹", "aᵇ·ln a"],
    at: [
      [.between(0.5, 2, [2, 3]), .anywhere([3])], [.between(0.5, 2, [2, 1]), .anywhere([])],
      [.between(0.5, 2, []), .anywhere([2])],
    ],
    kernel: { try $0.power($1) },
    derivative: .slopes([
      { it in
        // Where both are 0 the exponent is taken for 1: 0 · 0⁻¹ and its derivatives would be no numbers.
        let b = it.inputs[1]
        let areZero = try it.x.equal(0).logicalAnd(b.equal(0))
        return try b * it.x.power(areZero.select(b.onesLike(), else: b) - 1)
      },
      { it in
        // The logarithm of 1 instead of 0: what is not chosen must not spoil the second derivative.
        try it.output * it.x.equal(0).select(it.x.onesLike(), else: it.x).log()
      },
    ]))

  public static let floorDivide = binary(
    "floor_divide", ["0", "0"], at: [[.between(0.2, 0.8, [2, 3]), .between(0.9, 1, [3])]],
    kernel: { try $0.floorDivide($1) },
    derivative: .slopes([{ try $0.output.zerosLike() }, { try $0.output.zerosLike() }]))

  /// `a − b·⌊a/b⌋`, of the sign of `b`.
  public static let remainder = binary(
    "remainder", ["1", "−⌊a/b⌋"], at: [[.between(0.2, 0.8, [2, 3]), .between(0.9, 1, [3])]],
    kernel: { try $0.remainder($1) },
    derivative: .pullback { it, upstream, i in
      i == 0 ? upstream : try -(upstream * it.x.floorDivide(it.inputs[1]))
    })

  public static let negate = function("negate", "−1", kernel: { try $0.negate() }) { try -$0.x.onesLike() }

  public static let absolute = function(
    "abs", "sign(z)", at: .eitherSign(0.1, 2), kinks: [0], kernel: { try $0.abs() }
  ) { try $0.x.sign() }

  public static let sign = steps("sign", kernel: { try $0.sign() })

  public static let square = function("square", "2z", kernel: { try $0.square() }) { try 2 * $0.x }

  public static let sqrt = function(
    "sqrt", "1/(2√z)", at: .between(0.3, 2), kernel: { try $0.sqrt() }
  ) { try 0.5 / $0.output }

  public static let round = steps("round", kernel: { try $0.round() })
  public static let floor = steps("floor", kernel: { try $0.floor() })
  public static let ceil = steps("ceil", kernel: { try $0.ceil() })
}
