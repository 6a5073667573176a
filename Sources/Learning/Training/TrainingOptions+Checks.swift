import Gradients
import Tensors

extension TrainingOptions {
  func check() throws(LearningError) {
    try require(epochs >= 0, "epochs", "at least 0", epochs)
    try require(batch >= 1, "batch", "at least 1", batch)
    if let clip { try require(clip > 0, "clip", "above 0", clip) }
    if let clipValue { try require(clipValue > 0, "clip_value", "above 0", clipValue) }
    if let patience { try require(patience >= 1, "patience", "at least 1", patience) }
  }

  /// Looks for metrics that these targets are not made for, before the first step.
  func checkMetrics(_ targets: Tensor, outputs: Shape, dtype: DType) throws(LearningError) {
    guard let rows = targets.shape.dimensions.first, metrics.contains(where: \.isEntry) else { return }
    let like = try operations { () throws(TensorError) in
      try Tensor.zeros(try Shape([rows] + outputs.dimensions), dtype: dtype)
    }
    _ = try Network.measure(like, targets, metrics.filter(\.isEntry), loss)
  }

  private func require(_ holds: Bool, _ name: String, _ limit: String, _ value: some Any) throws(LearningError) {
    guard !holds else { return }
    throw .badSetup(
      of: "train", problem: "\(name) must be \(limit), but is \(value)",
      help: "leave it out, or give \(name)= a value that is \(limit)")
  }

  /// The training and validation data, and which rows of the data the training rows are; none where they are all.
  func divide(_ data: Dataset) throws(LearningError) -> (training: Dataset, validation: Dataset?, rows: [Int]?) {
    switch validation {
    case .none: return (data, nil, nil)
    case .dataset(let other):
      try other.requireFinite(by: "validation")
      return (data, other, nil)
    case .fraction(let share):
      guard share > 0, share < 1 else { throw .validationFraction(share) }
      let stream = RandomStream(seed: seed, stream: 0)
      let parts = try data.division([1 - share, share], from: stream, for: "validation=\(share)")
      let heldOut = try data.rows(parts[1])
      try heldOut.requireFinite(by: "validation", rows: parts[1])
      return (try data.rows(parts[0]), heldOut, parts[0])
    }
  }

  /// Where the order of the rows in an epoch, counted from 0, is drawn from.
  func shuffling(_ epoch: Int) -> RandomStream { RandomStream(seed: seed, stream: UInt64(epoch + 1)) }

  func factor(at step: Int) throws(LearningError) -> Double {
    guard let schedule else { return 1 }
    let factor = try outside { try schedule(step) }
    guard factor.isFinite, factor >= 0 else { throw .badScheduleFactor(step: step, value: factor) }
    return factor
  }
}

extension Loss {
  /// The loss of the best constant prediction for these targets; none where no formula gives it.
  func constantLoss(_ targets: Tensor, outputs: Shape, dtype: DType) throws(LearningError) -> Double? {
    guard let kind, let constant = kind.constant, targets.rank > 0 else { return nil }
    let shape = try operations { () throws(TensorError) in try Shape([targets.shape[0]] + outputs.dimensions) }
    let like = Variable(try operations { () throws(TensorError) in try Tensor.zeros(shape, dtype: dtype) })
    let target = try kind.target(Target(Variable(targets), of: name), like)
    return try operations { () throws(TensorError) in
      let best = try constant(target, outputs.dimensions.last ?? 1, settings).cast(to: dtype).expand(to: shape)
      return try kind.value(best, target, settings).value.item()
    }
  }
}
