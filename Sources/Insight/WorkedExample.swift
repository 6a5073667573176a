import Gradients
import Learning
import Tensors

/// One forward and backward pass and one update, with every number, as a textbook prints them.
public struct WorkedExample: Sendable {
  /// The layers that work on numbers, in order: those with weights, activations and functions.
  public let layers: [Layer]
  public let target: [[Double]]
  public let loss: Double
  public let lossName: String
  /// The formula of the loss; empty for a function of the program.
  public let lossFormula: String
  /// What the loss makes of the network's output by itself, and its name; nil where it takes the output as it is.
  public let probability: (name: String, values: [[Double]])?
  /// The optimiser with its settings, and its rule.
  public let optimizer: String
  public let rule: String

  /// One layer of the pass; numbers are `[examples][units]`.
  public struct Layer: Sendable {
    public let name: String
    /// Empty where there is none.
    public let activation: String
    public let input: [[Double]]
    /// What the neurons received and gave.
    public let z: [[Double]]
    public let a: [[Double]]
    /// The loss's derivative by `z`.
    public let delta: [[Double]]
    public let weights: [Weight]
  }

  /// A weight, its gradient, and what the optimiser makes of it.
  public struct Weight: Sendable {
    public let name: String
    /// Rows of a matrix; a bias is one row.
    public let value: [[Double]]
    public let gradient: [[Double]]
    public let next: [[Double]]
  }
}

/// Works one step through, on a copy: the network stays as it is.
public func workedExample(
  _ network: Network, x: Tensor, y: Tensor, loss: Loss, optimizer: Optimizer
) throws(InsightError) -> WorkedExample {
  try engines {
    let copy = network.copy()
    let recorder = Recorder.current
    let wasRecording = recorder.isRecording
    recorder.isRecording = true
    defer { recorder.isRecording = wasRecording }
    let pass = Pass(keepingTrace: true)
    let prediction = try copy(Variable(x), pass: pass)
    let value = try loss(prediction, y)
    let weights = copy.trainable
    let parts = pass.trace.map(\.preactivation) + weights.map(\.parameter.variable)
    let found = try gradients(of: value, in: parts)
    let before = weights.map(\.parameter.value)
    var gradientOfWeight: [Tensor] = []
    for (i, weight) in weights.enumerated() {
      let zero = try Tensor.zeros(weight.parameter.value.shape, dtype: weight.parameter.value.dtype)
      gradientOfWeight.append(found[pass.trace.count + i]?.value ?? zero)
    }
    try optimizer.afresh().update(weights, gradientOfWeight)
    var layers: [WorkedExample.Layer] = []
    for (i, entry) in pass.trace.enumerated() {
      let own = weights.indices.filter { weights[$0].path.hasPrefix(entry.path + ".") }
      // Dropout, for one, does nothing outside training.
      guard !(own.isEmpty && entry.output === entry.input) else { continue }
      layers.append(
        WorkedExample.Layer(
          name: entry.path, activation: entry.activation.isLinear ? "" : entry.activation.name,
          input: try DensePath.rows(entry.input.value), z: try DensePath.rows(entry.preactivation.value),
          a: try DensePath.rows(entry.output.value), delta: try found[i].map { try DensePath.rows($0.value) } ?? [],
          weights: try own.map { j in
            WorkedExample.Weight(
              name: String(weights[j].path.dropFirst(entry.path.count + 1)), value: try DensePath.rows(before[j]),
              gradient: try DensePath.rows(gradientOfWeight[j]), next: try DensePath.rows(weights[j].parameter.value))
          }))
    }
    let applied = loss.kind?.appliesItself.flatMap(Activation.named)
    let probability = try applied.map { ($0.name, try DensePath.rows(try $0.apply(prediction, pass).value)) }
    return WorkedExample(
      layers: layers, target: try DensePath.rows(y.cast(to: .float64)), loss: try value.value.item(), lossName: loss.name,
      lossFormula: loss.kind?.formula ?? "", probability: probability, optimizer: optimizer.written,
      rule: optimizer.kind.formula(with: optimizer.settings))
  }
}

extension Optimizer {
  /// As a program would write it: the rate, and what differs from the defaults.
  fileprivate var written: String {
    let told = settings.all.filter { setting in
      let fallback = kind.hyperparameters.first { $0.name == setting.name }?.fallback
      return setting.name == "lr" || fallback?.description != setting.value.description
    }
    return "\(kind.name)(\(told.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")))"
  }
}
