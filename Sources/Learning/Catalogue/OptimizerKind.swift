import Gradients
import Tensors

/// An entry of the table of optimisers: all there is to know about one of them, said once.
public struct OptimizerKind: Sendable {
  /// The name in the language.
  public let name: String
  /// Its own ones, then those that all optimisers have.
  public let hyperparameters: [Hyperparameter]

  /// The update, as help prints it: `w` the weight, `g` its gradient, `t` the step from 1.
  public let formula: String

  /// Where it is from, if it bears somebody's name.
  public let source: String?

  /// What it remembers of each weight from step to step.
  public let slots: [String]

  /// What each of these starts with.
  let starts: @Sendable (Settings, _ rate: Double) -> [Double]

  private let writtenWith: (@Sendable (Settings) -> String)?

  let rule: @Sendable (inout WeightUpdate) throws(TensorError) -> Void

  init(
    _ name: String, _ own: [Hyperparameter], weightDecay: Double = 0, formula: String,
    writtenWith: (@Sendable (Settings) -> String)? = nil, source: String? = nil, slots: [String],
    starts: (@Sendable (Settings, _ rate: Double) -> [Double])? = nil,
    rule: @escaping @Sendable (inout WeightUpdate) throws(TensorError) -> Void
  ) {
    self.name = name
    hyperparameters =
      own + [
        Hyperparameter("weight_decay", .notNegative, default: .number(weightDecay), "how strongly weights are drawn to 0"),
        Hyperparameter("l1", .notNegative, default: .number(0), "the factor of the sum of absolute weights in the loss"),
      ]
    self.formula = formula
    self.writtenWith = writtenWith
    self.source = source
    self.slots = slots
    self.starts = starts ?? { _, _ in slots.map { _ in 0 } }
    self.rule = rule
  }
}

extension OptimizerKind {
  /// The update without the parts that settings leave out.
  public func formula(with settings: Settings) -> String { writtenWith?(settings) ?? formula }
}

/// The update of one weight in one step, as its rule sees it.
///
/// All is written in operations: training compiles it.
struct WeightUpdate {
  let settings: Settings
  /// The rate of this step, the schedule's factor included: a number of the weight's type.
  let rate: Variable
  /// How often this weight has been updated, this time included: a `float64`.
  let step: Variable
  var weight: Variable
  /// Of the loss, then with what the rule adds to it.
  var gradient: Variable
  /// What the rule remembers, at first what its kind starts with.
  var slots: [Variable]
}

extension WeightUpdate {
  /// `1 − βᵗ`, by which a mean that began at 0 is too small, as a number of the weight's type.
  func share(after beta: Double) throws(TensorError) -> Variable {
    try (1 - Variable(Tensor(beta, dtype: .float64)).power(step)).cast(to: weight.dtype)
  }
}
