import Gradients
import Tensors

extension TrainingOptions {
  func check() throws(LearningError) {
    let problems: [(Bool, String, String)] = [
      (epochs < 0, "epochs", "\(epochs)"), (batch < 1, "batch", "\(batch)"),
      ((clip ?? 1) <= 0, "clip", "\(clip ?? 0)"), ((clipValue ?? 1) <= 0, "clip_value", "\(clipValue ?? 0)"),
      ((patience ?? 1) < 1, "patience", "\(patience ?? 0)"),
    ]
    for (isWrong, name, value) in problems where isWrong {
      let least = name == "epochs" ? "at least 0" : name.hasPrefix("clip") ? "above 0" : "at least 1"
      throw .badSetup(
        of: "train", problem: "\(name) must be \(least), but is \(value)",
        help: "leave it out, or give \(name)= a value that is \(least)")
    }
  }

  /// Looks for metrics that these targets are not made for, before the first step.
  func checkMetrics(_ targets: Tensor, outputs: Shape, dtype: DType) throws(LearningError) {
    guard let rows = targets.shape.dimensions.first, metrics.contains(where: \.isEntry) else { return }
    let like = try operations { () throws(TensorError) in
      try Tensor.zeros(try Shape([rows] + outputs.dimensions), dtype: dtype)
    }
    _ = try Network.measure(like, targets, metrics.filter(\.isEntry), loss)
  }

  /// The training and validation data.
  func divide(_ data: Dataset) throws(LearningError) -> (Dataset, Dataset?) {
    switch validation {
    case .none: return (data, nil)
    case .dataset(let other): return (data, other)
    case .fraction(let share):
      guard share > 0, share < 1 else { throw .validationFraction(share) }
      let parts = try data.split([1 - share, share], from: RandomStream(seed: seed, stream: 0))
      return (parts[0], parts[1])
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
  /// The loss of the best constant prediction for these targets; none for a loss of the program.
  func constantLoss(_ targets: Tensor, outputs: Shape, dtype: DType) throws(LearningError) -> Double? {
    guard let kind, targets.rank > 0 else { return nil }
    let shape = try operations { () throws(TensorError) in try Shape([targets.shape[0]] + outputs.dimensions) }
    let like = Variable(try operations { () throws(TensorError) in try Tensor.zeros(shape, dtype: dtype) })
    let target = try kind.target(Target(targets, of: name), like, settings)
    return try operations { () throws(TensorError) in
      let constant = try kind.constant(target.mean(axes: [0], keepdims: true)).expand(to: shape)
      return try kind.value(constant, target).value.item()
    }
  }
}
