import Tensors

/// A function of tensors that was traced once and is run as a plan on others of the same shapes and types.
public final class PlannedFunction {
  public let plan: Plan
  /// The parameters that it reads, whose present values each call takes.
  public let parameters: [Parameter]

  private let state: Memory
  private let arguments: [Buffer]
  private let parameterBuffers: [Buffer]
  private let results: [(buffer: Buffer, shape: Shape)]

  /// Where in the program a traced value was read while it was traced: the plan holds for that value only.
  public let firstRead: Int32?

  /// Runs `body` once on `values`, and compiles what it did.
  ///
  /// - Returns: the function, and what `body` gave this time.
  public static func trace(
    at values: [Tensor], _ body: ([Variable]) throws -> [Variable]
  ) throws -> (function: PlannedFunction, results: [Variable]) {
    let trace = Trace()
    let arguments = values.map(trace.input)
    let results = try trace.run { try body(arguments) }
    return (try PlannedFunction(trace, results), results)
  }

  private init(_ trace: Trace, _ results: [Variable]) throws(TensorError) {
    firstRead = trace.firstRead
    for result in results { _ = trace.node(of: result) }
    var placement = Placement(.state)
    var inputs: [Buffer] = []
    var arguments: [Buffer] = []
    var parameters: [(parameter: Parameter, buffer: Buffer)] = []
    for input in trace.inputs {
      switch input {
      case .argument(let shape, let dtype):
        inputs.append(placement.place(dtype, shape.count))
        arguments.append(inputs[inputs.count - 1])
      case .parameter(let parameter):
        inputs.append(placement.place(parameter.value.dtype, parameter.value.count))
        parameters.append((parameter, inputs[inputs.count - 1]))
      }
    }
    let outputs = results.map { Plan.Output($0, to: placement.place($0.dtype, $0.shape.count)) }
    state = try Memory(byteCount: placement.byteCount)
    self.arguments = arguments
    self.parameters = parameters.map(\.parameter)
    parameterBuffers = parameters.map(\.buffer)
    self.results = zip(outputs, results).map { ($0.buffer, $1.shape) }
    plan = try Plan(trace, inputs: inputs, outputs: outputs, state: state)
  }

  /// The results for other arguments, of the shapes and types that were traced.
  public func callAsFunction(_ values: [Tensor]) throws(TensorError) -> [Tensor] {
    for (value, buffer) in zip(values, arguments) { state.write(value, to: buffer) }
    for (parameter, buffer) in zip(parameters, parameterBuffers) { state.write(parameter.value, to: buffer) }
    try plan.run()
    var tensors: [Tensor] = []
    for (buffer, shape) in results { tensors.append(try state.tensor(buffer, shape: shape)) }
    return tensors
  }
}
