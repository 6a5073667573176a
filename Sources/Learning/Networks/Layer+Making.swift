import Tensors

// Layers as Swift code writes them; a program gives settings by name.
extension Layer {
  /// - Parameter shape: of one example, without the batch.
  public static func input(_ shape: Shape, name: String? = nil) -> Layer { Layer(.input(shape), name: name) }

  public static func dense(
    _ units: Int, _ activation: Activation = .linear, start: Initialiser? = nil, bias: Bool = true, name: String? = nil
  ) throws(LearningError) -> Layer {
    var given: [String: Setting] = ["units": .integer(units), "activation": .activation(activation), "bias": .flag(bias)]
    if let start { given["init"] = .initialiser(start) }
    return try Layer(.dense, given, name: name)
  }

  public static func dropout(_ p: Double, name: String? = nil) throws(LearningError) -> Layer {
    try Layer(.dropout, ["p": .number(p)], name: name)
  }

  public static func flatten(name: String? = nil) throws(LearningError) -> Layer { try Layer(.flatten, [:], name: name) }

  /// `activation(f)`; its name counts activations.
  public static func activation(_ activation: Activation, name: String? = nil) throws(LearningError) -> Layer {
    try Layer(.activation, ["activation": .activation(activation)], name: name)
  }

  /// A bare activation among the layers; its name counts this one.
  public static func bare(_ activation: Activation) throws(LearningError) -> Layer {
    let settings = try Settings(
      ["activation": .activation(activation)], for: LayerKind.activation.hyperparameters, of: activation.name)
    return Layer(.kind(.activation, settings), stem: activation.name)
  }

  public static func network(_ network: Network, name: String? = nil) -> Layer {
    Layer(.network(network, .row), name: name ?? (network.name.isEmpty ? nil : network.name))
  }

  /// Layers whose input is added to what they make of it.
  public static func residual(_ layers: [Layer], name: String? = nil) throws(LearningError) -> Layer {
    Layer(.network(try Network(parts: layers, of: "residual"), .residual), name: name)
  }

  /// Layers that are all given the same; what they make of it stands side by side, or is added.
  public static func parallel(_ layers: [Layer], isSum: Bool = false, name: String? = nil) throws(LearningError) -> Layer {
    Layer(.network(try Network(parts: layers, of: "parallel"), isSum ? .sum : .concat), name: name)
  }

  public static func function(_ function: Function, name: String? = nil) -> Layer { Layer(.function(function), name: name) }
}
