import Tensors
import Testing

@testable import Gradients

/// Traces without values rest on the rules of shape and type: these have to give what the kernels give.
@Suite struct OutlineTests {
  @Test(arguments: Operation.all) func `shape and type of a result are those that the kernel gives`(operation: Operation) throws {
    var source = OperandSource(seed: 7)
    for example in operation.examples + Self.more(operation) {
      let operands = try example.operands.map { try source.tensor($0) }
      for types in Self.combinations(operands.map(\.dtype), operation) {
        let inputs = Inputs(try zip(operands, types).map { Variable(try $0.cast(to: $1)) })
        guard let value = try? operation.kernel(inputs, example.attributes) else { continue }
        let outline = try operation.outline(inputs, example.attributes)
        #expect(outline.shape == value.shape, "\(operation) of \(types)")
        #expect(outline.dtype == value.dtype, "\(operation) of \(types)")
      }
    }
  }

  @Test func `every operation is tried`() {
    let untried = Operation.all.filter { ($0.examples + Self.more($0)).isEmpty && $0 != .custom }
    #expect(untried.map(\.name) == [])
  }

  @Test func `a trace without values notes the same graph as one with them`() throws {
    func graph(_ computes: Bool) throws -> [String] {
      let trace = Trace(computes: computes)
      let (x, w) = (trace.input(try Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])), try parameter(0.5))
      _ = try trace.run {
        let z = try (x * w.variable).exp().softmax(axis: 1).log()
        return try gradients(of: z.mean(axes: [0, 1]), in: [w.variable])
      }
      return trace.graph.nodes.map { "\($0.source) \($0.shape) \($0.dtype)" }
    }
    #expect(try graph(false).count > 10)
    #expect(try graph(false) == graph(true))
  }

  @Test func `what is read in a trace without values is told`() throws {
    let trace = Trace(computes: false)
    let x = trace.input(try Tensor([1, 2], shape: [2]))
    trace.run { _ = (try? x * 2)?.value }
    #expect(trace.obstacle?.kind == .read)
  }

  /// Types of operands to try: the example's own, and all of whole numbers, of truths, of the other float, and mixed.
  private static func combinations(_ own: [DType], _ operation: Operation) -> [[DType]] {
    let others = DType.allCases.map { dtype in own.map { $0 == .float64 ? dtype : $0 } }
    guard own.count > 1 else { return others }
    let mixed = DType.allCases.flatMap { dtype in
      own.indices.map { i in own.enumerated().map { $0.offset == i && $0.element == .float64 ? dtype : $0.element } }
    }
    return others + mixed
  }

  /// Examples for operations that no gradient passes, and that so have none in the table.
  private static func more(_ operation: Operation) -> [Example] {
    guard operation.examples.isEmpty else { return [] }
    let numbers = Example.Operand.anywhere([2, 3])
    switch operation {
    case .argmax, .argmin, .anyTrue, .allTrue: return [Example([numbers], .axes([1], keepdims: true))]
    case .argsort: return [Example([numbers], .order(axis: 1, descending: true))]
    case .oneHot: return [Example([.places(below: 3, [2])], .length(3, axis: 1))]
    case .maxPoolPlaces:
      guard let window = try? Window("example", size: [2], stride: [1], padding: [0]) else { return [] }
      return [Example([.anywhere([1, 2, 4])], .window(window, of: [1, 2, 4]))]
    case .dropoutMask:
      let draw = Attributes.Draw(place: 0, p: 0.5, shape: [2, 2], dtype: .float32)
      return [Example([.places(below: 9, [2])], .draw(draw))]
    default:
      guard case .exactly(let count) = operation.arity else { return [] }
      return [
        Example(Array(repeating: numbers, count: count)), Example([numbers] + Array(repeating: .anywhere([]), count: count - 1)),
      ]
    }
  }
}
