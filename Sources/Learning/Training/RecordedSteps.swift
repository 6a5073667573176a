import Gradients
import Tensors

/// Steps that are run operation by operation: for functions of the program that look at values.
final class RecordedSteps: StepEngine {
  private let step: TrainingStep
  private let training: Dataset
  private let targets: Tensor
  private var slots: [[Variable]]
  private(set) var reading = StepReading()

  // The last step's results are taken over when the next begins, so that one that is not finite changes nothing.
  private var pending: TrainingStep.Results?
  private var before: [(parameter: Parameter, value: Tensor)] = []
  private var done = 0
  private var best: [(parameter: Parameter, value: Tensor)]

  /// - Parameters:
  ///   - slots: what the optimiser remembers.
  ///   - best: the best weights so far, if some were kept.
  init(
    _ step: TrainingStep, _ training: Dataset, _ targets: Tensor, slots: [[Variable]],
    best: [(parameter: Parameter, value: Tensor)] = []
  ) {
    self.step = step
    self.training = training
    self.targets = targets
    self.slots = slots
    self.best = best
  }

  func run(_ rows: ArraySlice<Int>, number: Int, factor: Double, isRecorded: Bool) throws(LearningError) {
    try writeBack()
    let batch = try training.rows(Array(rows))
    let operands = try operations { () throws(TensorError) in
      TrainingStep.Operands(
        x: Variable(batch.x), y: Variable(batch.y ?? targets),
        chance: try .chance(seed: step.seed, stream: Pass.stream(step: number)),
        number: Variable(try Tensor(Double(number + 1), dtype: .float64)),
        factor: Variable(try Tensor(factor, dtype: .float64)), slots: slots)
    }
    let results = try step.run(operands, isRecorded: isRecorded)
    try operations { () throws(TensorError) in try read(results) }
    pending = results
    done = number
  }

  private func read(_ results: TrainingStep.Results) throws(TensorError) {
    func number(_ variable: Variable) throws(TensorError) -> Double { try variable.value.item() }
    func numbers(_ variables: [Variable]) throws(TensorError) -> [Double] {
      var all: [Double] = []
      for variable in variables { all.append(try number(variable)) }
      return all
    }
    reading.loss = try number(results.loss)
    reading.squares = try numbers(results.squares)
    reading.isClipped = try results.isClipped.map { it throws(TensorError) in try number(it) != 0 } ?? false
    guard let record = results.record else { return }
    reading.changes = try numbers(record.changes)
    reading.sizes = try numbers(record.sizes)
    reading.saturated = zip(record.saturated.map(\.path), try numbers(record.saturated.map(\.share))).map { ($0, $1) }
    reading.dead = zip(record.dead.map(\.path), try numbers(record.dead.map(\.share))).map { ($0, $1) }
  }

  func writeBack() throws(LearningError) {
    guard let results = pending else { return }
    pending = nil
    done += 1
    let changed =
      zip(step.weights.map(\.parameter), results.weights).map { ($0, $1) } + results.updates.map { ($0.parameter, $0.value) }
    before = changed.map { ($0.0, $0.0.value) }
    slots = results.slots
    for (parameter, value) in changed { parameter.value = value.value }
  }

  func goBack(to step: Int) throws(LearningError) {
    pending = nil
    if step < done { for (parameter, value) in before { parameter.value = value } }
    done = min(done, step)
  }

  func keepBest() throws(LearningError) {
    try writeBack()
    best = step.network.parameters.map { ($0.parameter, $0.parameter.value) }
  }

  func writeBest() throws(LearningError) {
    pending = nil
    for (parameter, value) in best { parameter.value = value }
  }
}

extension TrainingStep {
  /// What the optimiser remembers before the first step.
  func firstSlots() throws(LearningError) -> [[Variable]] {
    try operations { () throws(TensorError) in
      try weights.map { weight throws(TensorError) in try optimizer.firstSlots(weight.path, Variable(weight.parameter.value)) }
    }
  }
}
