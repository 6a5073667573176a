import Tensors
import Testing

/// Expected values from NumPy 2.4 and SciPy 1.17.
@Suite struct UnaryTests {
  private static let signed = [-2.5, -1.0, -0.3, 0.0, 0.3, 1.0, 2.5]
  private static let positive = [0.01, 0.3, 1.0, 2.0, 7.5, 100.0, 1e6]

  private static let ofSigned: [UnaryOperation: [Double]] = [
    .negate: [2.5, 1.0, 0.3, -0.0, -0.3, -1.0, -2.5],
    .abs: [2.5, 1.0, 0.3, 0.0, 0.3, 1.0, 2.5],
    .sign: [-1.0, -1.0, -1.0, 0.0, 1.0, 1.0, 1.0],
    .square: [6.25, 1.0, 0.09, 0.0, 0.09, 1.0, 6.25],
    .exp: [
      0.0820849986238988, 0.36787944117144233, 0.7408182206817179, 1.0, 1.3498588075760032, 2.718281828459045, 12.182493960703473,
    ],
    .expm1: [
      -0.9179150013761012, -0.6321205588285577, -0.2591817793182821, 0.0, 0.3498588075760031, 1.7182818284590453,
      11.182493960703473,
    ],
    .sin: [
      -0.5984721441039565, -0.8414709848078965, -0.29552020666133955, 0.0, 0.29552020666133955, 0.8414709848078965,
      0.5984721441039565,
    ],
    .cos: [
      -0.8011436155469337, 0.5403023058681398, 0.955336489125606, 1.0, 0.955336489125606, 0.5403023058681398, -0.8011436155469337,
    ],
    .tan: [
      0.7470222972386603, -1.5574077246549023, -0.3093362496096232, 0.0, 0.3093362496096232, 1.5574077246549023,
      -0.7470222972386603,
    ],
    .sinh: [
      -6.0502044810397875, -1.1752011936438014, -0.3045202934471426, 0.0, 0.3045202934471426, 1.1752011936438014,
      6.0502044810397875,
    ],
    .cosh: [
      6.132289479663686, 1.5430806348152437, 1.0453385141288605, 1.0, 1.0453385141288605, 1.5430806348152437, 6.132289479663686,
    ],
    .tanh: [
      -0.9866142981514303, -0.7615941559557649, -0.2913126124515909, 0.0, 0.2913126124515909, 0.7615941559557649,
      0.9866142981514303,
    ],
    .erf: [
      -0.999593047982555, -0.8427007929497148, -0.3286267594591274, 0.0, 0.3286267594591274, 0.8427007929497148,
      0.999593047982555,
    ],
    .round: [-2.0, -1.0, -0.0, 0.0, 0.0, 1.0, 2.0],
    .floor: [-3.0, -1.0, -1.0, 0.0, 0.0, 1.0, 2.0],
    .ceil: [-2.0, -1.0, -0.0, 0.0, 1.0, 1.0, 3.0],
    .sigmoid: [
      0.07585818002124355, 0.2689414213699951, 0.425557483188341, 0.5, 0.574442516811659, 0.7310585786300049, 0.9241418199787566,
    ],
    .relu: [0.0, 0.0, 0.0, 0.0, 0.3, 1.0, 2.5],
    .leakyRelu: [-0.025, -0.01, -0.003, 0.0, 0.3, 1.0, 2.5],
    .elu: [-0.9179150013761012, -0.6321205588285577, -0.2591817793182821, 0.0, 0.3, 1.0, 2.5],
    .selu: [
      -1.6137857588732423, -1.1113307378125625, -0.4556673153791221, 0.0, 0.31521029620664415, 1.0507009873554805,
      2.626752468388701,
    ],
    .gelu: [
      -0.015524163314440346, -0.15865525393145707, -0.1146265733433142, 0.0, 0.18537342665668577, 0.8413447460685429,
      2.4844758366855597,
    ],
    .geluTanh: [
      -0.015084266089998577, -0.1588080093917233, -0.11462907645724076, 0.0, 0.18537092354275922, 0.8411919906082768,
      2.484915733910001,
    ],
    .silu: [
      -0.18964545005310887, -0.2689414213699951, -0.1276672449565023, 0.0, 0.1723327550434977, 0.7310585786300049,
      2.3103545499468914,
    ],
    .softplus: [
      0.07888973429254963, 0.31326168751822286, 0.5543552444685271, 0.6931471805599453, 0.8543552444685272, 1.3132616875182228,
      2.5788897342925496,
    ],
    .softsign: [-0.7142857142857143, -0.5, -0.23076923076923075, 0.0, 0.23076923076923075, 0.5, 0.7142857142857143],
    .mish: [
      -0.19681620390653332, -0.30340146137410895, -0.15113317713833455, 0.0, 0.20800137234811503, 0.8650983882673103,
      2.471392304557881,
    ],
    .hardSigmoid: [0.08333333333333331, 0.33333333333333337, 0.45, 0.5, 0.55, 0.6666666666666666, 0.9166666666666667],
  ]

  private static let ofPositive: [UnaryOperation: [Double]] = [
    .sqrt: [0.1, 0.5477225575051661, 1.0, 1.4142135623730951, 2.7386127875258306, 10.0, 1000.0],
    .log: [
      -4.605170185988091, -1.2039728043259361, 0.0, 0.6931471805599453, 2.0149030205422647, 4.605170185988092, 13.815510557964274,
    ],
    .log1p: [
      0.009950330853168083, 0.26236426446749106, 0.6931471805599453, 1.0986122886681098, 2.1400661634962708, 4.61512051684126,
      13.815511557963774,
    ],
    .log2: [-6.643856189774724, -1.7369655941662063, 0.0, 1.0, 2.9068905956085187, 6.643856189774724, 19.931568569324174],
    .log10: [-2.0, -0.5228787452803376, 0.0, 0.3010299956639812, 0.8750612633917001, 2.0, 6.0],
  ]

  @Test(arguments: UnaryOperation.allCases)
  func `operations agree with NumPy in both floats`(operation: UnaryOperation) throws {
    let ofSigned = UnaryTests.ofSigned[operation]
    let inputs = ofSigned == nil ? UnaryTests.positive : UnaryTests.signed
    let results = try #require(ofSigned ?? UnaryTests.ofPositive[operation])
    for (dtype, tolerance) in [(DType.float64, 4e-16), (.float32, 4e-7)] {
      let found = try Tensor(inputs, dtype: dtype).apply(operation)
      #expect(found.dtype == dtype)
      // The inputs are rounded to float32 too, so errors are measured against 1 where the result is smaller.
      for (x, (y, expected)) in zip(inputs, zip(found.doubles, results)) {
        #expect(abs(y - expected) <= tolerance * max(abs(expected), 1), "\(operation)(\(x)) in \(dtype)")
      }
    }
  }

  private static let ofLarge: [UnaryOperation: [Double]] = [
    .sigmoid: [0, 0.5, 1], .softplus: [0, 0.6931471805599453, 1000], .tanh: [-1, 0, 1], .relu: [0, 0, 1000], .silu: [0, 0, 1000],
    .gelu: [0, 0, 1000], .geluTanh: [0, 0, 1000], .mish: [0, 0, 1000], .erf: [-1, 0, 1], .elu: [-1, 0, 1000],
    .exp: [0, 1, .infinity], .expm1: [-1, 0, .infinity], .hardSigmoid: [0, 0.5, 1],
  ]

  @Test(arguments: ofLarge.keys.sorted { $0.rawValue < $1.rawValue })
  func `large arguments neither overflow nor lose the limit`(operation: UnaryOperation) throws {
    let results = try #require(UnaryTests.ofLarge[operation])
    for dtype in [DType.float64, .float32] {
      let found = try Tensor([-1000, 0, 1000] as [Double], dtype: dtype).apply(operation).doubles
      for (y, expected) in zip(found, results) { #expect(y == expected || abs(y - expected) < 1e-7, "\(operation) gave \(y)") }
    }
  }

  @Test(arguments: UnaryOperation.allCases)
  func `nan stays nan`(operation: UnaryOperation) throws {
    for dtype in [DType.float64, .float32] {
      // More than one vector's worth, so that whole vectors and the rest are both tried.
      let found = try Tensor.full([37], .nan, dtype: dtype).apply(operation)
      #expect(found.doubles.allSatisfy { $0.isNaN })
    }
  }

  @Test func `whole numbers stay whole or become the default float`() throws {
    let x = try Tensor([-2, 0, 3])
    #expect(try x.abs().dtype == .int64)
    #expect(try x.abs().ints() == [2, 0, 3])
    #expect(try x.square().ints() == [4, 0, 9])
    #expect(try x.exp().dtype == .float32)
    #expect(try Tensor([true, false]).negate().ints() == [-1, 0])
    #expect(throws: TensorError(.integerOverflow(operation: "abs"))) { try Tensor([Int.min]).abs() }
  }
}
