import Gradients
import Tensors

extension Loss {
  public static let mse = Loss(entry: .mse)
  public static let crossEntropy = Loss(entry: .crossEntropy)
  public static let binaryCrossEntropy = Loss(entry: .binaryCrossEntropy)
}

extension LossKind {
  /// Every loss.
  public static let all: [LossKind] = [mse, crossEntropy, binaryCrossEntropy]

  public static func named(_ name: String) -> LossKind? { all.first { $0.name == name } }

  /// The mean of the squared differences of all numbers.
  public static let mse = LossKind(
    "mse", formula: "(prediction − target)²",
    target: { target, prediction, _ throws(LearningError) in try target.numbers(like: prediction) },
    constant: { mean in mean },
    value: { prediction, target throws(TensorError) in try (prediction - target).square().mean() })

  /// From logits `[n, classes]`, and class numbers `[n]` or rows of probabilities `[n, classes]`.
  public static let crossEntropy = LossKind(
    "cross_entropy",
    [
      Hyperparameter(
        "label_smoothing", .share, default: .number(0), "the share of the target that is spread over all classes")
    ],
    formula: "−Σ target · ln softmax(logits)", appliesItself: "softmax",
    target: { target, logits, settings throws(LearningError) in
      let plain = try target.distribution(like: logits)
      let smoothing = settings.number("label_smoothing")
      guard smoothing > 0 else { return plain }
      return try operations { () throws(TensorError) in
        try plain * (1 - smoothing) + smoothing / Double(logits.shape.dimensions.last ?? 1)
      }
    },
    constant: { mean throws(TensorError) in try mean.maximum(tiny).log() },
    value: { logits, target throws(TensorError) in
      let rows = Double(logits.shape.count / max(1, logits.shape.dimensions.last ?? 1))
      return try -((logits.logSoftmax(axis: -1) * target).sum()) / rows
    })

  /// From logits, and targets of 0 and 1 or between.
  ///
  /// `softplus(−z)` is `−ln σ(z)` and `softplus(z)` is `−ln(1 − σ(z))`, without overflow and cancellation.
  public static let binaryCrossEntropy = LossKind(
    "binary_cross_entropy", formula: "−target ln σ(logit) − (1 − target) ln(1 − σ(logit))", appliesItself: "sigmoid",
    threshold: 0,
    target: { target, logits, _ throws(LearningError) in try target.probabilities(like: logits) },
    constant: { mean throws(TensorError) in try mean.maximum(tiny).log() - (1 - mean).maximum(tiny).log() },
    value: { logits, target throws(TensorError) in
      try (target * (-logits).softplus() + (1 - target) * logits.softplus()).mean()
    })

  // In place of probabilities of 0, whose logarithm would be infinite.
  private static let tiny = 1e-30
}
