import Gradients
import Tensors

extension LayerKind {
  /// Every kind of layer.
  public static let all: [LayerKind] = [
    dense, activation, dropout, flatten, reshape, globalAveragePool, batchNorm, layerNorm, groupNorm, embedding,
    positional, attention, rnn, lstm, gru, conv1d, conv2d, convTranspose2d, maxPool2d, averagePool2d,
  ]

  /// What weights of layers are called.
  public static let parameterNames: Set<String> = [
    "weight", "bias", "scale", "shift", "running_mean", "running_variance", "input_weight", "hidden_weight", "input_bias",
    "hidden_bias", "query_weight", "key_weight", "value_weight", "output_weight", "query_bias", "key_bias", "value_bias",
    "output_bias",
  ]

  /// What the weights of a layer with these settings are called; nil where only its input tells.
  public func weightNames(_ settings: Settings) -> [String]? {
    for rank in 1...3 {
      // Many numbers divide it, so that few groups and heads are refused.
      guard let input = try? Shape([Int](repeating: 840, count: rank)) else { return nil }
      let site = Site(path: name, settings: settings, input: input)
      if (try? shape(site)) != nil, let rules = try? parameters(site) { return rules.map(\.name) }
    }
    return nil
  }

  public static func named(_ name: String) -> LayerKind? { all.first { $0.name == name } }

  /// A linear map and a shift of the last dimension: `x · W + b`.
  ///
  /// Shapes: `x` is `[batch, …, inputs]`, `weight` is `[inputs, units]`, `bias` is `[units]`.
  public static let dense = LayerKind(
    "dense",
    [
      Hyperparameter("units", .integer(atLeast: 1), "how many numbers come out"),
      Hyperparameter("activation", .activation, default: .activation(.linear), "the function applied to each of them"),
      Hyperparameter("init", .initialiser, default: nil, "how the weights start; left out, the activation decides"),
      Hyperparameter("bias", .flag, default: .flag(true), "whether a shift is added"),
      Hyperparameter("input", .integer(atLeast: 1), default: nil, "how many numbers come in; left out, the first input decides"),
    ],
    formula: "activation(x @ weight + bias)",
    shape: { site throws(LearningError) in
      guard let found = site.input.dimensions.last else { throw .scalarInput(layer: site.path) }
      if case .integer(let declared)? = site.settings["input"], declared != found {
        throw .declaredFeatures(layer: site.path, declared: declared, found: found, previous: site.previous)
      }
      return try operations { () throws(TensorError) in
        try Shape(site.input.dimensions.dropLast() + [site.settings.integer("units")])
      }
    },
    parameters: { site throws(LearningError) in
      let inputs = site.input.dimensions.last ?? 1
      let units = site.settings.integer("units")
      let start = site.settings.initialiser("init") ?? site.settings.activation("activation").start
      let fans = Fans(incoming: inputs, outgoing: units)
      let weight = try ParameterRule("weight", [inputs, units], fans, start: start)
      let bias = try ParameterRule("bias", [units], fans, start: .zeros)
      return site.settings.flag("bias") ? [weight, bias] : [weight]
    },
    multiplyAdds: { site, output in Double(site.input.dimensions.last ?? 1) * Double(output.count) },
    forward: { call throws(LearningError) in
      try operations { () throws(TensorError) in
        let product = try call.x.matmul(call.parameters[0])
        return call.parameters.count > 1 ? try product + call.parameters[1] : product
      }
    })

  /// A function of each number, as a layer of its own.
  public static let activation = LayerKind(
    "activation",
    [Hyperparameter("activation", .activation, "the function applied to each number")],
    formula: "activation(x)",
    forward: { call in call.x })

  /// Leaves out each number with probability `p` and stretches the rest, in training only.
  ///
  /// N. Srivastava and others, "Dropout: a simple way to prevent neural networks from overfitting", 2014.
  public static let dropout = LayerKind(
    "dropout",
    [Hyperparameter("p", .share, "the share of numbers that is left out")],
    formula: "x · mask / (1 − p) in training, x otherwise",
    forward: { call throws(LearningError) in
      let p = call.settings.number("p")
      guard p > 0, call.pass.isTraining else { return call.x }
      let draw = Attributes.Draw(place: call.pass.nextDraw(), p: p, shape: call.x.shape, dtype: call.x.dtype)
      return try operations { () throws(TensorError) in try call.x * call.pass.chance().dropoutMask(draw) }
    })
}
