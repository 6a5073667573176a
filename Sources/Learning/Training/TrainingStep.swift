import Gradients
import Tensors

/// One step of training, forward, backward and update, as operations: run as they come, or compiled.
struct TrainingStep {
  let network: Network
  let loss: Loss
  let seed: UInt64
  let weights: [(path: String, parameter: Parameter)]
  let optimizer: Optimizer
  let clip: Double?
  let clipValue: Double?

  init(_ network: Network, _ options: TrainingOptions) {
    self.network = network
    loss = options.loss
    seed = options.seed
    weights = network.trainable
    optimizer = options.optimizer.afresh()
    clip = options.clip
    clipValue = options.clipValue
  }

  /// What differs from step to step, besides the weights.
  struct Operands {
    var x: Variable
    var y: Variable
    /// What the pass draws from.
    var chance: Variable
    /// The number of the step, from 1: a `float64`.
    var number: Variable
    /// The schedule's: a `float64`.
    var factor: Variable
    /// By weight, what the optimiser remembers.
    var slots: [[Variable]]
  }

  /// What a step gives. Nothing is changed by it.
  struct Results {
    var loss: Variable
    /// By weight.
    var weights: [Variable] = []
    var slots: [[Variable]] = []
    /// What layers write besides.
    var updates: [(parameter: Parameter, value: Variable)]
    /// Of the gradients, by weight, before any clipping: a `float64` that is finite if all entries are.
    var squares: [Variable] = []
    /// Whether the gradients were clipped; none where no clipping is asked for.
    var isClipped: Variable?
    var record: StepRecord?
  }

  /// - Parameter isRecorded: whether norms, ratios and shares are wanted.
  func run(_ operands: Operands, isRecorded: Bool) throws(LearningError) -> Results {
    let pass = Pass(drawingFrom: operands.chance, keepingTrace: isRecorded)
    let value = try loss(try network(operands.x, pass: pass), operands.y)
    guard value.isTracked else { throw .lossConstant(loss.name) }
    let found = try differentiate { () throws(GradientError) in
      try gradients(of: value, in: weights.map(\.parameter.variable))
    }
    var results = Results(loss: value, updates: pass.updates)
    try operations { () throws(TensorError) in
      try withoutRecording { () throws(TensorError) in
        try update(found, operands, &results)
        if isRecorded { results.record = try StepRecord(weights.map(\.parameter.variable), results.weights, pass.trace) }
      }
    }
    return results
  }

  private func update(_ found: [Variable?], _ operands: Operands, _ results: inout Results) throws(TensorError) {
    var gradients: [Variable] = []
    for (weight, gradient) in zip(weights, found) {
      if let gradient { gradients.append(gradient) } else { gradients.append(try weight.parameter.variable.zerosLike()) }
    }
    for gradient in gradients { results.squares.append(try gradient.sumOfSquares()) }
    if let clip { (gradients, results.isClipped) = try Clipping.clip(gradients, norm: clip) }
    if let clipValue {
      let (cut, isCut) = try Clipping.clip(gradients, value: clipValue)
      gradients = cut
      if let before = results.isClipped { results.isClipped = try before.logicalOr(isCut) } else { results.isClipped = isCut }
    }
    for (i, weight) in weights.enumerated() {
      let new = try optimizer.updated(
        weight.path, weight.parameter.variable, gradients[i], operands.slots[i], step: operands.number,
        factor: operands.factor)
      results.weights.append(new.weight)
      results.slots.append(new.slots)
    }
  }
}

/// Runs a backward pass, and says of an error that it came from one.
func differentiate<Result>(_ body: () throws(GradientError) -> Result) throws(LearningError) -> Result {
  do {
    return try body()
  } catch {
    throw .gradient(error)
  }
}
