import Checking
import Execution
import Gradients
import Learning
import Tensors

// What Learning's table of layers declares, as functions of the language, and layers made of layers.
extension Builtin {
  static let layers: [Builtin] = [
    layer(.dense, example: "layer = dense(3, relu)\nprint(layer(ones(2, 4)).shape)\n# (2, 3)"),
    layer(.dropout, example: "x = ones(2, 4)\nprint((dropout(0.5)(x) == x).all())\n# True"),
    layer(.activation, example: "net = network(dense(3), activation(relu))\nprint(net.layers[1].kind)\n# activation"),
    Builtin(
      "flatten", [.optional("x", "None"), name], .layer,
      "Of a tensor, its entries in one row. As a layer all numbers of an example in one row; it may stand without brackets.",
      example: "print(flatten(ones(2, 3)).shape)\n# (6,)", isTensorMethod: true,
      shape: { given throws(ShapeMistake) in
        if let shape = given.tensor(0) { return .tensor([shape.reduce(1, *)]) }
        return given[0] == nil ? try KnownLayer.rule(.flatten, at: [1])(given) : .unknown
      }
    ) { call, workspace throws(RuntimeError) in
      if case .foreign(let object as TensorObject) = call[0] {
        try workspace.mark(call.machine)
        return try engine { workspace.value(try object.variable.reshape([-1])) }
      }
      guard !call.has(0) else { throw call.wrong(0, wanted: "a tensor, or nothing,") }
      return try made(.flatten, [:], call, name: 1, workspace)
    },
    Builtin(
      "reshape", [.required("x", .tensorOrSizes), .rest("shape", .sizes), name], .layer,
      "Of a tensor, the same entries in another shape. Of whole numbers alone, the layer that gives each example this shape. One size may be -1, which takes what is left.",
      example:
        "x = arange(6)\nprint(x.reshape(2, -1).shape)\n# (2, 3)\nnet = network(input(6), reshape(2, 3))\nprint(net(zeros(5, 6)).shape)\n# (5, 2, 3)",
      isTensorMethod: true,
      shape: { given throws(ShapeMistake) in
        if given.tensor(0) != nil { return try ShapeRules.reshape(given) }
        guard let first = given[0]?.wholes, let rest = given.sizes(1) ?? (given.rest(1).isEmpty ? [] : nil) else {
          return .unknown
        }
        return KnownLayer.made(.reshape, ["shape": .sizes(first + rest)], named: given[2])
      }
    ) { call, workspace throws(RuntimeError) in
      let sizes = try call.sizes(1)
      if case .foreign(let object as TensorObject) = call[0] {
        try workspace.mark(call.machine)
        return try engine { workspace.value(try object.variable.reshape(sizes)) }
      }
      let name = call.has(2) ? try call.string(2) : nil
      let shape = try call.wholes(0) + sizes
      return try engine { .foreign(LayerObject(try Layer(.reshape, ["shape": .sizes(shape)], name: name), in: workspace)) }
    },
    layer(.conv1d, example: "layer = conv1d(4, 3, relu)\nprint(layer(ones(2, 1, 9)).shape)\n# (2, 4, 9)"),
    dual(
      .conv2d, "Of images and filters, both tensors, it is the convolution: conv2d(x, weight, padding=\"valid\").",
      example:
        "layer = conv2d(4, 3, relu, stride=2)\nprint(layer(ones(2, 1, 8, 8)).shape)\nprint(conv2d(ones(1, 1, 3, 3), ones(1, 1, 3, 3)).max())\n# (2, 4, 4, 4)\n# 9.0",
      known: { given in
        guard let weight = given.tensor(1), weight.count == 4 else { return nil }
        return ["filters": .integer(weight[0]), "size": .sizes(Array(weight[2...]))]
      }
    ) { x, call, workspace throws(RuntimeError) in
      guard case .foreign(let object as TensorObject) = call[1], object.variable.shape.rank == 4 else {
        throw call.wrong(1, wanted: "filters, a tensor [filters, channels, height, width],")
      }
      let kind = LayerKind.conv2d
      let given = try call.settings(Array(kind.hyperparameters.dropFirst(2)), from: 2, in: workspace)
      return try engine {
        let settings = try Settings(given, for: Array(kind.hyperparameters.dropFirst(2)), of: kind.name)
        return try x.convolved(object.variable, activated: settings)
      }
    },
    layer(
      .convTranspose2d,
      example: "layer = conv_transpose2d(2, 3, stride=2)\nprint(layer(ones(1, 4, 5, 5)).shape)\n# (1, 2, 10, 10)"),
    pool(
      .maxPool2d,
      example:
        "print(max_pool2d(2)(ones(1, 3, 8, 8)).shape)\nprint(max_pool2d(ones(1, 1, 9, 9), 3).shape)\n# (1, 3, 4, 4)\n# (1, 1, 3, 3)"
    ) { x, settings throws(TensorError) in try x.maxPooled(settings) },
    pool(
      .averagePool2d,
      example:
        "print(avg_pool2d(2)(ones(1, 3, 8, 8)).shape)\nprint(ones(1, 1, 4, 4).avg_pool2d(4))\n# (1, 3, 4, 4)\n# [[[[1.0000]]]]"
    ) { x, settings throws(TensorError) in try x.averagePooled(settings) },
    layer(
      .globalAveragePool,
      example: "print(global_avg_pool()(ones(2, 3, 4, 4)).shape)\n# (2, 3)"),
    layer(
      .batchNorm,
      example: "net = network(input(2), dense(8), batch_norm(), relu)\nprint(net.batch_norm1.running_mean.shape)\n# (8,)"),
    layer(.layerNorm, example: "print(layer_norm()([[1, 2, 3]]))\n# [[-1.2247,  0.0000,  1.2247]]"),
    layer(.groupNorm, example: "print(group_norm(2)(ones(1, 4, 8, 8)).shape)\n# (1, 4, 8, 8)"),
    layer(.embedding, example: "words = embedding(10, 4)\nprint(words([[1, 5, 2]]).shape)\n# (1, 3, 4)"),
    layer(
      .positional,
      example: "net = network(input(6), embedding(10, 4), positional())\nprint(net.positional1.weight.shape)\n# (6, 4)"),
    layer(.attention, example: "print(attention(2, causal=True)(ones(3, 5, 8)).shape)\n# (3, 5, 8)"),
    layer(.rnn, example: "print(rnn(7)(ones(3, 5, 2)).shape)\n# (3, 7)"),
    layer(.lstm, example: "layer = lstm(7, return_sequences=True)\nprint(layer(ones(3, 5, 2)).shape)\n# (3, 5, 7)"),
    layer(.gru, example: "layer = gru(7, bidirectional=True)\nprint(layer(ones(3, 5, 2)).shape)\n# (3, 14)"),
    container(
      "residual", [],
      "Layers whose input is added to what they make of it: x + f(x). The shape has to stay as it is.",
      example: "block = residual(layer_norm(), dense(4, relu))\nprint(block(ones(2, 4)).shape)\n# (2, 4)",
      known: { layers, _ in try .residual(layers) }
    ) { layers, call, name throws(RuntimeError) in try engine { try .residual(layers, name: name) } },
    container(
      "parallel", [.named("join", "\"concat\"", .text(oneOf: ["concat", "add"]))],
      "Layers that are all given the same input. Their results stand side by side, of images in the channels, else in the last dimension; with join=\"add\" they are added.",
      example: "both = parallel(dense(3, tanh), dense(5, relu))\nprint(both(ones(2, 4)).shape)\n# (2, 8)",
      known: { layers, given in
        guard given[1] != nil else { return try .parallel(layers) }
        guard case .text(let text)? = given[1] else { return nil }
        return try .parallel(layers, isSum: text == "add")
      }
    ) { layers, call, name throws(RuntimeError) in
      let isSum = try call.string(1, default: "concat") == "add"
      return try engine { try .parallel(layers, isSum: isSum, name: name) }
    },
  ]

  private static let name = Checking.Parameter.named("name", "None", .text)

  private static func layer(_ kind: LayerKind, example: String) -> Builtin {
    let count = kind.hyperparameters.count
    return Builtin(
      kind.name, Signature.parameters(kind.hyperparameters, before: [name]), .layer,
      ["The layer \(kind.formula).", kind.hyperparameters.help].filter { !$0.isEmpty }.joined(separator: " "),
      example: example, formula: kind.formula, shape: KnownLayer.rule(kind)
    ) { call, workspace throws(RuntimeError) in
      try made(kind, try call.settings(kind.hyperparameters, from: 0, in: workspace), call, name: count, workspace)
    }
  }

  /// - Parameter place: of the argument `name`.
  private static func made(
    _ kind: LayerKind, _ settings: [String: Setting], _ call: Call, name place: Int, _ workspace: Workspace
  ) throws(RuntimeError) -> Value {
    let name = call.has(place) ? try call.string(place) : nil
    return try engine { .foreign(LayerObject(try Layer(kind, settings, name: name), in: workspace)) }
  }

  /// A layer that is applied where a tensor stands first.
  ///
  /// - Parameters:
  ///   - extra: a parameter after the first that only the applied form has.
  ///   - known: the settings that follow from the first arguments of the applied form.
  private static func dual(
    _ kind: LayerKind, _ help: String, example: String, extra: Checking.Parameter? = nil,
    known: @escaping @Sendable (KnownArguments) -> [String: Setting]?,
    apply: @escaping @Sendable (Variable, Call, Workspace) throws(RuntimeError) -> Variable
  ) -> Builtin {
    var own = Signature.parameters(kind.hyperparameters, before: [name])
    own[0].wants = own[0].wants.orTensor
    let parameters = own.prefix(1) + (extra.map { [$0] } ?? []) + own.dropFirst()
    let places = parameters.indices.filter { extra == nil || $0 != 1 }
    let last = parameters.count - 1
    return Builtin(
      kind.name, Array(parameters), .layer,
      ["The layer \(kind.formula).", kind.hyperparameters.help, help].joined(separator: " "), example: example,
      formula: kind.formula, isTensorMethod: true,
      shape: { given throws(ShapeMistake) in
        guard let shape = given.tensor(0), !shape.isEmpty else { return try KnownLayer.rule(kind, at: places)(given) }
        guard let settings = known(given) else { return .unknown }
        guard case .object(let layer) = try KnownLayer.rule(kind, at: places, with: settings)(given) else { return .unknown }
        // What does not fit is told by the function itself, which is no layer of a network.
        return (try? layer.apply(to: .tensor(shape))) ?? .unknown
      }
    ) { call, workspace throws(RuntimeError) in
      if case .foreign(let object as TensorObject) = call[0], object.variable.shape.rank > 0 {
        try workspace.mark(call.machine)
        return workspace.value(try apply(object.variable, call, workspace))
      }
      if extra != nil, call.has(1) {
        _ = try call.setting(1, kind.hyperparameters[0].kind, workspace)
        throw call.wrong(0, wanted: "images, a tensor, where a window follows,")
      }
      var settings: [String: Setting] = [:]
      for (hyperparameter, place) in zip(kind.hyperparameters, places) where call.has(place) {
        settings[hyperparameter.name] = try call.setting(place, hyperparameter.kind, workspace)
      }
      return try made(kind, settings, call, name: last, workspace)
    }
  }

  private static func pool(
    _ kind: LayerKind, example: String,
    apply: @escaping @Sendable (Variable, Settings) throws(TensorError) -> Variable
  ) -> Builtin {
    dual(
      kind, "Of images, a tensor, it is applied: \(kind.name)(x, 2).", example: example,
      extra: .optional("window", "None", Wanted(kind.hyperparameters[0].kind)),
      known: { given in given[1]?.wholes.map { ["size": .sizes($0)] } }
    ) { x, call, workspace throws(RuntimeError) in
      guard call.has(1) else {
        throw RuntimeError(.typeError, "\(kind.name) of a tensor needs the window's size", help: "\(kind.name)(x, 2)")
      }
      guard x.shape.rank == 4 else { throw call.wrong(0, wanted: "images [batch, channels, height, width]") }
      var given = ["size": try call.setting(1, kind.hyperparameters[0].kind, workspace)]
      let rest = try call.settings(Array(kind.hyperparameters.dropFirst()), from: 2, in: workspace)
      given.merge(rest) { own, _ in own }
      return try engine { [given] in try apply(x, try Settings(given, for: kind.hyperparameters, of: kind.name)) }
    }
  }

  /// A layer of layers; what it takes besides stands before its name.
  private static func container(
    _ title: String, _ own: [Checking.Parameter], _ help: String, example: String,
    known: @escaping @Sendable ([Layer], KnownArguments) throws -> Layer?,
    make: @escaping @Sendable ([Layer], Call, String?) throws(RuntimeError) -> Layer
  ) -> Builtin {
    Builtin(
      title, [.rest("layers", .layers)] + own + [name], .layer, help, example: example, shape: KnownLayer.container(known)
    ) { call, workspace throws(RuntimeError) in
      let place = 1 + own.count
      let layer = try make(try call.layers(0, in: workspace), call, call.has(place) ? try call.string(place) : nil)
      return .foreign(LayerObject(layer, in: workspace))
    }
  }
}

extension Call {
  /// The layers of a rest parameter: layers, activations, networks, functions of one tensor.
  func layers(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> [Layer] {
    var layers: [Layer] = []
    for (i, value) in rest(place).enumerated() {
      guard let layer = try workspace.layer(value, machine) else { throw wrong(place, rest: i) }
      layers.append(layer)
    }
    return layers
  }
}
