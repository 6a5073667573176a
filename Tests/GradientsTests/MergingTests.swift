import Tensors
import Testing

@testable import Gradients

/// What is done within one instruction gives what the operations by themselves give.
@Suite struct MergingTests {
  private static func numbers(_ sizes: [Int], _ seed: UInt64, _ dtype: DType) throws -> Tensor {
    var source = OperandSource(seed: seed)
    return try source.tensor(Example.Operand(shape: Shape(sizes), domain: .eitherSign(0.1, 2))).cast(to: dtype)
  }

  /// Compiled and recorded; the instructions of the plan.
  private func compare(
    _ operands: [Tensor], within tolerance: Double, _ body: ([Variable]) throws -> [Variable]
  ) throws -> [Instruction] {
    let (function, _) = try PlannedFunction.trace(at: operands, body)
    for (found, expected) in zip(try function(operands), try body(operands.map { Variable($0) })) {
      #expect(found.shape == expected.shape)
      for (a, b) in zip(found.doubles, expected.value.doubles) {
        #expect(abs(a - b) <= tolerance * max(1, abs(b)) || (a.isNaN && b.isNaN) || a == b, "\(a) instead of \(b)")
      }
    }
    return function.plan.program.instructions
  }

  // Columns that fill vectors and that do not, rows that fill tiles and that do not, sums over more than one block.
  @Test(
    arguments: [
      [1, 3, 4], [5, 3, 1], [9, 700, 3], [70, 5, 10], [33, 20, 16], [40, 300, 70], [200, 4, 2], [8, 0, 3],
    ], [DType.float32, .float64])
  func `a relu belongs to its product`(sizes: [Int], dtype: DType) throws {
    let (rows, inner, columns) = (sizes[0], sizes[1], sizes[2])
    let operands = [
      try Self.numbers([rows, inner], 1, dtype), try Self.numbers([inner, columns], 2, dtype),
      try Self.numbers([columns], 3, dtype), try Self.numbers([inner, rows], 4, dtype),
    ]
    let tolerance = dtype == .float32 ? 1e-4 : 1e-12
    let biased = try compare(operands, within: tolerance) { [try ($0[0].matmul($0[1]) + $0[2]).relu()] }
    #expect(biased.map(\.description) == ["product [\(rows),\(inner)]·[\(inner),\(columns)], biased, relu"])
    let transposed = try compare(operands, within: tolerance) { [try $0[3].transpose().matmul($0[1]).relu()] }
    #expect(transposed.map(\.description) == ["product [\(rows),\(inner)]·[\(inner),\(columns)], relu"])
  }

  @Test func `a product that something else reads keeps its sums`() throws {
    let operands = [try Self.numbers([4, 3], 1, .float64), try Self.numbers([3, 5], 2, .float64)]
    for read in [{ $0 }, { try $0.reshape(to: Shape([20])) }, { try $0.exp() }] as [(Variable) throws -> Variable] {
      let instructions = try compare(operands, within: 1e-12) {
        let product = try $0[0].matmul($0[1])
        return [try product.relu(), try read(product)]
      }
      #expect(instructions.first?.description == "product [4,3]·[3,5]")
      #expect(instructions.count { if case .product = $0 { true } else { false } } == 1)
    }
  }

  @Test func `a relu of a product keeps nan`() throws {
    let x = try Tensor([Double.nan, 1, -1, .infinity, 0, 2], shape: [3, 2])
    let weight = try Tensor([1.0, -1, 0.5, 1], shape: [2, 2])
    _ = try compare([x, weight], within: 1e-12) { [try $0[0].matmul($0[1]).relu()] }
  }

  @Test(arguments: [2, 3, 16, 17, 40], [DType.float32, .float64])
  func `a loss of softmax and its gradient are one`(classes: Int, dtype: DType) throws {
    let logits = try Self.numbers([37, classes], 5, dtype)
    // Some count from the end.
    let places = try Tensor((0..<37).map { $0 % (2 * classes) - classes }, shape: [37])
    let instructions = try compare([logits, places], within: dtype == .float32 ? 2e-6 : 1e-13) { it in
      let (loss, gradients) = try valueAndGradient(
        of: { try -$0[0].logSoftmax(axis: -1).gatherAlong(axis: -1, it[1].unsqueeze(-1)).mean() }, at: [it[0]])
      return [loss] + gradients
    }
    #expect(instructions.first?.description == "loss of softmax of 37 rows of \(classes), and its gradient")
    #expect(!instructions.contains { if case .gather = $0 { true } else { false } })
  }

  @Test func `a loss of softmax names a class that does not exist`() throws {
    let (logits, places) = (try Self.numbers([3, 4], 5, .float32), try Tensor([0, 1, 2], shape: [3]))
    let (function, _) = try PlannedFunction.trace(at: [logits, places]) { it in
      try valueAndGradient(
        of: { try $0[0].logSoftmax(axis: -1).gatherAlong(axis: -1, it[1].unsqueeze(-1)).sum() }, at: [it[0]]
      ).gradients
    }
    #expect(throws: TensorError(.indexOutOfRange(index: 4, axis: 0, size: 4))) {
      try function([logits, try Tensor([0, 4, 2], shape: [3])])
    }
  }

  // Where rows count differently, or the logarithms are wanted too, each is done by itself.
  @Test func `a loss that weighs its rows agrees as well`() throws {
    let operands = [
      try Self.numbers([5, 4], 6, .float64), try Tensor([0, 3, 1, 2, 2], shape: [5]), try Self.numbers([5, 1], 7, .float64),
    ]
    for keeps in [false, true] {
      _ = try compare(operands, within: 1e-12) { it in
        var kept: [Variable] = []
        let (loss, gradients) = try valueAndGradient(
          of: { x in
            let logarithms = try x[0].logSoftmax(axis: -1)
            kept = keeps ? [logarithms] : []
            let taken = try logarithms.gatherAlong(axis: -1, it[1].unsqueeze(-1))
            return try keeps ? taken.sum() : (taken * it[2]).sum()
          }, at: [it[0]])
        return [loss] + gradients + kept
      }
    }
  }

  // A sign that is a factor is joined to the product, which may then be a part of a sum.
  @Test(arguments: [1, 7, 700]) func `a sign is joined to its product`(count: Int) throws {
    let operands = try (0..<3).map { try Self.numbers([count], 8 + UInt64($0), .float64) }
    let instructions = try compare(operands, within: 1e-12) { it in
      let (a, b, c) = (it[0], it[1], it[2])
      return [
        try a.sign() * b, try b * a.sign() + c, try c - a.sign() * b.sign(), try a.sign() * b + c.sign() * a,
        try a.sign() * a.sign(),
      ]
    }
    #expect(instructions.count == 1)
  }

  /// A recurrent pass over `steps`, and the gradients in its weights: their sums over time read states and slopes that are stacked.
  private static func recurrence(_ it: [Variable], steps: Int, keepsStates: Bool) throws -> [Variable] {
    let (loss, gradients) = try valueAndGradient(
      of: { weights in
        var state = it[2]
        var states: [Variable] = []
        let inputs = try it[3].matmul(weights[0])
        for step in 0..<steps {
          let rows = try inputs.slice(axis: 0, start: 3 * step, count: 3)
          state = try (rows + state.matmul(weights[1])).tanh()
          states.append(state)
        }
        return try keepsStates ? Variable.concat(states, axis: 0).square().sum() : state.square().sum()
      }, at: Array(it[..<2]))
    return [loss] + gradients
  }

  @Test(arguments: [3, 9], [false, true])
  func `products over time are taken together`(steps: Int, keepsStates: Bool) throws {
    let operands = [
      try Self.numbers([4, 5], 1, .float64), try Self.numbers([5, 5], 2, .float64), try Self.numbers([3, 5], 3, .float64),
      try Self.numbers([3 * steps, 4], 4, .float64),
    ]
    let instructions = try compare(operands, within: 1e-11) {
      try Self.recurrence($0, steps: steps, keepsStates: keepsStates)
    }
    let products = instructions.filter { if case .product = $0 { true } else { false } }.map(\.description)
    let gathered = "product [5,\(3 * (steps - 1))]·[\(3 * (steps - 1)),5], added"
    #expect(products.contains(gathered) == (steps == 9 && keepsStates), "\(products)")
    #expect(products.contains("product [5,3]·[3,5], added") == !(steps == 9 && keepsStates))
  }

  // What is wanted of the sums on the way must still be there.
  @Test func `sums over time that are wanted are kept`() throws {
    let operands = try (0..<2).map { try Self.numbers([12, 2], 5 + UInt64($0), .float64) }
    for kept in 0..<6 {
      _ = try compare(operands, within: 1e-12) { it in
        let (a, b) = (
          try (0..<6).map { try it[0].slice(axis: 0, start: 2 * $0, count: 2).tanh() },
          try (0..<6).map { try it[1].slice(axis: 0, start: 2 * $0, count: 2).exp() }
        )
        var sums = [try a[0].matmul(b[0], transposeA: true)]
        for i in 1..<6 { sums.append(try sums[i - 1] + a[i].matmul(b[i], transposeA: true)) }
        return [sums[5], sums[kept], try Variable.concat(a, axis: 0), try Variable.concat(b, axis: 0)]
      }
    }
  }

  @Test func `a matrix that is read transposed again and again is transposed once`() throws {
    let operands = [try Self.numbers([3, 4], 7, .float64), try Self.numbers([4, 4], 8, .float64)]
    for times in [2, 6] {
      let instructions = try compare(operands, within: 1e-11) { it in
        var x = it[0]
        for _ in 0..<times { x = try x.matmul(it[1], transposeB: true).tanh() }
        return [x]
      }
      #expect(instructions.count { if case .copy = $0 { true } else { false } } == (times == 6 ? 1 : 0))
    }
  }

  // Two weights of one recurrence wait for the same slopes.
  @Test(arguments: [3, 6, 9]) func `products over time of two weights are taken together`(steps: Int) throws {
    let operands = [
      try Self.numbers([4, 5], 1, .float64), try Self.numbers([5, 5], 2, .float64), try Self.numbers([5, 5], 3, .float64),
      try Self.numbers([3 * steps, 4], 4, .float64), try Self.numbers([3, 5], 5, .float64),
    ]
    let instructions = try compare(operands, within: 1e-10) { it in
      let (loss, gradients) = try valueAndGradient(
        of: { weights in
          let inputs = try it[3].matmul(weights[0])
          var states = [it[4], it[4]]
          for step in 0..<steps {
            let rows = try inputs.slice(axis: 0, start: 3 * step, count: 3)
            let (last, before) = (states[step + 1], states[step])
            states.append(try (rows + last.matmul(weights[1]) + before.matmul(weights[2])).tanh())
          }
          return try Variable.concat(Array(states[2...]), axis: 0).square().sum()
        }, at: Array(it[..<3]))
      return [loss] + gradients
    }
    let gathered = instructions.count { $0.description.hasPrefix("product [5,\(3 * (steps - 1))]") }
    #expect(steps < 6 || gathered == 1)
    #expect(steps < 9 || instructions.count { $0.description.hasPrefix("product [5,\(3 * (steps - 2))]") } == 1)
  }

  @Test(arguments: [8, 20, 64]) func `a product is not written over its factors, wherever they lie`(size: Int) throws {
    let operands = try (0..<2).map { try Self.numbers([size / 2, size], 6 + UInt64($0), .float64) }
    _ = try compare(operands, within: 1e-10) {
      let (p, q) = (try $0[0].tanh(), try $0[1].tanh())
      return [try (Variable.concat([p, q], axis: 0) + p.matmul(q, transposeA: true)).tanh()]
    }
    _ = try compare(operands, within: 1e-10) {
      let (p, q) = (try $0[0].tanh(), try $0[1].tanh())
      return [try (Variable.concat([p, q], axis: 0) + p.matmul(q, transposeA: true)).relu().tanh()]
    }
  }

  @Test(arguments: [DType.float32, .float64]) func `a relu belongs to a product that is added to something`(dtype: DType) throws {
    for (rows, inner, columns) in [(1, 3, 5), (20, 7, 3), (40, 300, 33), (20, 3, 1)] {
      let operands = [
        try Self.numbers([rows, inner], 1, dtype), try Self.numbers([inner, columns], 2, dtype),
        try Self.numbers([rows, columns], 3, dtype), try Self.numbers([inner, rows], 4, dtype),
      ]
      let instructions = try compare(operands, within: dtype == .float32 ? 1e-4 : 1e-12) {
        let (own, given) = (try $0[2].exp(), $0[2])
        return [
          try (own + $0[0].matmul($0[1])).relu(), try (given + $0[3].matmul($0[1], transposeA: true)).relu(),
        ]
      }
      #expect(instructions.count { $0.description.hasSuffix(", added, relu") } == 2)
    }
  }

  @Test(arguments: [[3], [2, 1], [0]]) func `a relu belongs to products in batches`(batches: [Int]) throws {
    let operands = [
      try Self.numbers(batches + [4, 3], 1, .float64), try Self.numbers(batches + [3, 5], 2, .float64),
      try Self.numbers([5], 3, .float64),
      try Self.numbers(batches + [4, 5], 4, .float64),
    ]
    _ = try compare(operands, within: 1e-12) {
      let product = try $0[0].matmul($0[1])
      return [try $0[0].matmul($0[1]).relu(), try (product + $0[2]).relu(), try (product + $0[3]).relu()]
    }
  }

  @Test(arguments: [1, 3, 20], [DType.float32, .float64])
  func `a loss of softmax agrees where numbers end`(classes: Int, dtype: DType) throws {
    let edges = [Double.nan, .infinity, -.infinity, 200, 0, -1e4]
    for first in edges {
      for second in edges {
        let row = (0..<classes).map { $0 == 0 ? first : $0 == 1 ? second : 200 - Double($0) }
        let operands = [try Tensor(row, shape: [1, classes], dtype: dtype), try Tensor([classes - 1], shape: [1])]
        _ = try compare(operands, within: dtype == .float32 ? 2e-6 : 1e-13) { it in
          let (loss, gradients) = try valueAndGradient(
            of: { try -$0[0].logSoftmax(axis: -1).gatherAlong(axis: -1, it[1].unsqueeze(-1)).sum() }, at: [it[0]])
          return [loss] + gradients
        }
      }
    }
  }

  @Test func `dimensions are exchanged from the back as well`() throws {
    let x = try Self.numbers([2, 3, 4], 1, .float64)
    _ = try compare([x], within: 0) {
      [
        try $0[0].transpose([0, -1, -2]).exp(),
        try gradient(
          of: { try ($0[0].transpose([-1, 0, 1]) * 2).square().sum() }, at: [$0[0]])[0],
      ]
    }
    #expect(throws: TensorError.self) { try Variable(x).transpose([0, -1]) }
    #expect(throws: TensorError.self) { try Variable(x).transpose([0, 1, -2]) }
  }

  @Test func `what indices take of a traced tensor is what they take of another`() throws {
    let operands = [try Self.numbers([4, 3, 5], 1, .float64)]
    let indices: [[Index]] = [
      [.at(1)], [.at(-1), .all, .at(2)], [.slice(start: 1, stop: 3, step: 1)], [.slice(start: nil, stop: nil, step: 2)],
      [.slice(start: nil, stop: nil, step: -1), .at(0)], [.ellipsis, .slice(start: 4, stop: 0, step: -2)],
      [.newAxis, .at(2), .newAxis], [.at(0), .at(1), .at(2)], [.slice(start: 3, stop: 1, step: 1)], [],
    ]
    for index in indices {
      _ = try compare(operands, within: 1e-13) { it in
        [
          try it[0].subscripted(index).exp(),
          try gradient(of: { try $0[0].subscripted(index).square().sum() }, at: [it[0]])[0],
        ]
      }
    }
    #expect(throws: TensorError(.indexOutOfRange(index: 4, axis: 0, size: 4))) {
      try PlannedFunction.trace(at: operands) { [try $0[0].subscripted([.at(4)])] }
    }
  }
}
