import Gradients
import Tensors

extension OptimizerKind {
  /// Every optimiser.
  public static let all: [OptimizerKind] = [sgd, adam, adamw, rmsprop, adagrad, adadelta, lion, rprop]

  public static func named(_ name: String) -> OptimizerKind? { all.first { $0.name == name } }

  static let rate = "lr"

  public static let sgd = OptimizerKind(
    "sgd",
    [
      Hyperparameter(rate, .notNegative, default: .number(0.001), "the learning rate"),
      Hyperparameter("momentum", .share, default: .number(0), "the share of the last step that is kept"),
      Hyperparameter("nesterov", .flag, default: .flag(false), "whether the gradient is that of the place ahead"),
    ],
    formula: "v ← momentum v + g;  w ← w − lr v, with nesterov w − lr (g + momentum v)",
    writtenWith: { settings in
      if settings.number("momentum") == 0 { return "w ← w − lr g" }
      return "v ← momentum v + g;  w ← w − lr \(settings.flag("nesterov") ? "(g + momentum v)" : "v")"
    },
    source: "Polyak 1964; Nesterov 1983", slots: ["velocity"]
  ) { update throws(TensorError) in
    try update.addDecay()
    let momentum = update.settings.number("momentum")
    var direction = update.gradient
    if momentum > 0 {
      update.slots[0] = try update.slots[0] * momentum + update.gradient
      direction = update.settings.flag("nesterov") ? try update.gradient + update.slots[0] * momentum : update.slots[0]
    }
    update.weight = try update.weight - direction * update.rate
  }

  public static let adam = OptimizerKind(
    "adam", moments, formula: "m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  w ← w − lr (m/(1 − β₁ᵗ)) / (√(v/(1 − β₂ᵗ)) + ε)",
    source: "Kingma & Ba 2015", slots: ["momentum", "second_moment"]
  ) { update throws(TensorError) in
    try update.addDecay()
    try update.followMoments()
  }

  public static let adamw = OptimizerKind(
    "adamw", moments, weightDecay: 0.01, formula: "w ← (1 − lr weight_decay) w, then as adam",
    source: "Loshchilov & Hutter 2019", slots: ["momentum", "second_moment"]
  ) { update throws(TensorError) in
    update.weight = try update.weight * (1 - update.rate * update.settings.number("weight_decay"))
    try update.followMoments()
  }

  private static let moments = [
    Hyperparameter(rate, .notNegative, default: .number(0.001), "the learning rate"),
    Hyperparameter("beta1", .share, default: .number(0.9), "the share of the mean gradient that is kept"),
    Hyperparameter("beta2", .share, default: .number(0.999), "the share of the mean squared gradient that is kept"),
    Hyperparameter("eps", .positive, default: .number(1e-8), "what keeps the quotient finite"),
  ]
}

// What several rules have in common.
extension WeightUpdate {
  /// Weight decay as part of the gradient.
  mutating func addDecay() throws(TensorError) {
    let decay = settings.number("weight_decay")
    if decay > 0 { gradient = try gradient + weight * decay }
  }

  /// A step along the mean gradient, in units of the root of the mean squared one.
  fileprivate mutating func followMoments() throws(TensorError) {
    let (beta1, beta2) = (settings.number("beta1"), settings.number("beta2"))
    slots[0] = try slots[0] * beta1 + gradient * (1 - beta1)
    slots[1] = try slots[1] * beta2 + gradient.square() * (1 - beta2)
    // The roots of both shares are drawn out of the quotient: what is left for each weight is a root and a division.
    let root = try share(after: beta2).sqrt()
    let denominator = try slots[1].sqrt() + root * settings.number("eps")
    weight = try weight - slots[0] / denominator * (rate * root / share(after: beta1))
  }
}
