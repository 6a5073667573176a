import Checking
import Execution
import Gradients
import Learning
import Tensors

// What Learning's tables declare, as functions of the language.
extension Builtin {
  static let initialisers: [Builtin] = InitialiserKind.all.map { kind in
    Builtin(
      kind.name, Signature.parameters(kind.hyperparameters), .initialiser,
      sentences("How weights start: \(kind.formula).", kind.source.map { "\($0)." }, kind.hyperparameters.help),
      example: "w = parameter([2, 3], init=\(kind.name)\(kind.hyperparameters.isEmpty ? "" : "(0.5)"))\nprint(w.shape)\n# (2, 3)",
      formula: kind.formula
    ) { call, workspace throws(RuntimeError) in
      let settings = try call.settings(kind.hyperparameters, from: 0, in: workspace)
      return try engine { .foreign(InitialiserObject(try Initialiser(kind, settings))) }
    }
  }

  static let losses: [Builtin] = LossKind.all.map { kind in
    let targets = kind.takesClasses ? "[1]" : "[[1, 0]]"
    let prediction = kind.appliesItself == nil ? "tensor([[-0.5, -2.0]])" : "zeros(1, 2)"
    return Builtin(
      kind.name,
      Signature.parameters(
        kind.hyperparameters, after: [.required("prediction", .tensor), .required("target", .tensor)]),
      .loss,
      sentences(
        "The loss \(kind.formula), its mean over the batch.",
        kind.appliesItself.map { "It applies \($0) itself: give it logits." }, kind.hyperparameters.help),
      example: "loss = \(kind.name)(\(prediction), \(targets))\nprint(loss > 0)\n# True",
      formula: kind.formula
    ) { call, workspace throws(RuntimeError) in
      let settings = try call.settings(kind.hyperparameters, from: 2, in: workspace)
      let prediction = try call.variable(0, in: workspace)
      let target = try workspace.recordedTarget(call[1], of: kind)
      try call.requireOrder(prediction, target)
      try workspace.mark(call.machine)
      let loss = TensorObject(try engine { try Loss(kind, settings)(prediction, target) }, in: workspace)
      loss.madeBy = kind
      return .foreign(loss)
    }
  }

  static let metrics: [Builtin] = Metric.all.map { metric in
    Builtin(
      metric.name,
      [.required("prediction", .tensor), .required("target", .tensor)]
        + (metric.isOfClasses ? [.named("threshold", "0.5", .number)] : []),
      .loss,
      sentences(
        "The metric \(metric.formula).",
        metric.isOfClasses ? "With one output, class 1 is a value above threshold; with several, the largest counts." : nil),
      example: "print(\(metric.name)([[0.9], [0.2]], [1.0, 0.0]) > 0)\n# True", formula: metric.formula
    ) { call, workspace throws(RuntimeError) in
      let (prediction, target) = (try call.variable(0, in: workspace), try call.variable(1, in: workspace))
      try call.requireOrder(prediction, target)
      let threshold = metric.isOfClasses ? try call.float(2, default: 0.5) : 0.5
      return try engine { .float(try metric(prediction.value, target.value, threshold: threshold)) }
    }
  }

  static let optimisers: [Builtin] =
    OptimizerKind.all.map { kind in
      let count = kind.hyperparameters.count
      return Builtin(
        kind.name, Signature.parameters(kind.hyperparameters, before: [.named("rates", "None", .rates)]), .optimiser,
        sentences(
          "The optimiser \(kind.formula).", kind.source.map { "\($0)." }, kind.hyperparameters.help,
          "rates: rates of their own for layers or weights, as {\"dense1\": 0.1}."),
        example: "print(\(kind.name)(0.01).lr)\n# 0.01", formula: kind.formula
      ) { call, workspace throws(RuntimeError) in
        let settings = try call.settings(kind.hyperparameters, from: 0, in: workspace)
        let rates = try call.rates(count)
        return try engine { .foreign(OptimizerObject(try Optimizer(kind, settings, rates: rates), in: workspace)) }
      }
    } + [
      Builtin(
        "update",
        [
          .required("optimizer", .optimizerObject), .required("parameters", .weights), .required("gradients", .gradients),
        ], .optimiser,
        "One step in a loop of one's own: changes the parameters of a network, or a list of them, with their gradients.",
        example:
          "w = parameter([1.0], name=\"w\")\noptimizer = sgd(0.1)\noptimizer.update([w], grad((w * w).sum(), [w]))\nprint(w)\n# [0.8000]",
        of: "optimizer"
      ) { call, workspace throws(RuntimeError) in
        Trace.current?.obstruct(.change)
        let optimizer = try call.foreign(0, OptimizerObject.self).optimizer
        let weights = try call.weights(1)
        let gradients = try call.gradients(2, of: weights, in: workspace)
        try engine { try optimizer.update(weights, gradients) }
        return .none
      },
      Builtin(
        "clip_norm", [.required("gradients", .gradients), .required("limit", .positive)], .optimiser,
        "The gradients, a list or a dictionary, scaled by one factor so that their norm together is at most the limit.",
        example: "print(clip_norm([[3.0, 4.0]], 1.0)[0])\n# [0.6000, 0.8000]"
      ) { call, workspace throws(RuntimeError) in
        let limit = try call.float(1)
        switch call[0] {
        case .dict(let dict):
          let clipped = try workspace.clipped(dict.values, norm: limit)
          let result = DictObject()
          for (key, gradient) in zip(dict.keys, clipped) { try result.set(key, to: gradient) }
          return .dict(result)
        default: return .list(try workspace.clipped(try call.items(0), norm: limit))
        }
      },
    ]
}

extension Call {
  /// Notices that class numbers stand in the prediction's place.
  fileprivate func requireOrder(_ prediction: Variable, _ target: Variable) throws(RuntimeError) {
    guard case .foreign = self[0], prediction.dtype == .int64, target.dtype.isFloat else { return }
    throw exchanged(
      0, 1, "\(function.name) takes the prediction first, but gets class numbers there: \(prediction.dtype) \(prediction.shape)")
  }
}

/// What there is of some sentences, as one paragraph.
private func sentences(_ parts: String?...) -> String {
  parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
}

extension Workspace {
  /// Gradients, scaled so that their norm together is at most `limit`; they are constants.
  fileprivate func clipped(_ gradients: [Value], norm limit: Double) throws(RuntimeError) -> [Value] {
    var variables: [Variable] = []
    for value in gradients { variables.append(try variable(value)) }
    return try engine { [variables] in try withoutRecording { try Clipping.clip(variables, norm: limit).0 }.map(value) }
  }

  /// A target as its loss takes it: a list of whole numbers is one of class numbers where the loss takes these.
  func target(_ value: Value, of kind: LossKind) throws(RuntimeError) -> Tensor { try recordedTarget(value, of: kind).value }

  /// The same, as it was computed.
  func recordedTarget(_ value: Value, of kind: LossKind) throws(RuntimeError) -> Variable {
    let target = try variable(value)
    guard kind.takesClasses, !value.isForeign, target.shape.rank == 1,
      target.value.doubles.allSatisfy({ $0 == $0.rounded() })
    else { return target }
    return try engine { try target.cast(to: .int64) }
  }
}

extension Value {
  fileprivate var isForeign: Bool {
    if case .foreign = self { true } else { false }
  }
}

extension Call {
  fileprivate func rates(_ place: Int) throws(RuntimeError) -> [String: Double] {
    guard has(place) else { return [:] }
    guard case .dict(let dict) = self[place] else { throw wrong(place) }
    var rates: [String: Double] = [:]
    for (key, value) in dict.pairs {
      guard case .string(let name) = key else { throw wrong(place, wanted: "a dictionary by names of layers") }
      switch value {
      case .float(let rate): rates[name.text] = rate
      case .int(let rate): rates[name.text] = Double(rate)
      default: throw wrong(place, wanted: "a dictionary of numbers")
      }
    }
    return rates
  }

  /// The weights of a network, of a layer's list, or a list of parameters.
  fileprivate func weights(_ place: Int) throws(RuntimeError) -> [(path: String, parameter: Gradients.Parameter)] {
    if case .foreign(let object as NetworkObject) = self[place] { return object.network.trainable }
    let values =
      switch self[place] {
      case .dict(let dict): dict.values
      case .list(let list): list.elements
      case .tuple(let tuple): tuple.elements
      default: [self[place]]
      }
    var weights: [(path: String, parameter: Gradients.Parameter)] = []
    for value in values {
      guard case .foreign(let object as TensorObject) = value, let parameter = object.parameter else {
        throw wrong(place)
      }
      weights.append((parameter.name, parameter))
    }
    return weights
  }

  /// Gradients in the order of the weights; those of a dictionary are found by name.
  fileprivate func gradients(
    _ place: Int, of weights: [(path: String, parameter: Gradients.Parameter)], in workspace: Workspace
  ) throws(RuntimeError) -> [Tensor] {
    var values: [Value] = []
    switch self[place] {
    case .dict(let dict):
      for (path, _) in weights {
        guard let value = dict[path] else {
          throw RuntimeError(.keyError, "there is no gradient of \(path)", help: "grad(loss, net) gives one for each weight")
        }
        values.append(value)
      }
    case .list(let list): values = list.elements
    case .tuple(let tuple): values = tuple.elements
    default: values = [self[place]]
    }
    guard values.count == weights.count else {
      throw RuntimeError(.valueError, "\(weights.count) parameters need as many gradients, but got \(values.count)")
    }
    var gradients: [Tensor] = []
    for (value, weight) in zip(values, weights) {
      let gradient = try workspace.variable(value).value
      guard gradient.shape == weight.parameter.value.shape else {
        throw RuntimeError(
          .shapeError,
          "the gradient of \(weight.path) has shape \(gradient.shape), but its weight has \(weight.parameter.value.shape)")
      }
      gradients.append(gradient)
    }
    return gradients
  }
}
