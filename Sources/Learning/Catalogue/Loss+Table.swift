import Gradients
import Tensors

extension Loss {
  public static let mse = Loss(entry: .mse)
  public static let crossEntropy = Loss(entry: .crossEntropy)
  public static let binaryCrossEntropy = Loss(entry: .binaryCrossEntropy)
}

extension LossKind {
  /// Every loss.
  public static let all: [LossKind] = [
    mse, mae, huber, crossEntropy, binaryCrossEntropy, nll, hinge, klDivergence, cosineLoss,
  ]

  public static func named(_ name: String) -> LossKind? { all.first { $0.name == name } }

  /// The mean of the squared differences of all numbers.
  public static let mse = LossKind(
    "mse", formula: "(prediction − target)²",
    slope: "2 (prediction − target)",
    portrait: LossPortrait("prediction, the target being 0", over: -3...3, target: [0]),
    target: { target, prediction throws(LearningError) in try target.numbers(like: prediction) },
    constant: { target, _, _ throws(TensorError) in try target.mean(axes: [0], keepdims: true) },
    value: { prediction, target, _ throws(TensorError) in try (prediction - target).square().mean() })

  /// The mean of the absolute differences of all numbers.
  public static let mae = LossKind(
    "mae", formula: "|prediction − target|",
    slope: "sign(prediction − target)",
    portrait: LossPortrait("prediction, the target being 0", over: -3...3, target: [0]),
    target: { target, prediction throws(LearningError) in try target.numbers(like: prediction) },
    constant: { target, _, _ throws(TensorError) in try target.median(axes: [0], keepdims: true) },
    value: { prediction, target, _ throws(TensorError) in try (prediction - target).abs().mean() })

  /// Squares of small differences, multiples of large ones.
  ///
  /// P. J. Huber, "Robust estimation of a location parameter", 1964.
  public static let huber = LossKind(
    "huber", [Hyperparameter("delta", .positive, default: .number(1), "the difference from which on the loss is straight")],
    formula: "½ d² if |d| < delta, else delta (|d| − ½ delta), d = prediction − target",
    slope: "d if |d| < delta, else delta sign d",
    portrait: LossPortrait("prediction, the target being 0", over: -3...3, target: [0]),
    target: { target, prediction throws(LearningError) in try target.numbers(like: prediction) },
    constant: { target, _, settings throws(TensorError) in
      // Weighted means, in which far targets weigh less, come to rest at the best number.
      var best = try target.median(axes: [0], keepdims: true)
      for _ in 0..<30 {
        let weight = try settings.number("delta") / (target - best).abs().maximum(settings.number("delta"))
        best = try (weight * target).mean(axes: [0], keepdims: true) / weight.mean(axes: [0], keepdims: true)
      }
      return best
    },
    value: { prediction, target, settings throws(TensorError) in
      let difference = try prediction - target
      let near = try difference.clip(-settings.number("delta"), settings.number("delta"))
      return try (near * (difference - near * 0.5)).mean()
    })

  /// From logits `[n, classes]`, and class numbers `[n]` or rows of probabilities `[n, classes]`.
  public static let crossEntropy = LossKind(
    "cross_entropy",
    [
      Hyperparameter(
        "label_smoothing", .share, default: .number(0), "the share of the target that is spread over all classes")
    ],
    formula: "−Σ target · ln softmax(logits)",
    slope: "softmax(logits) − target",
    portrait: LossPortrait("the class's logit, the other being 0", over: -4...4, start: [0, 0], step: [1, 0], target: [1, 0]),
    appliesItself: "softmax",
    takesClasses: true,
    target: { target, logits throws(LearningError) in try target.classes(like: logits) },
    constant: { target, classes, settings throws(TensorError) in
      let smoothing = settings.number("label_smoothing")
      return try (target.shares(classes) * (1 - smoothing) + smoothing / Double(classes)).maximum(tiny).log()
    },
    value: { logits, target, settings throws(TensorError) in
      let logarithms = try logits.logSoftmax(axis: -1)
      let plain = try logarithms.likelihoodLoss(target)
      let smoothing = settings.number("label_smoothing")
      return smoothing > 0 ? try plain * (1 - smoothing) - logarithms.mean() * smoothing : plain
    })

  /// From logits, and targets of 0 and 1 or between.
  ///
  /// `softplus(−z)` is `−ln σ(z)` and `softplus(z)` is `−ln(1 − σ(z))`, without overflow and cancellation.
  public static let binaryCrossEntropy = LossKind(
    "binary_cross_entropy", formula: "−target ln σ(logit) − (1 − target) ln(1 − σ(logit))",
    slope: "σ(logit) − target",
    portrait: LossPortrait("logit, the target being 1", over: -4...4, target: [1]), appliesItself: "sigmoid",
    threshold: 0,
    target: { target, logits throws(LearningError) in try target.probabilities(like: logits) },
    constant: { target, _, _ throws(TensorError) in
      let mean = try target.mean(axes: [0], keepdims: true)
      return try mean.maximum(tiny).log() - (1 - mean).maximum(tiny).log()
    },
    value: { logits, target, _ throws(TensorError) in
      try (target * (-logits).softplus() + (1 - target) * logits.softplus()).mean()
    })

  /// The negative logarithm of the likelihood: from logarithms of probabilities `[n, classes]`, as log_softmax gives them,
  /// and class numbers `[n]` or rows of probabilities.
  public static let nll = LossKind(
    "nll", formula: "−Σ target · prediction, predictions being logarithms of probabilities",
    slope: "−target",
    portrait: LossPortrait(
      "the class's logarithm of a probability", over: -4...0, start: [0, -1], step: [1, 0], target: [1, 0]), takesClasses: true,
    target: { target, logarithms throws(LearningError) in try target.classes(like: logarithms) },
    constant: { target, classes, _ throws(TensorError) in try target.shares(classes).maximum(tiny).log() },
    value: { logarithms, target, _ throws(TensorError) in try logarithms.likelihoodLoss(target) })

  /// How far predictions are from the right side of a margin.
  ///
  /// Targets are −1 and 1, or 0 and 1, of the prediction's shape; or class numbers `[n]` for scores `[n, classes]`, of which
  /// that of the class has to exceed each other by 1, the sum divided by the number of classes as in PyTorch's multi_margin.
  public static let hinge = LossKind(
    "hinge", formula: "max(0, 1 − target · prediction); of classes Σ max(0, 1 − score of the class + score) / classes",
    slope: "−target if target · prediction < 1, else 0",
    portrait: LossPortrait("prediction, the target being 1", over: -2...3, target: [1]),
    threshold: 0, takesClasses: true,
    target: { target, prediction throws(LearningError) in try target.sides(like: prediction) },
    value: { scores, target, _ throws(TensorError) in
      guard !target.dtype.isFloat else { return try (1 - target * scores).relu().mean() }
      let own = try scores.gatherAlong(axis: -1, target.unsqueeze(-1))
      // The class itself is a margin of 1 away from itself.
      return try (scores - own + 1).relu().mean() - 1 / Double(scores.shape.dimensions.last ?? 1)
    })

  /// How much is lost by taking one distribution for another: from logarithms of probabilities and probabilities, summed
  /// over the last dimension, its mean over all rows.
  ///
  /// S. Kullback and R. A. Leibler, "On information and sufficiency", 1951.
  public static let klDivergence = LossKind(
    "kl_divergence", formula: "Σ target (ln target − prediction), predictions being logarithms of probabilities",
    slope: "−target",
    portrait: LossPortrait("logarithm of a probability, the target being 1", over: -4...0, target: [1]),
    target: { target, logarithms throws(LearningError) in try target.probabilities(like: logarithms) },
    constant: { target, _, _ throws(TensorError) in try target.mean(axes: [0], keepdims: true).maximum(tiny).log() },
    value: { logarithms, target, _ throws(TensorError) in
      // Where a target is 0 nothing is lost.
      let own = try target * target.greater(0).select(target, else: target.onesLike()).log()
      return try (own - target * logarithms).sum() / Double(logarithms.rows)
    })

  /// One less the cosine of the angle between predictions and targets along the last dimension.
  public static let cosineLoss = LossKind(
    "cosine_loss", formula: "1 − prediction · target / (‖prediction‖ ‖target‖)",
    slope: "(c prediction/‖prediction‖ − target/‖target‖)/‖prediction‖, c = 1 − loss",
    portrait: LossPortrait(
      "z of the prediction (1, z), the target being (1, 0)", over: -4...4, start: [1, 0], step: [0, 1], target: [1, 0]),
    target: { target, prediction throws(LearningError) in try target.numbers(like: prediction) },
    constant: { target, _, _ throws(TensorError) in try target.direction().mean(axes: [0], keepdims: true) },
    value: { prediction, target, _ throws(TensorError) in
      try 1 - (prediction.direction() * target.direction()).sum() / Double(prediction.rows)
    })

  // In place of probabilities of 0, whose logarithm would be infinite.
  private static let tiny = 1e-30
}

// What several losses have in common.
extension Variable {
  /// The number of rows along the last dimension.
  fileprivate var rows: Int { shape.count / Swift.max(1, shape.dimensions.last ?? 1) }

  /// The mean of the negative logarithms that targets pick: class numbers, or probabilities of the same shape.
  fileprivate func likelihoodLoss(_ target: Variable) throws(TensorError) -> Variable {
    guard !target.dtype.isFloat else { return try -(self * target).sum() / Double(rows) }
    return try -gatherAlong(axis: -1, target.unsqueeze(-1)).mean()
  }

  /// The mean share of each class over the first dimension, of class numbers or of probabilities.
  fileprivate func shares(_ classes: Int) throws(TensorError) -> Variable {
    let rows = dtype.isFloat ? self : try oneHot(classes, dtype: .float64)
    return try rows.mean(axes: [0], keepdims: true)
  }

  /// With length 1 along the last dimension; the smallest are left as they are.
  fileprivate func direction() throws(TensorError) -> Variable {
    try self / norm(axes: [-1], keepdims: true).maximum(1e-8)
  }
}
