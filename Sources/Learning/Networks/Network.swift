import Gradients
import Tensors

/// Layers in a row, each fed by the one before.
///
/// What the weights will be is settled when the network is made; sizes that are not known then are inferred at the
/// first use.
public final class Network {
  /// The name that the program gave it; empty without one.
  public let name: String
  public internal(set) var places: [Place]

  /// Where a layer stands in a network; one layer may stand in several places.
  public struct Place {
    public let name: String
    public let layer: Layer
    /// Whether the layer stands further up too.
    public let isRepeat: Bool
    /// The shape of one example that comes in, and of what it becomes; none before they are known.
    public var input: Shape?
    public var output: Shape?
  }

  /// - Parameter stream: where the weights are drawn from.
  public init(
    _ layers: [Layer], name: String = "", stream: RandomStream, dtype: DType = .float32
  ) throws(LearningError) {
    guard name.isEmpty || LayerNames.isIdentifier(name) else { throw .nameInvalid(name) }
    places = try Network.places(layers, of: "a network")
    self.name = name
    settle(at: name.isEmpty ? "" : name + ".", from: stream, dtype: dtype)
    if case .input(let shape) = layers[0].body { _ = try plan(shape) }
  }

  /// The layers of a container, whose weights are settled when it is put into a network.
  ///
  /// - Parameter owner: the container's kind, for errors.
  init(parts layers: [Layer], of owner: String) throws(LearningError) {
    places = try Network.places(layers, of: owner)
    name = ""
  }

  private static func places(_ layers: [Layer], of owner: String) throws(LearningError) -> [Place] {
    guard !layers.isEmpty else { throw .noLayers(of: owner) }
    if case .input(let shape) = layers[0].body, shape.count == 0 { throw .emptyInput(shape) }
    var names = LayerNames()
    var places: [Place] = []
    for (i, layer) in layers.enumerated() {
      if case .input = layer.body, i > 0 { throw .inputNotFirst }
      if let earlier = places.first(where: { $0.layer === layer }) {
        places.append(Place(name: earlier.name, layer: layer, isRepeat: true))
      } else {
        places.append(Place(name: try names.next(for: layer), layer: layer, isRepeat: false))
      }
    }
    return places
  }

  /// Settles what the weights of all layers will be.
  func settle(at prefix: String, from stream: RandomStream, dtype: DType) {
    for (place, seed) in zip(places, Network.seeds(for: layers, from: stream)) {
      place.layer.place(at: prefix + place.name, seed: seed, dtype: dtype)
    }
  }

  private init(name: String, places: [Place]) {
    self.name = name
    self.places = places
  }

  public var layers: [Layer] { places.map(\.layer) }

  public func layer(named name: String) -> Layer? { places.first { $0.name == name }?.layer }
}

// MARK: - Parts

extension Network {
  /// Whether all weights have been made.
  public var isReady: Bool { places.allSatisfy { $0.layer.isReady } }

  /// The last layer, and its path; that of a network within is the last of that.
  var last: (layer: Layer, path: String)? {
    guard let place = places.last else { return nil }
    guard case .network(let inner, .row) = place.layer.body else { return (place.layer, place.name) }
    return inner.last.map { ($0.layer, "\(place.name).\($0.path)") }
  }
}

// MARK: - Weights

extension Network {
  /// Every weight, and what layers write in training, once, by its path from here: `dense1.weight`.
  public var parameters: [(path: String, parameter: Parameter)] {
    var seen: Set<ObjectIdentifier> = []
    return parameters(prefix: "", &seen)
  }

  private func parameters(prefix: String, _ seen: inout Set<ObjectIdentifier>) -> [(path: String, parameter: Parameter)] {
    var found: [(path: String, parameter: Parameter)] = []
    for place in places where seen.insert(ObjectIdentifier(place.layer)).inserted {
      let path = prefix + place.name + "."
      if case .network(let inner, _) = place.layer.body {
        found += inner.parameters(prefix: path, &seen)
      } else {
        found += place.layer.parameters.map { (path + $0.name, $0.parameter) }
      }
    }
    return found
  }

  /// The weights that training changes.
  public var trainable: [(path: String, parameter: Parameter)] {
    parameters.filter { $0.parameter.isTrained && !$0.parameter.isFrozen }
  }

  public func parameter(at path: String) throws(LearningError) -> Parameter {
    let all = parameters
    guard let found = all.first(where: { $0.path == path }) else {
      throw .noParameter(path, known: all.map(\.path))
    }
    return found.parameter
  }

  /// Gives a weight a new value of its shape, cast to its type and unrecorded.
  public func assign(_ value: Tensor, to path: String) throws(LearningError) {
    let parameter = try parameter(at: path)
    guard value.shape == parameter.value.shape else {
      throw .wrongWeightShape(path: path, expected: parameter.value.shape, found: value.shape)
    }
    parameter.value = try operations { () throws(TensorError) in try value.cast(to: parameter.value.dtype) }
  }

  /// Draws all weights anew.
  public func reset(_ stream: RandomStream) throws(LearningError) {
    for (place, seed) in zip(places, Network.seeds(for: layers, from: stream)) where !place.isRepeat {
      try place.layer.reset(seed: seed)
    }
  }

  /// What each layer draws its weights from.
  ///
  /// The stream's first number belongs to the input layer, whether there is one or not: to name the size of the input
  /// changes no weight.
  private static func seeds(for layers: [Layer], from stream: RandomStream) -> [UInt64] {
    var stream = stream
    let first: UInt64 = stream.integer(below: .max)
    let rest = layers.dropFirst().map { _ -> UInt64 in stream.integer(below: .max) }
    if case .input = layers[0].body { return [first] + rest }
    return rest + [stream.integer(below: .max)]
  }

  public func setFrozen(_ isFrozen: Bool) {
    for place in places { place.layer.setFrozen(isFrozen) }
  }

  /// Puts every layer back to what it is now, frozen or not.
  public var unfreezing: () -> Void {
    let all = places.map(\.layer.unfreezing)
    return { for one in all { one() } }
  }

  /// A network with weights of its own that have the same values.
  public func copy() -> Network {
    var copies: [ObjectIdentifier: Layer] = [:]
    return copy(&copies)
  }

  func copy(_ copies: inout [ObjectIdentifier: Layer]) -> Network {
    let twins = places.map { place in
      var twin = Place(name: place.name, layer: place.layer.copy(&copies), isRepeat: place.isRepeat)
      twin.input = place.input
      twin.output = place.output
      return twin
    }
    return Network(name: name, places: twins)
  }
}
