import Gradients
import Tensors

/// One forward pass: whether it belongs to training, what chance it may use, what it writes and what is to be kept of it.
public final class Pass {
  /// Whether layers that behave differently in training do so.
  public let isTraining: Bool

  /// What came by, layer by layer, if it was to be kept.
  public private(set) var trace: [Entry] = []

  /// What layers would have their state be after this pass, each parameter once; nothing outside training.
  ///
  /// Values are made of operations. Who runs the pass decides whether they are written.
  public private(set) var updates: [(parameter: Parameter, value: Variable)] = []

  private let keepsTrace: Bool
  private let seed: UInt64
  private let step: Int
  private var draws = 0
  private var madeChance: Variable?

  /// What one layer made of its input.
  public struct Entry {
    public let path: String
    public let layer: Layer
    public let input: Variable
    /// Before the activation; the output where the layer has none.
    public let preactivation: Variable
    public let output: Variable
    public let activation: Activation
  }

  /// A pass outside training.
  public init(keepingTrace: Bool = false) {
    isTraining = false
    keepsTrace = keepingTrace
    seed = 0
    step = 0
  }

  /// A pass in training.
  ///
  /// What is drawn depends on the seed, the step and the place in the network, and on nothing else.
  public init(trainingWith seed: UInt64, step: Int, keepingTrace: Bool = false) {
    isTraining = true
    keepsTrace = keepingTrace
    self.seed = seed
    self.step = step
  }

  /// What the draws of a step of training depend on.
  public static func chance(seed: UInt64, step: Int) throws(TensorError) -> Tensor {
    try Variable.chance(seed: seed, stream: stream(step: step)).value
  }

  /// A pass in training that draws from what `chance` gave.
  public init(drawingFrom chance: Variable, keepingTrace: Bool = false) {
    isTraining = true
    keepsTrace = keepingTrace
    seed = 0
    step = 0
    madeChance = chance
  }

  /// The stream of a step's first draw.
  ///
  /// The highest bit keeps these streams apart from those of the shuffling.
  static func stream(step: Int) -> UInt64 { 1 << 63 | UInt64(step) << 20 }

  /// What this pass draws from, as an operand: all that changes from step to step.
  public func chance() throws(TensorError) -> Variable {
    if let madeChance { return madeChance }
    let made = try Variable.chance(seed: seed, stream: Pass.stream(step: step))
    madeChance = made
    return made
  }

  /// The number of the next draw, in the order in which layers ask.
  func nextDraw() -> Int {
    defer { draws += 1 }
    return draws
  }

  /// What a parameter is by now, with what a layer that stands twice wrote further up.
  func present(_ parameter: Parameter) -> Variable {
    updates.first { $0.parameter === parameter }?.value ?? parameter.variable
  }

  /// Notes what a parameter is to be after this pass; a frozen one keeps what it has.
  func update(_ parameter: Parameter, to value: Variable) {
    guard !parameter.isFrozen else { return }
    updates.removeAll { $0.parameter === parameter }
    updates.append((parameter, value))
  }

  /// Writes what layers would have their state be.
  public func applyUpdates() {
    // As batch normalisation's running statistics: a plan of the caller would not write them again.
    if !updates.isEmpty { Trace.current?.obstruct(.change) }
    for (parameter, value) in updates { parameter.value = value.value }
  }

  func keep(_ entry: @autoclosure () -> Entry) {
    if keepsTrace { trace.append(entry()) }
  }
}
