import Checking
import Learning
import Tensors

/// A layer of which it can be told before anything runs what it makes of a shape.
final class KnownLayer: KnownObject {
  let layer: Layer

  init(_ layer: Layer) {
    self.layer = layer
  }

  func apply(to argument: Known) throws(ShapeMistake) -> Known {
    try KnownNetwork([layer]).apply(to: argument)
  }

  var attributes: KnownAttributes? {
    switch layer.body {
    case .input: KnownAttributes("layer", LayerObject.attributeNames([]))
    case .kind(let kind, let settings):
      kind.weightNames(settings).map { KnownAttributes("layer", LayerObject.attributeNames($0)) }
    case .network(let network, .row): .network(network.places.map { ($0.name, $0.layer) })
    case .network(let network, _):
      KnownAttributes(
        "layer", LayerObject.attributeNames(network.places.map(\.name)),
        parts: .layers(network.places.map { ($0.name, $0.layer) }))
    case .function: nil
    }
  }

  /// The rule of a builtin that makes layers of a kind.
  ///
  /// - Parameters:
  ///   - places: of the parameters for its settings and its name; one after the other if they are left out.
  ///   - settings: those that are not given by their own parameters.
  static func rule(_ kind: LayerKind, at places: [Int]? = nil, with settings: [String: Setting] = [:]) -> ShapeRule {
    { given in
      let places = places ?? Array(0...kind.hyperparameters.count)
      var settings = settings
      for (hyperparameter, place) in zip(kind.hyperparameters, places) where settings[hyperparameter.name] == nil {
        guard let value = given[place] else { continue }
        if let setting = Setting(value, hyperparameter.kind) {
          settings[hyperparameter.name] = setting
        } else if hyperparameter.isRequired || hyperparameter.kind.decidesShapes {
          return .unknown
        }
      }
      return made(kind, settings, named: given[places[kind.hyperparameters.count]])
    }
  }

  /// A layer of which all is known that decides shapes.
  static func made(_ kind: LayerKind, _ settings: [String: Setting], named known: Known?) -> Known {
    var name: String?
    if case .text(let text)? = known { name = text }
    // Settings that are wrong are told elsewhere.
    guard let layer = try? Layer(kind, settings, name: name) else { return .unknown }
    return .object(KnownLayer(layer))
  }

  /// The rule of a builtin that makes layers of layers, which come first.
  static func container(_ make: @escaping @Sendable ([Layer], KnownArguments) throws -> Layer?) -> ShapeRule {
    { given in
      let layers = given.rest(0).map(\.layer)
      guard !layers.contains(where: { $0 == nil }), let layer = try? make(layers.compactMap { $0 }, given) else {
        return .unknown
      }
      return .object(KnownLayer(layer))
    }
  }

  /// `input(28, 28)`.
  static let input: ShapeRule = { given in
    guard let sizes = given.sizes(0), !sizes.isEmpty, let shape = try? Shape(sizes) else { return .unknown }
    return .object(KnownLayer(.input(shape)))
  }
}

/// A network of layers, some of which may not be known.
final class KnownNetwork: KnownObject {
  private let row: LayerRow?

  init(_ layers: [Layer?]) {
    row = try? LayerRow(layers)
  }

  /// The rule of `network(...)`: where the first layer says what comes in, the others are compared with it.
  static let rule: ShapeRule = { given throws(ShapeMistake) in
    let network = KnownNetwork(given.rest(0).map(\.layer))
    if let input = network.row?.input { _ = try network.output(for: input.shape) }
    return .object(network)
  }

  func apply(to argument: Known) throws(ShapeMistake) -> Known {
    // A row alone is one example, and what the network makes of it depends on more.
    guard let row, let sizes = argument.shape, sizes.count > 1, let example = try? Shape(Array(sizes.dropFirst())) else {
      return .unknown
    }
    if let input = row.input, input.shape != example {
      throw ShapeMistake(LearningError.wrongInput(layer: input.name, expected: input.shape, found: example))
    }
    return try output(for: example).map { .tensor([sizes[0]] + $0.dimensions) } ?? .unknown
  }

  var attributes: KnownAttributes? { row.flatMap { $0.isWhole ? .network($0.named) : nil } }

  private func output(for example: Shape) throws(ShapeMistake) -> Shape? {
    do {
      return try row?.output(for: example)
    } catch {
      var mistake = ShapeMistake(error.error)
      if let (name, output) = error.previous {
        mistake.argument = (
          error.place, "\(name) gives this layer [\((["batch"] + output.dimensions.map(String.init)).joined(separator: ", "))]"
        )
      }
      throw mistake
    }
  }
}

extension KnownAttributes {
  fileprivate static func network(_ layers: [(name: String, layer: Layer)]) -> Self {
    let names = layers.map(\.name)
    return KnownAttributes(
      "network", NetworkObject.attributeNames(names), parts: .layers(layers),
      help: { NetworkObject.help(forAttribute: $0, names) })
  }
}

extension [String: Known] {
  fileprivate static func layers(_ layers: [(name: String, layer: Layer)]) -> Self {
    Dictionary(layers.map { ($0.name, .object(KnownLayer($0.layer))) }) { first, _ in first }
  }
}

extension ShapeMistake {
  fileprivate init(_ error: LearningError) {
    self.init(error.message ?? "", kind: error.category?.rawValue ?? "ShapeError", help: error.help)
  }
}

extension Known {
  /// The layer that a network makes of what stands among its layers; nil where that cannot be told.
  fileprivate var layer: Layer? {
    switch self {
    case .object(let object as KnownLayer): object.layer
    case .builtin(LayerKind.flatten.name, _, _): try? .flatten()
    case .builtin(let name, _, _): Activation.named(name).flatMap { try? Layer.bare($0) }
    default: nil
    }
  }
}

extension Setting {
  /// nil where the value cannot be told.
  fileprivate init?(_ known: Known, _ kind: Hyperparameter.Kind) {
    switch (kind, known) {
    case (.integer, .whole(let number)): self = .integer(number)
    case (.number, .whole(let number)): self = .number(Double(number))
    case (.flag, .truth(let flag)): self = .flag(flag)
    case (.extent, .whole(let size)), (.padding, .whole(let size)): self = .integer(size)
    case (.choice, .text(let text)), (.padding, .text(let text)): self = .text(text)
    case (.extent, .list), (.padding, .list), (.shape, .list), (.shape, .whole):
      guard let sizes = known.wholes else { return nil }
      self = .sizes(sizes)
    case (.activation, .builtin(let name, _, _)):
      guard let activation = Activation.named(name) else { return nil }
      self = .activation(activation)
    default: return nil
    }
  }
}

extension Hyperparameter.Kind {
  /// Whether the layer's result has another shape with another value.
  fileprivate var decidesShapes: Bool {
    switch self {
    case .number, .activation, .initialiser: false
    case .integer, .flag, .choice, .extent, .padding, .shape: true
    }
  }
}
