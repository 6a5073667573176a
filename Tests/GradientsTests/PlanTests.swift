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

  // Values that are made before the operand is read for the last time must not lie in its place, and its old squares are wanted.
  @Test(arguments: [1, 7, 700]) func `an update over its operand reads what was there`(count: Int) throws {
    var source = OperandSource(seed: 3)
    let operand = try Example.Operand(shape: Shape([count]), domain: .eitherSign(0.1, 2))
    let (weights, gradients) = (try source.tensor(operand), try source.tensor(operand))
    func update(_ w: Variable, _ g: Variable) throws -> (changed: Variable, squares: Variable) {
      let scaled = try g.exp() * 0.5
      return (try scaled.square() + w * scaled, try w.sumOfSquares())
    }
    let trace = Trace()
    let (w, g) = (trace.input(weights), trace.input(gradients))
    let results = try trace.run { try update(w, g) }
    var placement = Placement(.state)
    let places = [placement.place(.float64, count), placement.place(.float64, count), placement.place(.float64, 1)]
    let state = try Memory(byteCount: placement.byteCount)
    let plan = try Plan(
      trace, inputs: Array(places[..<2]),
      outputs: [.init(results.changed, to: places[0]), .init(results.squares, to: places[2])], state: state)
    state.write(weights, to: places[0])
    state.write(gradients, to: places[1])
    var expected = Variable(weights)
    for _ in 0..<3 {
      try plan.run()
      let (changed, squares) = try update(expected, Variable(gradients))
      #expect(abs(state.number(at: places[2]) - squares.value.doubles[0]) <= 1e-12 * squares.value.doubles[0])
      let found = try state.tensor(places[0], shape: changed.shape).doubles
      for (a, b) in zip(found, changed.value.doubles) { #expect(abs(a - b) <= 1e-12 * max(1, abs(b))) }
      expected = changed
    }
  }
}
