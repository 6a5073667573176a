import Testing

@testable import Gradients
@testable import Tensors

/// Instructions that are large enough to be shared out, beside the same operations recorded.
@Suite(.serialized) struct PartedPlanTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let shapes: [Shape]
    let body: @Sendable ([Variable]) throws -> Variable

    init(_ name: String, _ shapes: [Shape], body: @escaping @Sendable ([Variable]) throws -> Variable) {
      testDescription = name
      self.shapes = shapes
      self.body = body
    }

    /// The gradient in the first operand of half the sum of squares of what `body` gives.
    static func gradient(
      _ name: String, _ shapes: [Shape], body: @escaping @Sendable ([Variable]) throws -> Variable
    ) -> Case {
      Case(name, shapes) { inputs in
        try valueAndGradient(of: { try (body([$0[0]] + inputs.dropFirst()).square() * 0.5).sum() }, at: [inputs[0]]).1[0]
      }
    }

    static let all = [
      Case("sum of columns", [[3000, 333]]) { try $0[0].sum(axes: [0]) },
      Case("sum of rows", [[3000, 333]]) { try $0[0].sum(axes: [1]) },
      Case("sum in the middle", [[41, 50, 121]]) { try $0[0].sum(axes: [1]) },
      Case("softmax", [[301, 500]]) { try $0[0].softmax() },
      Case("log_softmax", [[301, 500]]) { try $0[0].logSoftmax() },
      Case("logsumexp", [[301, 500]]) { try $0[0].logsumexp(axes: [1]) },
      Case("transposed copy", [[301, 500]]) { try $0[0].transpose([1, 0]).reshape([301, 500]) },
      Case("a copy of few rows", [[3, 101, 700]]) { try $0[0].transpose([0, 2, 1]).reshape([3, 101, 700]) },
      Case("types", [[100_003]]) { try $0[0].cast(to: .float64) },
      Case("bools", [[300_003]]) { try $0[0].greater(0).cast(to: .float32).reshape([300_003]) },
      Case("entries taken", [[600, 70], [4001]]) { try $0[0].gather(places($0[1], below: 600)) },
      Case("entries taken of the second axis", [[3, 600, 70], [2001]]) { try $0[0].gather(places($0[1], below: 600), axis: 1) },
      Case("entries taken line by line", [[700, 150, 2], [700, 60, 2]]) {
        try $0[0].gatherAlong(axis: 1, places($0[1], below: 150))
      },
      .gradient("entries added", [[600, 70], [4001]]) { try $0[0].gather(places($0[1], below: 600)) },
      .gradient("entries added to the second axis", [[3, 600, 70], [2001]]) {
        try $0[0].gather(places($0[1], below: 600), axis: 1)
      },
      .gradient("entries added line by line", [[700, 150, 2], [700, 60, 2]]) {
        try $0[0].gatherAlong(axis: 1, places($0[1], below: 150))
      },
      Case("largest of windows", [[13, 3, 80, 81]]) { try $0[0].maxPool(size: [2, 3], stride: [2, 2], padding: [1, 1]) },
      .gradient("largest of windows, gradient", [[13, 3, 80, 81]]) { try $0[0].maxPool(size: [2, 2], stride: [2, 2]) },
      Case("means of windows", [[13, 3, 80, 81]]) { try $0[0].averagePool(size: [3, 3], stride: [2, 2], padding: [1, 1]) },
      .gradient("means of windows, gradient", [[13, 3, 80, 81]]) { try $0[0].averagePool(size: [3, 3], stride: [2, 2]) },
      Case("dropout", [[100, 1003]]) { inputs in
        let mask = try Variable.chance(seed: 3, stream: 5 << 20).dropoutMask(
          .init(place: 2, p: 0.4, shape: [100, 1003], dtype: .float32))
        return try inputs[0] * mask
      },
      Case("drawn", [[2]]) { inputs in
        try places(inputs[0], below: 1000).dropoutMask(.init(place: 1, p: 0.3, shape: [101, 1003], dtype: .float64))
      },
    ]

    /// Whole numbers below a limit that depend on the operand, some of them counted from the end.
    private static func places(_ x: Variable, below limit: Int) throws -> Variable {
      try (x * 1000).floor().remainder(Variable(Tensor(Double(2 * limit - 1), dtype: x.dtype))).subtract(Double(limit - 1))
        .cast(to: .int64)
    }
  }

  @Test(arguments: Case.all) func `parts give what is recorded, to the last bit with any number of threads`(it: Case) throws {
    var stream = RandomStream(seed: 9)
    let operands = try it.shapes.map { try stream.normal($0, dtype: .float32) }
    let (function, _) = try PlannedFunction.trace(at: operands) { [try it.body($0)] }
    #expect(function.firstRead == nil)
    let expected = try it.body(operands.map { Variable($0) }).value
    let before = ThreadPool.threadCount
    defer { ThreadPool.threadCount = before }
    var bits: Set<[UInt8]> = []
    for threads in [1, 2, 4] {
      ThreadPool.threadCount = threads
      for _ in 0..<3 {
        let found = try function(operands)[0]
        bits.insert(found.bytes)
        #expect(found.shape == expected.shape && zip(found.doubles, expected.doubles).allSatisfy { abs($0 - $1) <= 1e-5 })
      }
    }
    #expect(bits.count == 1)
  }

  @Test(arguments: [(0, 4), (1, 1 << 30), (1000, 16), (1_000_000, 4), (77, 5000), (100_003, 64)], [1, 16])
  func `parts cover all items once`(of: (items: Int, bytes: Int), unit: Int) {
    let parts = Parts(of.items, bytes: of.bytes, unit: unit)
    #expect((0..<parts.count).flatMap { Array(parts[$0]) } == Array(0..<of.items))
    #expect((0..<parts.count).allSatisfy { parts[$0].lowerBound % unit == 0 })
    #expect(of.items * of.bytes > 1 << 18 || parts.count == 1)
    #expect(parts.count <= 16)
  }

  @Test func `a place that does not exist is named before anything is taken`() throws {
    let operands = [try Tensor.ones([600, 70], dtype: .float32), try Tensor([Int](repeating: 5, count: 4000))]
    let (function, _) = try PlannedFunction.trace(at: operands) { [try $0[0].gather($0[1])] }
    var places = [Int](repeating: 5, count: 4000)
    places[3999] = 600
    #expect(throws: TensorError(.indexOutOfRange(index: 600, axis: 0, size: 600))) {
      try function([operands[0], try Tensor(places)])
    }
  }
}
