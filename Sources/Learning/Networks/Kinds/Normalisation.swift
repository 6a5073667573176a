import Gradients
import Tensors

extension LayerKind {
  /// Each channel with mean 0 and variance 1 over the batch, then stretched and shifted.
  ///
  /// Shapes: `x` is `[batch, channels]` or `[batch, channels, …]`; all parameters are `[channels]`. In training the
  /// batch's own mean and variance are used and the running ones follow them, outside training the running ones are used.
  /// The running variance is the unbiased one.
  ///
  /// S. Ioffe and C. Szegedy, "Batch normalization: accelerating deep network training", 2015.
  public static let batchNorm = LayerKind(
    "batch_norm",
    [
      Hyperparameter("eps", .positive, default: .number(1e-5), "what is added to the variance"),
      Hyperparameter("momentum", .share, default: .number(0.1), "the share of a batch in the running mean and variance"),
    ],
    formula: "scale · (x − mean) / √(variance + eps) + shift", counted: .channels,
    shape: { site throws(LearningError) in
      guard site.input.rank > 0 else { throw .scalarInput(layer: site.path) }
      return site.input
    },
    parameters: { site throws(LearningError) in
      let channels = [site.input.dimensions.first ?? 1]
      return [
        try ParameterRule("scale", channels, start: .ones), try ParameterRule("shift", channels, start: .zeros),
        try ParameterRule("running_mean", channels, start: .zeros, isTrained: false),
        try ParameterRule("running_variance", channels, start: .ones, isTrained: false),
      ]
    },
    forward: { call throws(LearningError) in
      let (x, eps) = (call.x, call.settings.number("eps"))
      // A single example has no dimension for the batch.
      let channel = x.shape.rank == call.site.input.rank ? 0 : 1
      let others = (0..<x.shape.rank).filter { $0 != channel }
      let sizes = [x.shape[channel]] + [Int](repeating: 1, count: x.shape.rank - channel - 1)
      let weights = try operations { () throws(TensorError) in
        try call.parameters.map { weight throws(TensorError) in try weight.reshape(sizes) }
      }
      let (scale, shift) = (weights[0], weights[1])
      guard call.pass.isTraining else {
        return try operations { () throws(TensorError) in
          try (x - weights[2]) * (scale / (weights[3] + eps).sqrt()) + shift
        }
      }
      let count = others.reduce(1) { $0 * x.shape[$1] }
      guard count > 1 else { throw .nothingToNormalise(layer: call.site.path) }
      return try operations { () throws(TensorError) in
        let mean = try x.mean(axes: others, keepdims: true)
        let distance = try x - mean
        let variance = try distance.square().mean(axes: others, keepdims: true)
        let share = call.settings.number("momentum")
        let unbiased = share * Double(count) / Double(count - 1)
        call.update(2, to: try call.parameters[2] * (1 - share) + mean.reshape([sizes[0]]) * share)
        call.update(3, to: try call.parameters[3] * (1 - share) + variance.reshape([sizes[0]]) * unbiased)
        return try distance * (scale / (variance + eps).sqrt()) + shift
      }
    })

  /// Each row of numbers with mean 0 and variance 1, then stretched and shifted.
  ///
  /// Shapes: `x` is `[batch, …, features]`; both parameters are `[features]`.
  ///
  /// J. L. Ba, J. R. Kiros and G. E. Hinton, "Layer normalization", 2016.
  public static let layerNorm = LayerKind(
    "layer_norm", [Hyperparameter("eps", .positive, default: .number(1e-5), "what is added to the variance")],
    formula: "scale · (x − mean) / √(variance + eps) + shift, over the last dimension",
    shape: { site throws(LearningError) in
      guard site.input.rank > 0 else { throw .scalarInput(layer: site.path) }
      return site.input
    },
    parameters: { site throws(LearningError) in
      let features = [site.input.dimensions.last ?? 1]
      return [try ParameterRule("scale", features, start: .ones), try ParameterRule("shift", features, start: .zeros)]
    },
    forward: { call throws(LearningError) in
      try operations { () throws(TensorError) in
        try call.x.standardised(axes: [-1], eps: call.settings.number("eps")) * call.parameters[0] + call.parameters[1]
      }
    })

  /// Each group of neighbouring channels with mean 0 and variance 1, each channel then stretched and shifted.
  ///
  /// Shapes: `x` is `[batch, channels]` or `[batch, channels, …]`; both parameters are `[channels]`.
  ///
  /// Y. Wu and K. He, "Group normalization", 2018.
  public static let groupNorm = LayerKind(
    "group_norm",
    [
      Hyperparameter("groups", .integer(atLeast: 1), "how many groups the channels are divided into"),
      Hyperparameter("eps", .positive, default: .number(1e-5), "what is added to the variance"),
    ],
    formula: "scale · (x − mean) / √(variance + eps) + shift, over the channels of a group", counted: .channels,
    shape: { site throws(LearningError) in
      guard let channels = site.input.dimensions.first else { throw .scalarInput(layer: site.path) }
      try site.requireDivision(of: channels, "channels", by: "groups")
      return site.input
    },
    parameters: { site throws(LearningError) in
      let channels = [site.input.dimensions.first ?? 1]
      return [try ParameterRule("scale", channels, start: .ones), try ParameterRule("shift", channels, start: .zeros)]
    },
    forward: { call throws(LearningError) in
      try operations { () throws(TensorError) in
        let (example, groups) = (call.site.input, call.settings.integer("groups"))
        let rows = try call.x.reshape([call.x.shape.count / max(1, example.count), groups, example.count / groups])
        let sizes = [example[0]] + [Int](repeating: 1, count: example.rank - 1)
        return try rows.standardised(axes: [-1], eps: call.settings.number("eps")).reshape(to: call.x.shape)
          * call.parameters[0].reshape(sizes) + call.parameters[1].reshape(sizes)
      }
    })
}

extension Variable {
  /// With mean 0 and variance 1 over the axes.
  fileprivate func standardised(axes: [Int], eps: Double) throws(TensorError) -> Variable {
    let distance = try self - mean(axes: axes, keepdims: true)
    return try distance / (distance.square().mean(axes: axes, keepdims: true) + eps).sqrt()
  }
}

extension LayerKind.Site {
  /// A setting has to divide what comes in.
  func requireDivision(of count: Int, _ noun: String, by setting: String) throws(LearningError) {
    let divisor = settings.integer(setting)
    guard count % divisor == 0 else {
      throw .indivisible(layer: path, count: count, of: noun, setting: setting, divisor: divisor)
    }
  }
}
