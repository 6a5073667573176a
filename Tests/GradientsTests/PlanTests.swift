import Tensors
import Testing

@testable import Gradients

/// One way to apply an operation, with operands of two sorts of floats.
struct PlanCase: CustomTestStringConvertible, Sendable {
  let operation: Operation
  let example: Example
  let number: Int
  let dtype: DType

  var testDescription: String { "\(operation.name), example \(number + 1), \(dtype)" }

  static let all: [PlanCase] = Operation.all.flatMap { operation in
    let examples = operation.examples.isEmpty ? constants(operation) : operation.examples
    return examples.enumerated().flatMap { number, example in
      [DType.float32, .float64].map { PlanCase(operation: operation, example: example, number: number, dtype: $0) }
    }
  }

  /// Operands for what has no derivative, and so no example.
  private static func constants(_ operation: Operation) -> [Example] {
    switch operation {
    case .and, .or: [Example([.bool([2, 3]), .bool([3])])]
    case .not: [Example([.bool([2, 3])])]
    case .argmax, .argmin: [Example([.apart([2, 3])], .axes([1], keepdims: false))]
    case .anyTrue, .allTrue: [Example([.bool([2, 3])], .axes([0], keepdims: true))]
    case .argsort: [Example([.apart([2, 3])], .order(axis: 1, descending: true))]
    case .dropoutMask:
      [.float32, .float64].map { Example([.places(below: 9, [2])], .draw(.init(place: 2, p: 0.4, shape: [3, 5], dtype: $0))) }
    case .maxPoolPlaces: Operation.averagePool.examples.map { Example([.apart($0.operands[0].shape)], $0.attributes) }
    case .isNaN, .isFinite: [Example([.anywhere([2, 3])])]
    case .oneHot: [Example([.places(below: 3, [2, 2])], .length(3, axis: 2))]
    case .custom: []
    case _ where operation.arity == .exactly(1): [Example([.anywhere([2, 3])])]
    default: [Example([.places(below: 2, [2, 3]), .places(below: 2, [3])]), Example([.anywhere([2, 1]), .anywhere([2, 3])])]
    }
  }

  func operands(_ seed: UInt64) throws -> [Tensor] {
    var source = OperandSource(seed: seed)
    return try example.operands.map { operand in
      let tensor = try source.tensor(operand)
      return tensor.dtype == .float64 ? try tensor.cast(to: dtype) : tensor
    }
  }

  /// The result, and the gradients of an uneven sum of it in every float operand.
  func results(_ operands: [Variable]) throws -> [Variable] {
    let floats = operands.indices.filter { operands[$0].dtype.isFloat }
    let output = try Variable.apply(operation, Inputs(operands), example.attributes)
    guard output.dtype.isFloat, !operation.isConstant, !floats.isEmpty else { return [output] }
    let gradients = try gradient(
      of: { arguments in
        var inputs = operands
        for (place, argument) in zip(floats, arguments) { inputs[place] = argument }
        let y = try Variable.apply(operation, Inputs(inputs), example.attributes)
        return try (y * unevenNumbers(like: y)).sum()
      }, at: floats.map { operands[$0] })
    return [output] + gradients
  }
}

@Suite struct PlanTests {
  @Test(arguments: PlanCase.all)
  func `what is compiled agrees with what is recorded`(_ it: PlanCase) throws {
    let (function, first) = try PlannedFunction.trace(at: it.operands(1)) { try it.results($0) }
    #expect(function.firstRead == nil)
    try expect(try function(it.operands(1)), agreesWith: first, it)
    let others = try it.operands(2)
    try expect(try function(others), agreesWith: try it.results(others.map { Variable($0) }), it)
  }

  private func expect(_ found: [Tensor], agreesWith expected: [Variable], _ it: PlanCase) throws {
    #expect(found.count == expected.count)
    let tolerance = it.dtype == .float32 ? 2e-6 : 1e-13
    for (found, expected) in zip(found, expected) {
      #expect(found.shape == expected.shape)
      #expect(found.dtype == expected.dtype)
      for (a, b) in zip(found.doubles, expected.value.doubles) {
        #expect(abs(a - b) <= tolerance * max(1, abs(b)) || (a.isNaN && b.isNaN), "\(a) instead of \(b)")
      }
    }
  }

  /// A plan over one state: operands that lie one after the other, and results that go where they are wanted.
  private struct InPlace {
    let state: Memory
    let plan: Plan
    let places: [Buffer]

    init(_ operands: [Tensor], room: Int, _ body: ([Variable]) throws -> [Variable], to wanted: [Int]) throws {
      let trace = Trace()
      let inputs = operands.map { trace.input($0) }
      let results = try trace.run { try body(inputs) }
      var placement = Placement(.state)
      let own = operands.map { placement.place($0.dtype, $0.count) }
      let places = own + (0..<room).map { _ in placement.place(.float64, 1) }
      let state = try Memory(byteCount: placement.byteCount)
      plan = try Plan(
        trace, inputs: own, outputs: zip(results, wanted).map { .init($0, to: places[$1]) }, state: state)
      for (operand, place) in zip(operands, own) { state.write(operand, to: place) }
      self.state = state
      self.places = places
    }

    func doubles(_ place: Int) throws -> [Double] {
      try state.tensor(places[place], shape: Shape([places[place].count])).doubles
    }
  }

  private func numbers(_ count: Int, seed: UInt64) throws -> Tensor {
    var source = OperandSource(seed: seed)
    return try source.tensor(Example.Operand(shape: Shape([count]), domain: .eitherSign(0.1, 2)))
  }

  private func expect(_ found: [Double], isNear expected: [Double]) {
    #expect(found.count == expected.count)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) <= 1e-12 * max(1, abs(b))) }
  }

  // Values that are made before the operand is read for the last time must not lie in its place, and its old squares are wanted.
  @Test(arguments: [1, 7, 700]) func `an update over its operand reads what was there`(count: Int) throws {
    let (weights, gradients) = (try numbers(count, seed: 3), try numbers(count, seed: 4))
    func update(_ operands: [Variable]) throws -> [Variable] {
      let scaled = try operands[1].exp() * 0.5
      return [try scaled.square() + operands[0] * scaled, try operands[0].sumOfSquares()]
    }
    let it = try InPlace([weights, gradients], room: 1, update, to: [0, 2])
    var expected = Variable(weights)
    for _ in 0..<3 {
      try it.plan.run()
      let results = try update([expected, Variable(gradients)])
      expect(try it.doubles(2), isNear: results[1].value.doubles)
      expect(try it.doubles(0), isNear: results[0].value.doubles)
      expected = results[0]
    }
  }

  // Later blocks of the chain read the first entry too.
  @Test(arguments: [7, 700, 40_000]) func `an update over its operand may read a part of it`(count: Int) throws {
    let weights = try numbers(count, seed: 5)
    func update(_ operands: [Variable]) throws -> [Variable] {
      [try operands[0] - operands[0].slice(axis: 0, start: 0, count: 1) * 0.5]
    }
    let it = try InPlace([weights], room: 0, update, to: [0])
    try it.plan.run()
    expect(try it.doubles(0), isNear: try update([Variable(weights)])[0].value.doubles)
  }

  // As a dense layer has it: a row of biases, for rows of examples or of examples' steps, and for numbers of columns that fill
  // vectors and that do not.
  @Test(arguments: [[5, 3], [2, 5, 3]], [1, 4, 70])
  func `a bias belongs to its product`(sizes: [Int], columns: Int) throws {
    let shape = try Shape(sizes)
    let x = try numbers(shape.count, seed: 9).reshape(sizes)
    let (weight, bias) = (try numbers(3 * columns, seed: 10).reshape([3, columns]), try numbers(columns, seed: 11))
    func layer(_ it: [Variable]) throws -> [Variable] {
      let product = try it[0].reshape(to: [shape.count / 3, 3]).matmul(it[1])
      return [try (product.reshape(to: Shape(sizes.dropLast() + [columns])) + it[2]).exp()]
    }
    let trace = Trace()
    let inputs = [x, weight, bias].map { trace.input($0) }
    let results = try trace.run { try layer(inputs) }
    var placement = Placement(.state)
    let own = [x, weight, bias].map { placement.place($0.dtype, $0.count) }
    let out = placement.place(.float64, shape.count / 3 * columns)
    let state = try Memory(byteCount: placement.byteCount)
    let plan = try Plan(trace, inputs: own, outputs: [.init(results[0], to: out)], state: state)
    for (operand, place) in zip([x, weight, bias], own) { state.write(operand, to: place) }
    try plan.run()
    let expected = try layer([x, weight, bias].map { Variable($0) })[0].value
    expect(try state.tensor(out, shape: expected.shape).doubles, isNear: expected.doubles)
    let products = plan.program.instructions.filter { if case .product(let it) = $0 { it.addsRow } else { false } }
    #expect(products.count == 1 && plan.program.instructions.count == 2)
  }

  // What the optimiser's step is made of: the root's summand may itself be joined of a product and a sum.
  @Test(arguments: [1, 7, 700]) func `a root within a divisor is joined to it, whatever stands beside it`(count: Int) throws {
    let operands = try (0..<4).map { try numbers(count, seed: 12 + UInt64($0)).apply(.abs) }
    func quotients(_ it: [Variable]) throws -> [Variable] {
      let (a, v, x, y) = (it[0], it[1], it[2], it[3])
      return [
        try a / (v.sqrt() + 1e-3), try a / (x + v.sqrt()), try a / (v.sqrt() + x * y), try a / (x.sqrt() * y + v.sqrt()),
        try number(1) / (v.sqrt() + x.sqrt()), try a / (v.sqrt() + v.sqrt()), try number(1) / (x.square() * 0.1 + v.sqrt()),
      ]
    }
    let trace = Trace()
    let inputs = operands.map { trace.input($0) }
    let results = try trace.run { try quotients(inputs) }
    var placement = Placement(.state)
    let own = operands.map { placement.place($0.dtype, $0.count) }
    let places = results.map { _ in placement.place(.float64, count) }
    let state = try Memory(byteCount: placement.byteCount)
    let plan = try Plan(trace, inputs: own, outputs: zip(results, places).map { .init($0, to: $1) }, state: state)
    for (operand, place) in zip(operands, own) { state.write(operand, to: place) }
    try plan.run()
    for (place, expected) in zip(places, try quotients(operands.map { Variable($0) })) {
      expect(try state.tensor(place, shape: expected.shape).doubles, isNear: expected.value.doubles)
    }
  }

  @Test func `operands may change places`() throws {
    let (a, b, c) = (try numbers(9, seed: 6), try numbers(9, seed: 7), try numbers(9, seed: 8))
    let it = try InPlace([a, b, c], room: 0, { [$0[1], $0[2], $0[0]] }, to: [0, 1, 2])
    try it.plan.run()
    expect(try it.doubles(0) + it.doubles(1) + it.doubles(2), isNear: b.doubles + c.doubles + a.doubles)
  }

  @Test(arguments: [DType.float32, .float64], [7, 700])
  func `a number that serves every entry is summed`(dtype: DType, count: Int) throws {
    let number = try numbers(1, seed: 9).cast(to: dtype)
    let (function, _) = try PlannedFunction.trace(at: [number]) {
      let all = try $0[0].expand(to: Shape([count]))
      return [try all.sum(), try all.sumOfSquares()]
    }
    let x = number.doubles[0]
    for (found, expected) in zip(try function([number]), [Double(count) * x, Double(count) * x * x]) {
      #expect(abs(found.doubles[0] - expected) <= 1e-6 * abs(expected))
    }
  }
}
