import Tensors

/// A function of tensors that was traced once and is run as a plan on others of the same shapes and types.
public final class PlannedFunction {
  public let plan: Plan
  /// The operands that it reads, by their number in the trace, with the places that they are written to.
  public let operands: [(number: Int, buffer: Buffer)]
  public let results: [(buffer: Buffer, shape: Shape)]
  /// What the operands of the trace are.
  private let inputs: [Trace.Input]
  private let state: Memory

  /// Where in the program something was done while it was traced that the plan does not do again, as reading a value.
  public let firstRead: Int32?

  /// Runs `body` once on `values`, and compiles what it did.
  ///
  /// - Returns: the function, and what `body` gave this time.
  public static func trace(
    at values: [Tensor], _ body: ([Variable]) throws -> [Variable]
  ) throws -> (function: PlannedFunction, results: [Variable]) {
    let trace = Trace()
    let arguments = values.map { trace.input($0) }
    let results = try trace.run { try body(arguments) }
    return (try PlannedFunction(trace, results), results)
  }

  /// Compiles what leads to some results of a trace.
  public init(_ trace: Trace, _ results: [Variable]) throws(TensorError) {
    firstRead = trace.obstacle?.site
    let wanted = results.map { trace.node(of: $0) }
    let isNeeded = Simplification.reachable(in: trace.graph, from: wanted)
    var isRead = trace.inputs.map { _ in false }
    for (node, isNeeded) in zip(trace.graph.nodes, isNeeded) where isNeeded {
      if case .input(let number) = node.source { isRead[number] = true }
    }
    var placement = Placement(.state)
    var buffers: [Buffer] = []
    for (input, isRead) in zip(trace.inputs, isRead) {
      let (shape, dtype) = input.type
      buffers.append(isRead ? placement.place(dtype, shape.count) : Buffer(.state, offset: 0, dtype: dtype, count: 0))
    }
    let outputs = results.map { Plan.Output($0, to: placement.place($0.dtype, $0.shape.count)) }
    state = try Memory(byteCount: placement.byteCount)
    operands = buffers.enumerated().filter { isRead[$0.offset] }.map { ($0.offset, $0.element) }
    inputs = trace.inputs
    self.results = zip(outputs, results).map { ($0.buffer, $1.shape) }
    plan = try Plan(trace, inputs: buffers, outputs: outputs, state: state)
  }

  /// The results for other operands, of the shapes and types that were traced.
  ///
  /// - Parameter operand: gives the value of an operand by its number in the trace.
  public func results(_ operand: (Int) -> Tensor) throws(TensorError) -> [Tensor] {
    for (number, buffer) in operands { state.write(operand(number), to: buffer) }
    try plan.run()
    var tensors: [Tensor] = []
    tensors.reserveCapacity(results.count)
    for (buffer, shape) in results { tensors.append(try state.tensor(buffer, shape: shape)) }
    return tensors
  }

  /// The results for other arguments, with the parameters' present values.
  public func callAsFunction(_ values: [Tensor]) throws(TensorError) -> [Tensor] {
    var rest = values[...]
    var all: [Tensor] = []
    for input in inputs {
      switch input {
      case .argument: if let next = rest.popFirst() { all.append(next) }
      case .parameter(let parameter): all.append(parameter.value)
      }
    }
    return try results { all[$0] }
  }
}

extension Trace.Input {
  var type: (shape: Shape, dtype: DType) {
    switch self {
    case .argument(let shape, let dtype): (shape, dtype)
    case .parameter(let parameter): (parameter.value.shape, parameter.value.dtype)
    }
  }
}
