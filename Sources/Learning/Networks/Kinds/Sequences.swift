import Gradients
import Tensors

// Layers of series: `[batch, time]` of places, `[batch, time, features]`.
extension LayerKind {
  /// A row of weights for each whole number.
  ///
  /// Shapes: `x` is `[batch, …]` of whole numbers below `count`, `weight` is `[count, units]`, the result `[batch, …, units]`.
  public static let embedding = LayerKind(
    "embedding",
    [
      Hyperparameter("count", .integer(atLeast: 1), "how many different whole numbers may come in, from 0"),
      Hyperparameter("units", .integer(atLeast: 1), "how many numbers stand for each of them"),
      Hyperparameter("init", .initialiser, default: nil, "how the weights start; left out, normal(1)"),
    ],
    formula: "weight[x]", takesPlaces: true,
    shape: { site throws(LearningError) in
      try operations { () throws(TensorError) in try Shape(site.input.dimensions + [site.settings.integer("units")]) }
    },
    parameters: { site throws(LearningError) in
      let shape = [site.settings.integer("count"), site.settings.integer("units")]
      return [try ParameterRule("weight", shape, start: site.start { () throws(LearningError) in try .normal(1) })]
    },
    forward: { call throws(LearningError) in
      try call.requirePlaces(below: call.settings.integer("count"))
      return try operations { () throws(TensorError) in try call.parameters[0].gather(call.x.cast(to: .int64)) }
    })

  /// A row of weights added for each point in time.
  ///
  /// Shapes: `x` is `[batch, time, features]`, `weight` is `[count, features]` with at least as many rows as points in time.
  public static let positional = LayerKind(
    "positional",
    [
      Hyperparameter(
        "count", .integer(atLeast: 1), default: nil, isPositional: true,
        "the most points in time; left out, those of the first input"),
      Hyperparameter("init", .initialiser, default: nil, "how the weights start; left out, normal(1)"),
    ],
    formula: "x + weight[:time]", counted: .positions,
    shape: { site throws(LearningError) in
      try site.requireSeries()
      if case .integer(let count)? = site.settings["count"], count < site.input[0] {
        throw .wrongSize(
          layer: site.path, of: "positions", expected: count, found: site.input[0], previous: site.previous)
      }
      return site.input
    },
    parameters: { site throws(LearningError) in
      var rows = site.input[0]
      if case .integer(let count)? = site.settings["count"] { rows = count }
      let start = try site.start { () throws(LearningError) in try .normal(1) }
      return [try ParameterRule("weight", [rows, site.input[1]], start: start, isLeast: true)]
    },
    forward: { call throws(LearningError) in
      try operations { () throws(TensorError) in
        try call.x + call.parameters[0].slice(axis: 0, start: 0, count: call.site.input[0])
      }
    })

  /// Each point in time as a mixture of all others, weighted by how well its query fits their keys, in several heads.
  ///
  /// Shapes: `x` is `[batch, time, features]`; weights are `[features, features]`, biases `[features]`.
  ///
  /// A. Vaswani and others, "Attention is all you need", 2017.
  public static let attention = LayerKind(
    "attention",
    [
      Hyperparameter("heads", .integer(atLeast: 1), "how many parts of the features attend by themselves"),
      Hyperparameter("causal", .flag, default: .flag(false), "whether a point in time sees only itself and those before"),
      Hyperparameter("init", .initialiser, default: nil, "how the weights start; left out, xavier"),
      Hyperparameter("bias", .flag, default: .flag(true), "whether shifts are added"),
    ],
    formula: "softmax(q kᵀ / √(features / heads)) v by heads, then @ output_weight + output_bias",
    shape: { site throws(LearningError) in
      try site.requireSeries()
      try site.requireDivision(of: site.input[1], "features", by: "heads")
      return site.input
    },
    parameters: { site throws(LearningError) in
      let features = site.input[1]
      let start = site.settings.initialiser("init") ?? .xavier
      var rules: [ParameterRule] = []
      for part in attentionParts { rules.append(try ParameterRule(part + "_weight", [features, features], start: start)) }
      guard site.settings.flag("bias") else { return rules }
      for part in attentionParts { rules.append(try ParameterRule(part + "_bias", [features], start: .zeros)) }
      return rules
    },
    multiplyAdds: { site, _ in
      let (time, features) = (Double(site.input[0]), Double(site.input[1]))
      return 4 * time * features * features + 2 * time * time * features
    },
    forward: { call throws(LearningError) in
      try operations { () throws(TensorError) in
        let (time, features, heads) = (call.site.input[0], call.site.input[1], call.settings.integer("heads"))
        let size = features / heads
        let batch = call.x.shape.count / max(1, time * features)
        func linear(_ x: Variable, _ part: Int) throws(TensorError) -> Variable {
          let product = try x.matmul(call.parameters[part])
          return call.parameters.count > 4 ? try product + call.parameters[4 + part] : product
        }
        func head(_ part: Int) throws(TensorError) -> Variable {
          try linear(call.x, part).reshape([batch, time, heads, size]).transpose([0, 2, 1, 3])
        }
        let (query, key, value) = (try head(0), try head(1), try head(2))
        var scores = try query.matmul(key, transposeB: true) * (1 / Double(size).squareRoot())
        if call.settings.flag("causal") {
          let past = try Variable(try Tensor.ones([time, time], dtype: .bool)).tril()
          scores = try past.select(scores, else: Variable(try Tensor(-.infinity, dtype: scores.dtype)))
        }
        let mixed = try scores.softmax(axis: -1).matmul(value).transpose([0, 2, 1, 3])
        return try linear(mixed.reshape(to: call.x.shape), 3)
      }
    })

  private static let attentionParts = ["query", "key", "value", "output"]
}

extension LayerKind.Site {
  /// How the weights start: as it is told, or in the layer's own way.
  func start(_ own: () throws(LearningError) -> Initialiser) throws(LearningError) -> Initialiser {
    if let told = settings.initialiser("init") { return told }
    return try own()
  }

  /// A series of rows has to come in.
  func requireSeries() throws(LearningError) {
    guard input.rank == 2 else { throw .wrongRank(layer: path, input: input, wanted: .series) }
  }
}

extension LayerCall {
  /// Whole numbers from 0 up to below the count have to come in.
  fileprivate func requirePlaces(below count: Int) throws(LearningError) {
    if x.isOutline { throw .program(ValuesWanted()) }
    for number in x.data.doubles where !(number >= 0 && number < Double(count) && number == number.rounded()) {
      throw .notPlace(layer: site.path, value: number, count: count)
    }
  }
}
