import Gradients
import Tensors

extension Network {
  /// Trains the network in place, going on from its present weights.
  ///
  /// Same weights, data, options: same bits. An interrupt or a value that is not finite ends the run, which then says
  /// so in `stopped`; an error is thrown for what cannot be trained at all and for what the program itself throws.
  public func train(
    on data: Dataset, _ options: TrainingOptions, observer: TrainingObserver = TrainingObserver()
  ) throws(LearningError) -> Run {
    var trainer = try Trainer(self, data, options, observer)
    try trainer.train()
    return trainer.run
  }
}

/// One training while it goes on.
struct Trainer {
  let network: Network
  let options: TrainingOptions
  let observer: TrainingObserver
  let data: Dataset
  let training: Dataset
  let validation: Dataset?
  let targets: Tensor
  let weights: [(path: String, parameter: Parameter)]
  let optimizer: Optimizer
  let run = Run()

  private let step: TrainingStep
  private let monitor: StepMonitor
  private let constantLoss: Double?
  // The rows of the person's data that are trained on, if not all.
  private let places: [Int]?
  private var clock = TrainingClock()
  private var clipped = 0
  private var bestLoss = Double.infinity
  // What the last step changed, to go back to should the change turn out not to be finite.
  private var weightsBefore: [Tensor] = []

  init(
    _ network: Network, _ data: Dataset, _ options: TrainingOptions, _ observer: TrainingObserver
  ) throws(LearningError) {
    self.network = network
    self.options = options
    self.data = data
    self.observer = observer
    try options.check()
    (training, validation, places) = try options.divide(data)
    guard let targets = training.y else { throw .noTarget(data.name) }
    guard training.count > 0 else { throw .noRows(data.name) }
    guard training.x.rank > 1 else { throw .flatInput(training.x.shape) }
    self.targets = targets
    try options.loss.check(network)
    // One row makes the weights whose sizes only a call can tell, and shows what comes out.
    let first = try network.predict(training.take(1).x)
    constantLoss = try options.loss.constantLoss(targets, outputs: first.shape.example, dtype: first.dtype)
    try options.checkMetrics(targets, outputs: first.shape.example, dtype: first.dtype)
    weights = network.trainable
    guard !weights.isEmpty else { throw .nothingToTrain }
    try options.optimizer.check(network)
    optimizer = options.optimizer.afresh()
    step = TrainingStep(network: network, loss: options.loss, seed: options.seed)
    monitor = StepMonitor(weights)
    run.metrics = options.metrics.map { ($0.name, []) }
    run.trainingMetrics = run.metrics
  }

  mutating func train() throws(LearningError) {
    clock.start()
    defer { finish() }
    for epoch in 0..<options.epochs {
      guard try runEpoch(epoch) else { return }
      try endEpoch(epoch)
      report(epoch, isEpochEnd: true)
      if let patience = options.patience, run.epochs - run.bestEpoch >= patience {
        run.stopped = .patience
        return
      }
    }
  }

  private var stepsPerEpoch: Int { (training.count + options.batch - 1) / options.batch }

  /// - Returns: whether the epoch came to its end.
  private mutating func runEpoch(_ epoch: Int) throws(LearningError) -> Bool {
    let order = options.shuffle ? try training.order(from: options.shuffling(epoch)) : Array(0..<training.count)
    for start in stride(from: 0, to: training.count, by: options.batch) {
      if observer.isInterrupted() {
        run.stopped = .interrupted
        return false
      }
      let rows = Array(order[start..<min(start + options.batch, training.count)])
      do {
        guard try runStep(rows) else { return false }
      } catch {
        guard isInterruption(error) else { throw error }
        run.stopped = .interrupted
        return false
      }
      report(epoch, isEpochEnd: false)
    }
    // The next step would notice it, but a last one has no next.
    guard weights.allSatisfy({ isFinite($0.parameter.value) }) else {
      try stop(training.take(1), [0])
      return false
    }
    return true
  }

  private func isInterruption(_ error: LearningError) -> Bool {
    switch error {
    case .gradient(.interrupted): true
    case .gradient(.program(let inner)), .program(let inner): observer.isInterruption(inner)
    default: false
    }
  }

  /// - Returns: whether all was finite.
  private mutating func runStep(_ rows: [Int]) throws(LearningError) -> Bool {
    let number = run.steps
    let batch = try training.rows(rows)
    let isRecorded = options.record && run.record.wants(number + 1)
    let parameters = weights.map(\.parameter)
    let result = try step.run(
      batch.x, batch.y ?? targets, number: number, weights: parameters, keepingTrace: isRecorded)
    guard result.loss.isFinite, result.gradients.allSatisfy(isFinite) else {
      try stop(batch, rows)
      return false
    }
    let factor = try options.factor(at: number)
    let gradients = try clip(result.gradients)
    weightsBefore = parameters.map(\.value)
    try optimizer.update(weights, gradients, factor: factor)
    result.pass.applyUpdates()
    if isRecorded {
      run.record.begin(number + 1)
      monitor.note(
        gradients: result.gradients, before: weightsBefore, after: parameters.map(\.value), trace: result.pass.trace,
        in: &run.record)
    }
    run.loss.append(result.loss)
    run.learningRate.append(optimizer.rate * factor)
    clock.stepEnded(rows: rows.count)
    return true
  }

  /// Ends the run with what was found not to be finite, and goes back to weights that are.
  private mutating func stop(_ batch: Dataset, _ rows: [Int]) throws(LearningError) {
    let inspection = Inspection(step: step, number: run.steps, data: data, weights: weights)
    let finding = try inspection.run(batch, rows: places.map { places in rows.map { places[$0] } } ?? rows, losses: run.loss)
    if weights.contains(where: { !isFinite($0.parameter.value) }) {
      for ((_, parameter), before) in zip(weights, weightsBefore) { parameter.value = before }
    }
    run.stopped = .notFinite(finding)
  }

  private mutating func clip(_ gradients: [Tensor]) throws(LearningError) -> [Tensor] {
    var gradients = gradients
    var isClipped = false
    if let limit = options.clip { (gradients, isClipped) = try Clipping.clip(gradients, norm: limit) }
    if let limit = options.clipValue {
      let (cut, isCut) = try Clipping.clip(gradients, value: limit)
      gradients = cut
      isClipped = isClipped || isCut
    }
    if isClipped { clipped += 1 }
    return gradients
  }

  private mutating func endEpoch(_ epoch: Int) throws(LearningError) {
    let losses = run.loss.suffix(stepsPerEpoch)
    // The last batch may be smaller, so it counts for less.
    let last = training.count - (stepsPerEpoch - 1) * options.batch
    let sum = losses.dropLast().reduce(0, +) * Double(options.batch) + (losses.last ?? 0) * Double(last)
    let mean = sum / Double(training.count)
    run.epochLoss.append(mean)
    var loss = mean
    if let validation {
      let results = try network.evaluate(validation, loss: options.loss, metrics: options.metrics)
      loss = results.loss
      run.validationLoss.append(loss)
      for (i, metric) in results.metrics.enumerated() { run.metrics[i].values.append(metric.value) }
    }
    if !options.metrics.isEmpty {
      let values = try Network.measure(network.predict(training.x), targets, options.metrics, options.loss)
      for (i, metric) in values.enumerated() {
        run.trainingMetrics[i].values.append(metric.value)
        if validation == nil { run.metrics[i].values.append(metric.value) }
      }
    }
    if loss < bestLoss {
      bestLoss = loss
      run.bestEpoch = epoch + 1
      run.best = network.copy()
    }
  }

  private func report(_ epoch: Int, isEpochEnd: Bool) {
    let total = stepsPerEpoch * options.epochs
    let seconds = clock.seconds
    observer.report(
      TrainingProgress(
        run: run, epoch: epoch + 1, epochs: options.epochs, step: run.steps, steps: total, isEpochEnd: isEpochEnd,
        loss: run.loss.last ?? 0, constantLoss: constantLoss, samplesPerSecond: clock.samplesPerSecond,
        timeLeft: seconds / Double(max(1, run.steps)) * Double(total - run.steps)))
  }

  private func finish() {
    run.seconds = clock.seconds
    run.secondsPerStep = clock.medianStep
    run.samplesPerSecond = clock.samplesPerSecond
    run.clippedShare = Double(clipped) / Double(max(1, run.steps))
    if options.patience != nil, let best = run.best {
      for ((_, parameter), (_, kept)) in zip(network.parameters, best.parameters) { parameter.value = kept.value }
    }
    if run.best == nil { run.best = network.copy() }
    run.hash = network.hash
  }
}
