import Gradients
import Tensors

// Optimisers that give every weight a rate of its own, beside Adam. Defaults are PyTorch's.
extension OptimizerKind {
  public static let rmsprop = OptimizerKind(
    "rmsprop",
    [
      Hyperparameter(rate, .notNegative, default: .number(0.01), "the learning rate"),
      Hyperparameter("alpha", .share, default: .number(0.99), "the share of the mean squared gradient that is kept"),
      Hyperparameter("eps", .positive, default: .number(1e-8), "what keeps the quotient finite"),
      Hyperparameter("momentum", .share, default: .number(0), "the share of the last step that is kept"),
      Hyperparameter("centered", .flag, default: .flag(false), "whether the gradient's variance takes the place of its square"),
    ],
    formula: "v ← αv + (1 − α)g²;  w ← w − lr g / (√v + ε)", source: "Tieleman & Hinton 2012",
    slots: ["second_moment", "mean", "velocity"]
  ) { update throws(TensorError) in
    try update.addDecay()
    let (alpha, momentum) = (update.settings.number("alpha"), update.settings.number("momentum"))
    update.slots[0] = try update.slots[0] * alpha + update.gradient.square() * (1 - alpha)
    var spread = update.slots[0]
    if update.settings.flag("centered") {
      update.slots[1] = try update.slots[1] * alpha + update.gradient * (1 - alpha)
      spread = try spread - update.slots[1].square()
    }
    var direction = try update.gradient / (spread.sqrt() + update.settings.number("eps"))
    if momentum > 0 {
      update.slots[2] = try update.slots[2] * momentum + direction
      direction = update.slots[2]
    }
    update.weight = try update.weight - direction * update.rate
  }

  public static let adagrad = OptimizerKind(
    "adagrad",
    [
      Hyperparameter(rate, .notNegative, default: .number(0.01), "the learning rate"),
      Hyperparameter("lr_decay", .notNegative, default: .number(0), "how fast the rate falls: lr / (1 + (t − 1) lr_decay)"),
      Hyperparameter("initial_accumulator", .notNegative, default: .number(0), "what the sum of squares starts with"),
      Hyperparameter("eps", .positive, default: .number(1e-10), "what keeps the quotient finite"),
    ],
    formula: "v ← v + g²;  w ← w − lr g / (√v + ε)", source: "Duchi, Hazan & Singer 2011", slots: ["sum_of_squares"],
    starts: { settings, _ in [settings.number("initial_accumulator")] }
  ) { update throws(TensorError) in
    try update.addDecay()
    let before = try (update.step - 1).cast(to: update.weight.dtype)
    let rate = try update.rate / (before * update.settings.number("lr_decay") + 1)
    update.slots[0] = try update.slots[0] + update.gradient.square()
    update.weight = try update.weight - update.gradient / (update.slots[0].sqrt() + update.settings.number("eps")) * rate
  }

  public static let adadelta = OptimizerKind(
    "adadelta",
    [
      Hyperparameter(rate, .notNegative, default: .number(1), "a factor on the step"),
      Hyperparameter("rho", .share, default: .number(0.9), "the share of the mean squares that is kept"),
      Hyperparameter("eps", .positive, default: .number(1e-6), "what keeps the quotient finite and lets the first steps be"),
    ],
    formula: "v ← ρv + (1 − ρ)g²;  d = g √(u + ε) / √(v + ε);  u ← ρu + (1 − ρ)d²;  w ← w − lr d", source: "Zeiler 2012",
    slots: ["second_moment", "mean_squared_step"]
  ) { update throws(TensorError) in
    try update.addDecay()
    let (rho, eps) = (update.settings.number("rho"), update.settings.number("eps"))
    update.slots[0] = try update.slots[0] * rho + update.gradient.square() * (1 - rho)
    let step = try (update.slots[1] + eps).sqrt() / (update.slots[0] + eps).sqrt() * update.gradient
    update.slots[1] = try update.slots[1] * rho + step.square() * (1 - rho)
    update.weight = try update.weight - step * update.rate
  }

  public static let lion = OptimizerKind(
    "lion",
    [
      Hyperparameter(rate, .notNegative, default: .number(0.0001), "the size of every step"),
      Hyperparameter("beta1", .share, default: .number(0.9), "the share of the mean gradient in the step's sign"),
      Hyperparameter("beta2", .share, default: .number(0.99), "the share of the mean gradient that is kept"),
    ],
    formula: "w ← (1 − lr weight_decay) w − lr sign(β₁m + (1 − β₁)g);  m ← β₂m + (1 − β₂)g", source: "Chen and others 2023",
    slots: ["momentum"]
  ) { update throws(TensorError) in
    let (beta1, beta2) = (update.settings.number("beta1"), update.settings.number("beta2"))
    let sign = try (update.slots[0] * beta1 + update.gradient * (1 - beta1)).sign()
    let kept = try update.weight * (1 - update.rate * update.settings.number("weight_decay"))
    update.weight = try kept - sign * update.rate
    update.slots[0] = try update.slots[0] * beta2 + update.gradient * (1 - beta2)
  }

  public static let rprop = OptimizerKind(
    "rprop",
    [
      Hyperparameter(rate, .notNegative, default: .number(0.01), "the size of the first step of every weight"),
      Hyperparameter("eta_minus", .share, default: .number(0.5), "the factor on a step after the gradient changed its sign"),
      Hyperparameter("eta_plus", .number(1...1e6), default: .number(1.2), "the factor on a step after it kept its sign"),
      Hyperparameter("step_min", .notNegative, default: .number(1e-6), "the smallest step"),
      Hyperparameter("step_max", .positive, default: .number(50), "the largest step"),
    ],
    formula: "s ← s η₊ if g keeps its sign, s η₋ if it changes it, and g = 0 then;  w ← w − s sign(g)",
    source: "Riedmiller & Braun 1993", slots: ["last_gradient", "step"], starts: { _, rate in [0, rate] }
  ) { update throws(TensorError) in
    try update.addDecay()
    let settings = update.settings
    let agreement = try (update.gradient * update.slots[0]).sign()
    let one = try agreement.onesLike()
    let factor = try agreement.greater(0).select(
      one * settings.number("eta_plus"), else: agreement.less(0).select(one * settings.number("eta_minus"), else: one))
    update.slots[1] = try (update.slots[1] * factor).clip(settings.number("step_min"), settings.number("step_max"))
    let gradient = try agreement.less(0).select(one.zerosLike(), else: update.gradient)
    update.weight = try update.weight - gradient.sign() * update.slots[1]
    update.slots[0] = gradient
  }
}
