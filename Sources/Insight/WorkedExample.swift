import Gradients
import Learning
import Tensors

/// One forward and backward pass and one update, with every number, as a textbook prints them.
public struct WorkedExample: Equatable, Sendable {
  public let layers: [Layer]
  public let target: [[Double]]
  public let lossName: String
  public let loss: Double
  public let optimizer: String

  /// One layer of the pass; numbers are `[examples][units]`.
  public struct Layer: Equatable, Sendable {
    public let name: String
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
  public struct Weight: Equatable, Sendable {
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
    let settings = optimizer.settings.all.first.map { "\($0.name)=\($0.value)" } ?? ""
    return WorkedExample(
      layers: layers, target: try DensePath.rows(y.cast(to: .float64)), lossName: loss.name, loss: try value.value.item(),
      optimizer: "\(optimizer.kind.name)(\(settings))")
  }
}
