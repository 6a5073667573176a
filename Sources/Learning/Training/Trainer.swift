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

extension Network {
  /// The plan that training would run on `data` as one batch, to be looked at and timed. The network stays as it is.
  ///
  /// - Returns: none where a step cannot be compiled, of which the observer is told.
  public func stepPlan(
    on data: Dataset, _ options: TrainingOptions, observer: TrainingObserver = TrainingObserver()
  ) throws(LearningError) -> Plan? {
    var options = options
    options.batch = max(1, data.count)
    return try Trainer(self, data, options, observer).firstPlan()
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
  let run: Run

  private let step: TrainingStep
  private let monitor: StepMonitor
  private let constantLoss: Double?
  // The rows of the person's data that are trained on, if not all.
  private let places: [Int]?
  private let order: RowOrder
  private var engine: any StepEngine
  private var clock = TrainingClock()
  private var clipped = 0
  private var bestLoss = Double.infinity

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
    guard !network.trainable.isEmpty else { throw .nothingToTrain }
    try options.optimizer.check(network)
    step = TrainingStep(network, options)
    monitor = StepMonitor(step.weights.map(\.path))
    order = RowOrder(training, options)
    run = Run(order.division)
    run.record = LayerRecord(steps: order.division.steps(ofEpochs: options.epochs))
    engine = RecordedSteps(step, training, targets, slots: [])
    run.metrics = options.metrics.map { ($0.name, []) }
    run.trainingMetrics = run.metrics
  }

  mutating func train() throws(LearningError) {
    clock.start()
    do {
      try prepare()
      try runEpochs()
      if case .running = run.stopped { run.stopped = .finished }
    } catch {
      guard isInterruption(error) else { throw error }
      run.stopped = .interrupted
    }
    try finish()
  }

  /// Compiles the first step, or finds that steps have to be run as they come.
  private mutating func prepare() throws(LearningError) {
    if let planned = try planned() {
      engine = planned
    } else {
      engine = RecordedSteps(step, training, targets, slots: try step.firstSlots())
    }
  }

  private func planned() throws(LearningError) -> PlannedSteps? {
    let (options, order) = (options, order)
    return try PlannedSteps(
      step, training, targets, first: try order.rows(ofStep: 0), isRecorded: options.record,
      isThinned: order.division.steps(ofEpochs: options.epochs) > LayerRecord.limit, observer
    ) { number throws(LearningError) in (try order.rows(ofStep: number), try options.factor(at: number)) }
  }

  /// The plan of the first step, ready to run; none where steps have to be run as they come.
  func firstPlan() throws(LearningError) -> Plan? {
    try planned()?.plan(on: try order.rows(ofStep: 0), isRecorded: options.record)
  }

  private mutating func runEpochs() throws(LearningError) {
    for epoch in 0..<options.epochs {
      try (engine as? PlannedSteps)?.keep(step: run.steps)
      guard try runEpoch(epoch) else { return }
      try endEpoch(epoch)
      report(epoch, isEpochEnd: true)
      if let patience = options.patience, run.epochs - run.bestEpoch >= patience {
        run.stopped = .patience
        return
      }
    }
  }

  /// - Returns: whether the epoch came to its end.
  private mutating func runEpoch(_ epoch: Int) throws(LearningError) -> Bool {
    for _ in 0..<order.division.steps {
      if observer.isPauseDue() {
        try engine.writeBack()
        noteTimes()
        observer.pause(run)
      }
      if observer.isInterrupted() {
        run.stopped = .interrupted
        return false
      }
      guard try runStep(try order.rows(ofStep: run.steps)) else { return false }
      report(epoch, isEpochEnd: false)
    }
    return true
  }

  private func isInterruption(_ error: LearningError) -> Bool {
    switch error {
    case .gradient(.interrupted): true
    case .tensor(let inner): inner.kind == .interrupted
    case .gradient(.program(let inner)), .program(let inner): observer.isInterruption(inner)
    default: false
    }
  }

  /// - Returns: whether all was finite.
  private mutating func runStep(_ rows: ArraySlice<Int>) throws(LearningError) -> Bool {
    let number = run.steps
    let isRecorded = options.record && run.record.wants(number + 1)
    let factor = try options.factor(at: number)
    if let planned = engine as? PlannedSteps, try !planned.prepare(rows, isRecorded: isRecorded) {
      engine = try planned.recorded()
    }
    try engine.run(rows, number: number, factor: factor, isRecorded: isRecorded)
    guard engine.reading.isFinite else {
      try stop(rows)
      return false
    }
    if engine.reading.isClipped { clipped += 1 }
    if isRecorded {
      run.record.begin(number + 1)
      monitor.note(engine.reading, in: &run.record)
    }
    run.losses.append(engine.reading.loss)
    run.rates.append(step.optimizer.rate * factor)
    clock.stepEnded(rows: rows.count)
    return true
  }

  /// Ends the run with what was found not to be finite, and goes back to weights that are.
  private mutating func stop(_ rows: ArraySlice<Int>) throws(LearningError) {
    try engine.goBack(to: run.steps)
    let batch = try training.rows(Array(rows))
    let inspection = Inspection(step: step, number: run.steps, data: data)
    let finding = try inspection.run(
      batch, rows: places.map { places in rows.map { places[$0] } } ?? Array(rows), losses: run.losses.suffix(NonFinite.lossCount)
    )
    if run.steps > 0, !hasFiniteWeights { try engine.goBack(to: run.steps - 1) }
    run.stopped = .notFinite(finding)
  }

  private var hasFiniteWeights: Bool { step.weights.allSatisfy { isFinite($0.parameter.value) } }

  private mutating func endEpoch(_ epoch: Int) throws(LearningError) {
    var loss = order.division.meanLoss(ofEpoch: epoch, run.losses)
    run.epochs += 1
    if validation != nil || !options.metrics.isEmpty { try engine.writeBack() }
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
      try engine.keepBest()
    }
  }

  private func report(_ epoch: Int, isEpochEnd: Bool) {
    guard observer.isDue(isEpochEnd) else { return }
    let total = order.division.steps(ofEpochs: options.epochs)
    let seconds = clock.seconds
    observer.report(
      TrainingProgress(
        run: run, epoch: epoch + 1, epochs: options.epochs, step: run.steps, steps: total, isEpochEnd: isEpochEnd,
        loss: run.losses.last ?? 0, constantLoss: constantLoss, samplesPerSecond: clock.samplesPerSecond,
        timeLeft: seconds / Double(max(1, run.steps)) * Double(total - run.steps)))
  }

  private mutating func finish() throws(LearningError) {
    noteTimes()
    try finishWeights()
    run.hash = network.hash
  }

  /// Tells the run how long it took so far.
  private func noteTimes() {
    run.seconds = clock.seconds
    run.secondsPerStep = clock.medianStep
    run.samplesPerSecond = clock.samplesPerSecond
    run.clippedShare = Double(clipped) / Double(max(1, run.steps))
  }

  /// Leaves the network with its last weights, or the best if it was to go back to them, and the run with the best.
  private mutating func finishWeights() throws(LearningError) {
    if case .notFinite = run.stopped {
      // The weights are those that were gone back to.
    } else {
      try engine.writeBack()
      // The last update has no next step that would notice it.
      if run.steps > 0, !hasFiniteWeights {
        try stop(try order.rows(ofStep: run.steps - 1))
      }
    }
    guard run.bestEpoch > 0 else {
      run.best = network.copy()
      return
    }
    let last = network.parameters.map { ($0.parameter, $0.parameter.value) }
    try engine.writeBest()
    run.best = network.copy()
    if options.patience == nil {
      for (parameter, value) in last { parameter.value = value }
    }
  }
}
