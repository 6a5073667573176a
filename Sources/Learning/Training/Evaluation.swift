import Gradients
import Tensors

// Results in inference: nothing is recorded, dropout is off.
extension Network {
  /// The network's outputs, computed some rows at a time.
  public func predict(_ x: Tensor, batch: Int = 1024) throws(LearningError) -> Tensor {
    guard x.rank > 1 else { return try inferred(x) }
    guard x.shape[0] > batch else { return try inferred(x) }
    var parts: [Variable] = []
    for start in stride(from: 0, to: x.shape[0], by: batch) {
      let rows = try operations { () throws(TensorError) in
        try Variable(x).slice(axis: 0, start: start, count: min(batch, x.shape[0] - start))
      }
      parts.append(Variable(try inferred(rows.value)))
    }
    return try operations { () throws(TensorError) in try Variable.concat(parts, axis: 0).value }
  }

  private func inferred(_ x: Tensor) throws(LearningError) -> Tensor {
    try withoutRecording { () throws(LearningError) in try self(Variable(x)).value }
  }

  /// Loss and metrics on a dataset.
  public func evaluate(
    _ data: Dataset, loss: Loss, metrics: [Metric] = []
  ) throws(LearningError) -> (loss: Double, metrics: [(name: String, value: Double)]) {
    guard let y = data.y else { throw .noTarget(data.name) }
    guard data.count > 0 else { throw .noRows(data.name) }
    try loss.check(self)
    let prediction = try predict(data.x)
    let value = try withoutRecording { () throws(LearningError) in try loss(Variable(prediction), y).value }
    let number = try operations { () throws(TensorError) in try value.item() }
    return (number, try Network.measure(prediction, y, metrics, loss))
  }

  /// Metrics on a dataset, the outputs taken for values and not for logits.
  public func measure(_ data: Dataset, _ metrics: [Metric]) throws(LearningError) -> [(name: String, value: Double)] {
    guard !metrics.isEmpty else { throw .nothingToEvaluate }
    guard let y = data.y else { throw .noTarget(data.name) }
    guard data.count > 0 else { throw .noRows(data.name) }
    let prediction = try predict(data.x)
    var values: [(name: String, value: Double)] = []
    for metric in metrics { values.append((metric.name, try metric(prediction, y))) }
    return values
  }

  static func measure(
    _ prediction: Tensor, _ target: Tensor, _ metrics: [Metric], _ loss: Loss
  ) throws(LearningError) -> [(name: String, value: Double)] {
    var values: [(name: String, value: Double)] = []
    for metric in metrics {
      values.append((metric.name, try metric(prediction, target, threshold: loss.kind?.threshold ?? 0.5)))
    }
    return values
  }

  /// Sixteen hexadecimal digits that are equal for equal weights in the same order.
  public var hash: String { Tensors.hash(of: parameters.map(\.parameter.value)) }
}
