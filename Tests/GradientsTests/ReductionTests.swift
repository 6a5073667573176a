import Gradients
import Tensors
import Testing

/// Expected values from NumPy 2.4 for one tensor of shape [2, 2, 3].
@Suite struct ReductionTests {
  private static let values = [1.5, -2, 0.25, 3, 4.5, -1, 0, 2, -3.5, 6, 1, 2]

  private func tensor(_ dtype: DType = .float64) throws -> Tensor {
    try Tensor(ReductionTests.values, shape: [2, 2, 3], dtype: dtype)
  }

  private func expectClose(_ found: Tensor, _ expected: [Double], _ name: String) {
    #expect(found.count == expected.count)
    let tolerance = found.dtype == .float64 ? 1e-14 : 1e-6
    for (y, e) in zip(found.doubles, expected) { #expect(abs(y - e) <= tolerance * max(abs(e), 1), "\(name): \(y), not \(e)") }
  }

  static let table: [(axes: [Int]?, expected: [String: [Double]])] = [
    (
      nil,
      [
        "sum": [13.75], "mean": [1.1458333333333333], "var": [6.504774305555556], "std": [2.5504459032795728], "max": [6.0],
        "min": [-3.5], "prod": [0.0], "median": [1.25], "lse": [6.288466149403801], "q.3": [0.07499999999999996],
        "norm": [9.685685313905259],
      ]
    ),
    (
      [0],
      [
        "sum": [1.5, 0.0, -3.25, 9.0, 5.5, 1.0], "mean": [0.75, 0.0, -1.625, 4.5, 2.75, 0.5],
        "var": [0.5625, 4.0, 3.515625, 2.25, 3.0625, 2.25], "std": [0.75, 2.0, 1.875, 1.5, 1.75, 1.5],
        "max": [1.5, 2.0, 0.25, 6.0, 4.5, 2.0], "min": [0.0, -2.0, -3.5, 3.0, 1.0, -1.0],
        "prod": [0.0, -4.0, -0.875, 18.0, 4.5, -2.0],
        "median": [0.75, 0.0, -1.625, 4.5, 2.75, 0.5],
        "lse": [
          1.7014132779827524, 2.01814992791781, 0.27324546437242503, 6.048587351573742, 4.529750418272621, 2.048587351573742,
        ],
        "q.3": [0.45, -0.8, -2.375, 3.9, 2.05, -0.1],
        "norm": [1.5, 2.8284271247461903, 3.5089172119045497, 6.708203932499369, 4.6097722286464435, 2.23606797749979],
      ]
    ),
    (
      [1],
      [
        "sum": [4.5, 2.5, -0.75, 6.0, 3.0, -1.5], "mean": [2.25, 1.25, -0.375, 3.0, 1.5, -0.75],
        "var": [0.5625, 10.5625, 0.390625, 9.0, 0.25, 7.5625], "std": [0.75, 3.25, 0.625, 3.0, 0.5, 2.75],
        "max": [3.0, 4.5, 0.25, 6.0, 2.0, 2.0], "min": [1.5, -2.0, -1.0, 0.0, 1.0, -3.5],
        "prod": [4.5, -9.0, -0.25, 0.0, 2.0, -7.0],
        "median": [2.25, 1.25, -0.375, 3.0, 1.5, -0.75],
        "lse": [
          3.2014132779827524, 4.501502310159754, 0.5019290813453728, 6.00247568513773, 2.3132616875182226, 2.0040784432705707,
        ],
        "q.3": [1.95, -0.05, -0.625, 1.8, 1.3, -1.85],
        "norm": [3.3541019662496847, 4.924428900898052, 1.0307764064044151, 6.0, 2.23606797749979, 4.031128874149275],
      ]
    ),
    (
      [-1],
      [
        "sum": [-0.25, 6.5, -1.5, 9.0], "mean": [-0.08333333333333333, 2.1666666666666665, -0.5, 3.0],
        "var": [2.097222222222222, 5.388888888888889, 5.166666666666667, 4.666666666666667],
        "std": [1.448178933081897, 2.3213980461973533, 2.273030282830976, 2.160246899469287], "max": [1.5, 4.5, 2.0, 6.0],
        "min": [-2.0, -1.0, -3.5, 1.0], "prod": [-0.75, -13.5, 0.0, 12.0], "median": [0.25, 3.0, 0.0, 2.0],
        "lse": [1.775130262247635, 4.704748948461113, 2.130521164270609, 6.024744890138822], "q.3": [-0.65, 1.4, -1.4, 1.6],
        "norm": [2.5124689052802225, 5.5, 4.031128874149275, 6.4031242374328485],
      ]
    ),
    (
      [0, 2],
      [
        "sum": [-1.75, 15.5], "mean": [-0.2916666666666667, 2.5833333333333335], "var": [3.6753472222222228, 5.201388888888889],
        "std": [1.9171195117212236, 2.280655363900668], "max": [2.0, 6.0], "min": [-3.5, -1.0], "prod": [0.0, -162.0],
        "median": [0.125, 2.5], "lse": [2.6616783381668894, 6.261504430585239], "q.3": [-1.0, 1.5],
        "norm": [4.75, 8.440971508067067],
      ]
    ),
    (
      [1, 2],
      [
        "sum": [6.25, 7.5], "mean": [1.0416666666666667, 1.25], "var": [5.008680555555556, 7.979166666666667],
        "std": [2.2380081669992977, 2.8247418761130487], "max": [4.5, 6.0], "min": [-2.0, -3.5], "prod": [10.125, 0.0],
        "median": [0.875, 1.5], "lse": [4.756788497233325, 6.044899585467033], "q.3": [-0.375, 0.5],
        "norm": [6.046693311223912, 7.566372975210778],
      ]
    ),
  ]

  @Test(arguments: table)
  func `reductions agree with NumPy along any axes`(axes: [Int]?, expected: [String: [Double]]) throws {
    for dtype in [DType.float64, .float32] {
      let x = try tensor(dtype)
      let v = Variable(x)
      let found = [
        "sum": try x.sum(axes: axes), "mean": try x.mean(axes: axes), "max": try x.max(axes: axes), "min": try x.min(axes: axes),
        "lse": try x.logsumexp(axes: axes), "norm": try x.norm(axes: axes), "var": try v.var(axes: axes).value,
        "std": try v.std(axes: axes).value, "prod": try v.prod(axes: axes).value, "median": try v.median(axes: axes).value,
        "q.3": try v.quantile(0.3, axes: axes).value,
      ]
      for (name, values) in expected {
        let result = try #require(found[name])
        #expect(result.dtype == dtype)
        expectClose(result, values, name)
      }
    }
  }

  @Test func `keepdims leaves sizes of 1`() throws {
    let x = try tensor()
    #expect(try x.sum(axes: [0, 2], keepdims: true).shape == [1, 2, 1])
    #expect(try x.sum(axes: [0, 2]).shape == [2])
    #expect(try x.max(keepdims: true).shape == [1, 1, 1])
    #expect(try x.logsumexp(axes: [1], keepdims: true).shape == [2, 1, 3])
    #expect(try x.sum(axes: []).doubles == x.doubles)
  }

  @Test func `places of extremes agree with NumPy`() throws {
    let x = try tensor(.float32)
    #expect(try x.argmax().ints() == [9])
    #expect(try x.argmax(axis: 0).ints() == [0, 1, 0, 1, 0, 1])
    #expect(try x.argmax(axis: -1).ints() == [0, 1, 1, 0])
    #expect(try x.argmin(axis: 1, keepdims: true).shape == [2, 1, 3])
    #expect(try x.argmin(axis: 2).ints() == [1, 2, 2, 1])
    #expect(try Tensor([1, .nan, 3, .nan] as [Double]).argmax().ints() == [1])
    #expect(try Tensor([1, .nan, 3] as [Double]).max().item().isNaN)
  }

  @Test func `running sums and products agree with NumPy`() throws {
    let x = try tensor()
    expectClose(
      try x.reshape([12]).cumsum(axis: 0), [1.5, -0.5, -0.25, 2.75, 7.25, 6.25, 6.25, 8.25, 4.75, 10.75, 11.75, 13.75], "cumsum")
    expectClose(try x.cumsum(axis: 1), [1.5, -2, 0.25, 4.5, 2.5, -0.75, 0, 2, -3.5, 6, 3, -1.5], "cumsum")
    expectClose(try Variable(x).cumprod(axis: 2).value, [1.5, -3, -0.75, 3, 13.5, -13.5, 0, 0, 0, 6, 6, 12], "cumprod")
    expectClose(try Variable(x).diff(axis: 0).value, [-1.5, 4, -3.75, 3, -3.5, 3], "diff")
    expectClose(try Variable(x).diff(axis: 2).value, [-3.5, 2.25, 1.5, -5.5, 2, -5.5, -5, 1], "diff")
    expectClose(try Variable(x).diff(2, axis: 2).value, [5.75, -7, -7.5, 6], "diff of diff")
    #expect(try Tensor([1, 2, 3]).cumsum(axis: 0).ints() == [1, 3, 6])
  }

  @Test(arguments: [
    (
      1,
      [
        0.18242552380635635, 0.0015011822567369917, 0.7772998611746911, 0.8175744761936437, 0.998498817743263,
        0.22270013882530887,
        0.0024726231566347743, 0.7310585786300049, 0.004070137715896128, 0.9975273768433652, 0.2689414213699951,
        0.995929862284104,
      ]
    ),
    (
      -1,
      [
        0.7594731860969824, 0.022934102999540434, 0.2175927109034773, 0.18181802614139614, 0.8148518605483356,
        0.003330113310268243,
        0.11877537623686384, 0.8776379181857814, 0.0035867055773547147, 0.9755587549443864, 0.0065732631853090825,
        0.017867981870304504,
      ]
    ),
  ])
  func `softmax agrees with NumPy`(axis: Int, expected: [Double]) throws {
    for dtype in [DType.float64, .float32] {
      expectClose(try tensor(dtype).softmax(axis: axis), expected, "softmax")
      expectClose(try tensor(dtype).logSoftmax(axis: axis).exp(), expected, "log_softmax")
    }
  }

  @Test func `softmax of large numbers neither overflows nor underflows`() throws {
    let x = try Tensor([1000, 1000, -1000] as [Double])
    #expect(try x.softmax().doubles == [0.5, 0.5, 0])
    #expect(try x.logSoftmax().doubles[2] == Double(Float(-2000.6931471805599)))
    #expect(try Tensor([-Double.infinity, -.infinity]).logsumexp().item() == -.infinity)
  }

  @Test func `sums of many numbers stay exact and do not depend on where the data lies`() throws {
    let x = try Tensor.full([1_000_003], 0.1)
    #expect(try x.sum().item() == Double(Float(Double(Float(0.1)) * 1_000_003)))
    var random = RandomStream(seed: 7)
    let y = try random.normal([1001])
    let shifted = try Tensor.concat([.zeros([1]), y])
    #expect(try shifted.subscripted([.slice(start: 1, stop: nil, step: 1)]).sum().item() == y.sum().item())
  }

  @Test func `sums of whole numbers and bools are whole numbers`() throws {
    #expect(try Tensor([true, true, false]).sum().dtype == .int64)
    #expect(try Tensor([true, true, false]).mean().item() == Double(Float(2.0 / 3)))
    #expect(try Tensor([1, 2, 3, 4], shape: [2, 2]).sum(axes: [0]).ints() == [4, 6])
    #expect(throws: TensorError(.integerOverflow(operation: "sum"))) { try Tensor([Int.max, 1]).sum() }
    #expect(try Tensor([0.0, 1, 0], shape: [3]).any().bools == [true])
    #expect(try Tensor([0, 1, 2, 3], shape: [2, 2]).all(axes: [1]).bools == [false, true])
  }

  @Test func `reductions of nothing have a value where there is one`() throws {
    let nothing = try Tensor.zeros([0, 3])
    #expect(try nothing.sum(axes: [0]).doubles == [0, 0, 0])
    #expect(try Variable(nothing).prod(axes: [0]).value.doubles == [1, 1, 1])
    #expect(try Variable(nothing.cast(to: .int64)).prod().dtype == .int64)
    #expect(try nothing.max(axes: [1]).shape == [0])
    #expect(throws: TensorError(.nothingToReduce(operation: "max", shape: [0, 3]))) { try nothing.max() }
    #expect(throws: TensorError(.nothingToReduce(operation: "mean", shape: [0, 3]))) { try nothing.mean() }
    #expect(throws: TensorError(.axisOutOfRange(operation: "sum", axis: 2, shape: [0, 3]))) { try nothing.sum(axes: [2]) }
    #expect(throws: TensorError(.repeatedAxis(operation: "sum", axes: [0, -2]))) { try nothing.sum(axes: [0, -2]) }
  }
}
