import Gradients
import Tensors

/// Steps that run as plans: one for each size of a batch, and for steps that are watched or not, all over the same weights.
final class PlannedSteps: StepEngine {
  private let step: TrainingStep
  private let training: Dataset
  private let targets: Tensor
  private let observer: TrainingObserver
  private let isThinned: Bool
  private let rowsOfStep: RowsOfStep
  private let memory: StepMemory
  private var plans: [Key: Compiled] = [:]
  private var changes = 0
  private(set) var reading: StepReading

  private var kept: (step: Int, state: Memory)?
  private var best: Memory?
  // The present ones are the best: they are copied before they change, and so not after the last epoch.
  private var isBest = false

  private struct Compiled {
    let plan: Plan
    /// Whether functions of the program would do what they did when it was traced.
    let isUnchanged: () -> Bool
  }

  /// Changes of what these functions read, after which steps are run as they come.
  private static let mostChanges = 8

  /// The rows and the schedule's factor of any step so far, to go through it again.
  typealias RowsOfStep = (Int) throws(LearningError) -> (rows: ArraySlice<Int>, factor: Double)

  private struct Key: Hashable {
    let rows: Int
    let isRecorded: Bool
  }

  /// Compiles the first step.
  ///
  /// - Parameters:
  ///   - rows: those of the first step; no step has more.
  ///   - isThinned: whether some of the steps will be watched and some not, even if the first is.
  /// - Returns: none where a function of the program looks at values, so that steps have to be run as they come.
  init?(
    _ step: TrainingStep, _ training: Dataset, _ targets: Tensor, first rows: ArraySlice<Int>, isRecorded: Bool,
    isThinned: Bool = false, _ observer: TrainingObserver = TrainingObserver(), rowsOfStep: @escaping RowsOfStep
  ) throws(LearningError) {
    self.step = step
    self.training = training
    self.targets = targets
    self.isThinned = isThinned
    self.observer = observer
    self.rowsOfStep = rowsOfStep
    guard let traced = try PlannedSteps.trace(step, training, targets, rows, isRecorded, observer) else { return nil }
    memory = try StepMemory(step, traced.trace, traced.operands, traced.results, rows: rows.count)
    reading = memory.emptyReading(traced.results)
    guard try compile(traced, rows, isRecorded) else { return nil }
  }

  private typealias Traced = (
    trace: Trace, operands: TrainingStep.Operands, results: TrainingStep.Results, isUnchanged: () -> Bool
  )

  /// Notes a step: without values if nothing looks at them, as it is run as a plan anyway, else with those of the rows.
  private static func trace(
    _ step: TrainingStep, _ training: Dataset, _ targets: Tensor, _ rows: ArraySlice<Int>, _ isRecorded: Bool,
    _ observer: TrainingObserver
  ) throws(LearningError) -> Traced? {
    // Whatever is in the way shows again, and is told, where the values are known.
    if let traced = try? note(in: Trace(computes: false), step, training, targets, rows, isRecorded),
      traced.trace.obstacle == nil
    {
      return traced
    }
    let isUnchanged = observer.watching?() ?? { true }
    defer { _ = isUnchanged() }
    let trace = Trace()
    trace.presentSite = observer.presentSite
    var traced = try note(in: trace, step, training, targets, rows, isRecorded)
    if let obstacle = trace.obstacle ?? (isUnchanged() ? nil : (.change, Recorder.noSite)) {
      observer.runsUncompiled(obstacle)
      return nil
    }
    traced.isUnchanged = isUnchanged
    return traced
  }

  private static func note(
    in trace: Trace, _ step: TrainingStep, _ training: Dataset, _ targets: Tensor, _ rows: ArraySlice<Int>, _ isRecorded: Bool
  ) throws(LearningError) -> Traced {
    let batch = try training.rows(Array(rows))
    let slots = try step.firstSlots()
    let operands = try operations { () throws(TensorError) in
      TrainingStep.Operands(
        x: trace.input(batch.x), y: trace.input(batch.y ?? targets),
        chance: trace.input(try Variable.chance(seed: step.seed, stream: Pass.stream(step: 0)).value),
        number: trace.input(try Tensor(1, dtype: .float64)), factor: trace.input(try Tensor(1, dtype: .float64)),
        slots: slots.map { $0.map { trace.input($0.value) } })
    }
    let results = try trace.run { () throws(LearningError) in try step.run(operands, isRecorded: isRecorded) }
    return (trace, operands, results, { true })
  }

  /// - Returns: whether it can be compiled.
  private func compile(_ traced: Traced, _ rows: ArraySlice<Int>, _ isRecorded: Bool) throws(LearningError) -> Bool {
    func compile(_ results: TrainingStep.Results, _ isRecorded: Bool) throws(LearningError) -> Bool {
      let plan = try memory.plan(traced.trace, traced.operands, results, rows: rows.count)
      plans[Key(rows: rows.count, isRecorded: isRecorded)] = plan.map { Compiled(plan: $0, isUnchanged: traced.isUnchanged) }
      return plan != nil
    }
    var isCompiled = try compile(traced.results, isRecorded)
    if isRecorded, isThinned {
      // From the same trace, so that no later step takes more memory than this one.
      var unwatched = traced.results
      unwatched.record = nil
      isCompiled = try compile(unwatched, false) && isCompiled
    }
    if !isCompiled { observer.runsUncompiled((.change, Recorder.noSite)) }
    return isCompiled
  }

  /// The plan of a step on some rows, ready to run on them. It may run again and again without effect on the network, as
  /// all that it changes are numbers of its own; at a rate of 0, so that these stay finite.
  func plan(on rows: ArraySlice<Int>, isRecorded: Bool) throws(LearningError) -> Plan? {
    guard try prepare(rows, isRecorded: isRecorded) else { return nil }
    memory.write(rows, of: training.x, targets: targets, number: 0, factor: 0)
    return plans[Key(rows: rows.count, isRecorded: isRecorded)]?.plan
  }

  /// Compiles a step on as many rows, if that was not done before or functions of the program would do something else now.
  ///
  /// - Returns: whether it can be compiled.
  func prepare(_ rows: ArraySlice<Int>, isRecorded: Bool) throws(LearningError) -> Bool {
    let key = Key(rows: rows.count, isRecorded: isRecorded)
    if let known = plans[key] {
      if known.isUnchanged() { return true }
      changes += 1
      guard changes <= PlannedSteps.mostChanges else {
        observer.runsUncompiled((.changing, Recorder.noSite))
        return false
      }
    }
    guard let traced = try PlannedSteps.trace(step, training, targets, rows, isRecorded, observer) else { return false }
    return try compile(traced, rows, isRecorded)
  }

  func run(_ rows: ArraySlice<Int>, number: Int, factor: Double, isRecorded: Bool) throws(LearningError) {
    guard let plan = plans[Key(rows: rows.count, isRecorded: isRecorded)]?.plan else {
      preconditionFailure("a step was prepared")
    }
    memory.write(rows, of: training.x, targets: targets, number: number, factor: factor)
    do {
      try plan.run()
    } catch {
      throw .tensor(error)
    }
    memory.read(&reading, isRecorded: isRecorded)
  }

  func writeBack() throws(LearningError) { try memory.writeBack() }

  /// The same training step by step, operation by operation, from where it stands.
  func recorded() throws(LearningError) -> RecordedSteps {
    try writeBack()
    try copyBest()
    let best = try best.map { copy throws(LearningError) in try memory.values(in: copy) }
    return RecordedSteps(step, training, targets, slots: try memory.slotValues(), best: best ?? [])
  }

  /// Steps since the state was kept.
  private static let stepsBetweenCopies = 64

  /// Called where an epoch begins: what happens from here on can be gone through again.
  func keep(step: Int) throws(LearningError) {
    try copyBest()
    if let kept, step - kept.step < PlannedSteps.stepsBetweenCopies { return }
    let copy: Memory
    if let kept { copy = kept.state } else { copy = try memory.makeCopy(ofAll: true) }
    memory.copy(to: copy)
    kept = (step, copy)
  }

  func goBack(to step: Int) throws(LearningError) {
    guard let kept, kept.step <= step else { return }
    try copyBest()
    memory.copy(from: kept.state)
    for number in kept.step..<step {
      let (rows, factor) = try rowsOfStep(number)
      // Where functions of the program would do something else now, the weights are known no further.
      guard try prepare(rows, isRecorded: false) else { break }
      try run(rows, number: number, factor: factor, isRecorded: false)
    }
    try memory.writeBack()
  }

  func keepBest() { isBest = true }

  private func copyBest() throws(LearningError) {
    guard isBest else { return }
    isBest = false
    let copy: Memory
    if let best { copy = best } else { copy = try memory.makeCopy(ofAll: false) }
    memory.copy(to: copy)
    best = copy
  }

  func writeBest() throws(LearningError) {
    guard let best, !isBest else { return }
    memory.copy(from: best)
    try memory.writeBack()
  }
}
