import Gradients
import Tensors

/// An optimiser with its settings and what it remembers of each weight.
public final class Optimizer {
  public let kind: OptimizerKind
  public let settings: Settings
  /// Rates of their own, by the path of a layer or weight.
  public let rates: [String: Double]

  // A weight is kept with its memory, so that no other can take its identity.
  private var memory: [ObjectIdentifier: Memory] = [:]

  // While there is a plan, what it changes is remembered there.
  private var planned: Planned?

  private final class Planned {
    let update: PlannedUpdate
    var steps: Int

    init(_ update: PlannedUpdate, steps: Int) {
      self.update = update
      self.steps = steps
    }
  }

  private struct Memory {
    let parameter: Parameter
    var slots: [Variable]
    var step = 0
  }

  public init(
    _ kind: OptimizerKind, _ given: [String: Setting] = [:], rates: [String: Double] = [:]
  ) throws(LearningError) {
    self.kind = kind
    self.rates = rates
    settings = try Settings(given, for: kind.hyperparameters, of: kind.name)
    for (name, rate) in rates where !(rate >= 0 && rate.isFinite) {
      throw .badSetting(owner: kind.name, name: "rates[\"\(name)\"]", value: .number(rate), kind: .notNegative)
    }
    if case .flag(true) = settings["nesterov"], settings.number("momentum") == 0 { throw .nesterovWithoutMomentum }
  }

  private init(likeNew other: Optimizer) {
    kind = other.kind
    settings = other.settings
    rates = other.rates
  }

  /// The same settings with nothing remembered.
  public func afresh() -> Optimizer { Optimizer(likeNew: self) }

  /// The learning rate, before any schedule.
  public var rate: Double { settings.number("lr") }

  /// Looks for rates of things that the network does not have.
  public func check(_ network: Network) throws(LearningError) {
    let paths = network.parameters.map(\.path)
    for name in rates.keys.sorted() where !paths.contains(where: { $0 == name || $0.hasPrefix(name + ".") }) {
      throw .unknownRate(name, known: network.places.map(\.name))
    }
  }

  /// One step: every weight is changed in place, unrecorded.
  ///
  /// - Parameter factor: the schedule's, on all rates.
  public func update(
    _ weights: [(path: String, parameter: Parameter)], _ gradients: [Tensor], factor: Double = 1
  ) throws(LearningError) {
    precondition(weights.count == gradients.count)
    try operations { () throws(TensorError) in
      try withoutRecording { () throws(TensorError) in
        if try updatePlanned(weights, gradients, factor) { return }
        for ((path, parameter), gradient) in zip(weights, gradients) {
          try update(parameter, path, gradient, factor)
        }
      }
    }
  }

  /// The same as a plan, from the second time on that these weights are updated together.
  private func updatePlanned(
    _ weights: [(path: String, parameter: Parameter)], _ gradients: [Tensor], _ factor: Double
  ) throws(TensorError) -> Bool {
    if let planned, Trace.current == nil, planned.update.fits(weights, gradients) {
      planned.steps += 1
      try planned.update.run(gradients, step: planned.steps, factor: factor)
      return true
    }
    try recallPlanned()
    let known = weights.compactMap { memory[ObjectIdentifier($0.parameter)] }
    guard Trace.current == nil, let steps = known.first?.step, known.count == weights.count,
      known.allSatisfy({ $0.step == steps }),
      Set(weights.map { ObjectIdentifier($0.parameter) }).count == weights.count,
      let made = try PlannedUpdate(weights, gradients, slots: known.map { $0.slots.map(\.value) }, updated)
    else { return false }
    planned = Planned(made, steps: steps)
    return try updatePlanned(weights, gradients, factor)
  }

  /// Takes over what the plan remembers.
  private func recallPlanned() throws(TensorError) {
    guard let planned else { return }
    self.planned = nil
    for (parameter, slots) in try planned.update.slots() {
      memory[ObjectIdentifier(parameter)] = Memory(parameter: parameter, slots: slots.map { Variable($0) }, step: planned.steps)
    }
  }

  private func update(_ parameter: Parameter, _ path: String, _ gradient: Tensor, _ factor: Double) throws(TensorError) {
    let weight = Variable(parameter.value)
    var memory = try recall(parameter, path, weight)
    memory.step += 1
    let update = try updated(
      path, weight, Variable(gradient), memory.slots, step: Variable(Tensor(Double(memory.step), dtype: .float64)),
      factor: Variable(Tensor(factor, dtype: .float64)))
    memory.slots = update.slots
    self.memory[ObjectIdentifier(parameter)] = memory
    parameter.value = update.weight.value
  }

  /// One step of one weight, in operations.
  ///
  /// - Parameters:
  ///   - slots: what is remembered of the weight, zeros at first.
  ///   - step: how often it has been updated, this time included: a `float64`.
  ///   - factor: the schedule's, on the rate: a `float64`.
  func updated(
    _ path: String, _ weight: Variable, _ gradient: Variable, _ slots: [Variable], step: Variable, factor: Variable
  ) throws(TensorError) -> (weight: Variable, slots: [Variable]) {
    let l1 = settings.number("l1")
    var update = WeightUpdate(
      settings: settings, rate: try (factor * rate(of: path)).cast(to: weight.dtype), step: step, weight: weight,
      gradient: l1 > 0 ? try gradient + weight.sign() * l1 : gradient, slots: slots)
    try kind.rule(&update)
    return (update.weight, update.slots)
  }

  private func recall(_ parameter: Parameter, _ path: String, _ weight: Variable) throws(TensorError) -> Memory {
    if let found = memory[ObjectIdentifier(parameter)] { return found }
    return Memory(parameter: parameter, slots: try firstSlots(path, weight))
  }

  /// What is remembered of a weight before its first step.
  func firstSlots(_ path: String, _ weight: Variable) throws(TensorError) -> [Variable] {
    let zero = try weight.zerosLike()
    return try kind.starts(settings, rate(of: path)).map { start throws(TensorError) in start == 0 ? zero : try zero + start }
  }

  /// The rate of the longest name in `rates` that the path begins with, or the common one.
  private func rate(of path: String) -> Double {
    guard !rates.isEmpty else { return rate }
    let fitting = rates.filter { path == $0.key || path.hasPrefix($0.key + ".") }
    return fitting.max { $0.key.count < $1.key.count }?.value ?? rate
  }

  /// What is remembered of a weight, by the slots' names; none before its first update.
  public func slots(of parameter: Parameter) -> [(name: String, value: Tensor)]? {
    try? recallPlanned()
    return memory[ObjectIdentifier(parameter)].map { memory in zip(kind.slots, memory.slots).map { ($0, $1.value) } }
  }
}
