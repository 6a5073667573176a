import Tensors

/// A result of a trace that gradients flow through, any number of times: products with its derivatives are traced and compiled
/// when they are first asked for.
///
/// It keeps what the trace computed, once, since derivatives are noted on top of that.
public final class TracedResult {
  private let trace: Trace
  private let variable: Variable
  private let targets: [Variable]
  private var pullback: Pullback?

  private struct Pullback {
    /// The number of the upstream gradient among the trace's operands.
    let upstream: Int
    let function: PlannedFunction
    /// By target: the product, and its place among the function's results; none for a constant.
    let products: [(result: TracedResult, place: Int)?]
  }

  /// - Parameters:
  ///   - variable: was computed under the trace.
  ///   - targets: the operands that gradients flow to.
  public init(_ variable: Variable, of targets: [Variable], in trace: Trace) {
    self.trace = trace
    self.variable = variable
    self.targets = targets
  }

  /// Another value of this result as a function of what the targets were that time.
  ///
  /// - Parameters:
  ///   - values: of the trace's operands, by their number.
  ///   - operands: in the order of the targets.
  public func applied(_ tensor: Tensor, values: [Tensor], to operands: [Variable]) throws(TensorError) -> Variable {
    try applied(tensor, Values(values), to: operands)
  }

  /// Values of operands: those of the first run, and upstream gradients.
  private struct Values {
    let first: [Tensor]
    var upstream: [(number: Int, value: Tensor)] = []

    init(_ first: [Tensor]) { self.first = first }

    subscript(number: Int) -> Tensor {
      if number < first.count { return first[number] }
      guard let found = upstream.first(where: { $0.number == number }) else { preconditionFailure("an operand has a value") }
      return found.value
    }
  }

  private func applied(_ tensor: Tensor, _ values: Values, to operands: [Variable]) throws(TensorError) -> Variable {
    guard variable.isTracked else { return Variable(tensor) }
    let rule = CustomRule { [self] upstream in try gradients(upstream, values, operands) }
    return try .custom(Variable(tensor), of: operands, rule: rule)
  }

  private func gradients(_ upstream: Variable, _ values: Values, _ operands: [Variable]) throws -> [Variable?] {
    let pullback = try compiledPullback()
    var values = values
    values.upstream.append((pullback.upstream, upstream.value))
    let tensors = try pullback.function.results { values[$0] }
    let isRecorded = Recorder.current.isRecording
    var found: [Variable?] = []
    for product in pullback.products {
      guard let product else {
        found.append(nil)
        continue
      }
      let tensor = tensors[product.place]
      found.append(isRecorded ? try product.result.applied(tensor, values, to: operands + [upstream]) : Variable(tensor))
    }
    return found
  }

  private func compiledPullback() throws -> Pullback {
    if let pullback { return pullback }
    let recorder = Recorder.current
    let wasRecording = recorder.isRecording
    recorder.isRecording = true
    defer { recorder.isRecording = wasRecording }
    let (upstream, found) = try trace.run {
      let upstream = trace.asInput(.argument(try variable.onesLike().data))
      return (upstream, try Gradients.gradients(of: variable, along: upstream, in: targets, isRecorded: true))
    }
    guard let number = trace.inputNumber(of: upstream) else { preconditionFailure("an operand has a number") }
    var results: [Variable] = []
    var products: [(result: TracedResult, place: Int)?] = []
    for gradient in found {
      guard let gradient else {
        products.append(nil)
        continue
      }
      products.append((TracedResult(gradient, of: targets + [upstream], in: trace), results.count))
      results.append(gradient)
    }
    let made = Pullback(upstream: number, function: try PlannedFunction(trace, results), products: products)
    pullback = made
    return made
  }
}
