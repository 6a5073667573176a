import Gradients
import Tensors

/// What training makes small: an entry of the table of losses with its settings, or a function of the program.
public struct Loss: Sendable {
  public let name: String
  public let settings: Settings
  private let body: Body

  private enum Body: Sendable {
    case entry(LossKind)
    case program(ProgramLoss)
  }

  public init(_ kind: LossKind, _ given: [String: Setting] = [:]) throws(LearningError) {
    name = kind.name
    settings = try Settings(given, for: kind.hyperparameters, of: kind.name)
    body = .entry(kind)
  }

  /// Any function from a prediction and a target to a single number.
  public init(_ name: String, _ function: @escaping (Variable, Variable) throws -> Variable) {
    self.name = name
    settings = .none
    body = .program(ProgramLoss(function: function))
  }

  init(entry kind: LossKind) {
    name = kind.name
    settings = Settings(defaultsOf: kind.hyperparameters)
    body = .entry(kind)
  }

  /// The entry of the table; none for a function of the program.
  public var kind: LossKind? {
    if case .entry(let kind) = body { kind } else { nil }
  }

  /// The mean loss over a batch, a single number.
  public func callAsFunction(_ prediction: Variable, _ target: Tensor) throws(LearningError) -> Variable {
    try self(prediction, Variable(target))
  }

  /// The same of a target that operations are to see, so that a plan can be given another.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) throws(LearningError) -> Variable {
    switch body {
    case .entry(let kind):
      if let doubled = kind.appliesItself, prediction.operation?.name == doubled {
        throw .doubled(activation: doubled, layer: nil, loss: name)
      }
      return try kind.value(of: prediction, Target(target, of: name), settings)
    case .program(let loss):
      let value = try outside { try loss.function(prediction, target) }
      guard value.shape.count == 1 else { throw .lossNotScalar(value.shape) }
      return value
    }
  }

  /// Looks for mistakes that show before anything is computed.
  public func check(_ network: Network) throws(LearningError) {
    guard let doubled = kind?.appliesItself, let last = network.last, last.layer.activation.name == doubled else { return }
    throw .doubled(activation: doubled, layer: last.path, loss: name)
  }
}

// It is made and called on the thread of the program that wrote it.
private struct ProgramLoss: @unchecked Sendable {
  let function: (Variable, Variable) throws -> Variable
}

/// An entry of the table of losses: all there is to know about one of them, said once.
public struct LossKind: Sendable {
  /// The name in the language.
  public let name: String
  public let hyperparameters: [Hyperparameter]

  /// The loss of one example, or of one number where it is summed over these.
  public let formula: String

  /// Its derivative in the prediction, or in the logits where it takes these.
  public let slope: String

  /// How it looks as a function of one number.
  public let portrait: LossPortrait

  /// The activation that the loss applies by itself, so that the network must not.
  public let appliesItself: String?

  /// The value above which a single output means class 1.
  public let threshold: Double

  /// Whether a target is a class number for each row, or may be one.
  public let takesClasses: Bool

  /// The target, checked, as `value` takes it: numbers of the prediction's shape and type, or class numbers.
  let target: @Sendable (Target, _ prediction: Variable) throws(LearningError) -> Variable

  /// The mean loss of predictions and such targets.
  let value: @Sendable (_ prediction: Variable, _ target: Variable, Settings) throws(TensorError) -> Variable

  /// The constant prediction that is best for such targets, with one row; none where no formula gives it.
  let constant: (@Sendable (_ target: Variable, _ outputs: Int, Settings) throws(TensorError) -> Variable)?

  init(
    _ name: String, _ hyperparameters: [Hyperparameter] = [], formula: String, slope: String, portrait: LossPortrait,
    appliesItself: String? = nil,
    threshold: Double = 0.5, takesClasses: Bool = false,
    target: @escaping @Sendable (Target, _ prediction: Variable) throws(LearningError) -> Variable,
    constant: (@Sendable (_ target: Variable, _ outputs: Int, Settings) throws(TensorError) -> Variable)? = nil,
    value: @escaping @Sendable (_ prediction: Variable, _ target: Variable, Settings) throws(TensorError) -> Variable
  ) {
    self.name = name
    self.hyperparameters = hyperparameters
    self.formula = formula
    self.slope = slope
    self.portrait = portrait
    self.appliesItself = appliesItself
    self.threshold = threshold
    self.takesClasses = takesClasses
    self.target = target
    self.value = value
    self.constant = constant
  }

  func value(of prediction: Variable, _ target: Target, _ settings: Settings) throws(LearningError) -> Variable {
    let target = try self.target(target, prediction)
    return try operations { () throws(TensorError) in try value(prediction, target, settings) }
  }
}
