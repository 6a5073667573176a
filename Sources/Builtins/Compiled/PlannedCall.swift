import Execution
import Gradients
import Tensors

/// Runs the plan of a traced call on other operands, and puts the result together.
final class PlannedCall {
  let function: PlannedFunction
  private let sources: [Source]
  private let form: ResultForm
  private let draws: [Trace.Draw]
  /// By result: what makes it differentiable; none for constants.
  private let differentiable: [TracedResult?]
  private let isDifferentiable: Bool
  private let targets: [Source]

  /// Where an operand of the trace comes from.
  private enum Source {
    case argument(Int)
    case draw(Int)
    case parameter(Gradients.Parameter)
  }

  /// - Parameters:
  ///   - computed: the results that are tensors.
  ///   - operandCount: how many of the trace's operands, the first ones, are arguments.
  init(_ trace: Trace, _ computed: [Variable], _ form: ResultForm, operandCount: Int) throws(TensorError) {
    self.form = form
    draws = trace.draws.map(\.draw)
    let drawOfInput = Dictionary(uniqueKeysWithValues: trace.draws.enumerated().map { ($1.input, $0) })
    var sources: [Source] = []
    for (number, input) in trace.inputs.enumerated() {
      switch input {
      case .argument: sources.append(drawOfInput[number].map(Source.draw) ?? .argument(number))
      case .parameter(let parameter): sources.append(.parameter(parameter))
      }
    }
    self.sources = sources
    function = try PlannedFunction(trace, computed)
    var targets: [(variable: Variable, source: Source)] = []
    for (variable, source) in zip(trace.operands, sources) where variable.isTracked { targets.append((variable, source)) }
    self.targets = targets.map(\.source)
    differentiable = computed.map { $0.isTracked ? TracedResult($0, of: targets.map(\.variable), in: trace) : nil }
    isDifferentiable = differentiable.contains { $0 != nil }
  }

  func run(_ operands: [Variable], in workspace: Workspace) throws -> Value {
    var drawn: [Tensor] = []
    for draw in draws { drawn.append(try draw()) }
    func tensor(_ number: Int) -> Tensor {
      switch sources[number] {
      case .argument(let i): operands[i].data
      case .draw(let i): drawn[i]
      case .parameter(let parameter): parameter.value
      }
    }
    let tensors = try function.results(tensor)
    guard isDifferentiable else { return try form.value(tensors.map(workspace.value)) }
    let values = sources.indices.map(tensor)
    let inputs = targets.map { target in
      switch target {
      case .parameter(let parameter): parameter.variable
      case .argument(let i): operands[i]
      case .draw(let i): Variable(drawn[i])
      }
    }
    var results: [Value] = []
    results.reserveCapacity(tensors.count)
    for (tensor, result) in zip(tensors, differentiable) {
      results.append(workspace.value(try result?.applied(tensor, values: values, to: inputs) ?? Variable(tensor)))
    }
    return try form.value(results)
  }
}
