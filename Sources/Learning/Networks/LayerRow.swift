import Tensors

/// Layers in a row as they are written, before a network is made of them: what can be told of shapes without weights.
public struct LayerRow {
  private let layers: [(name: String, layer: Layer)]

  /// A layer that cannot take what the one before it gives.
  public struct Misfit: Error {
    /// Its place in the row.
    public let place: Int
    public let error: LearningError
    /// The name of the layer before, and the shape of one example that it gives; none for the first.
    public let previous: (name: String, output: Shape)?
  }

  /// - Parameter layers: none for what cannot be told; then nothing is known of what follows it.
  public init(_ layers: [Layer?]) throws(LearningError) {
    var names = LayerNames()
    var named: [(String, Layer)] = []
    for case let layer? in layers.prefix(while: { $0 != nil }) { named.append((try names.next(for: layer), layer)) }
    self.layers = named
    isWhole = named.count == layers.count
  }

  /// Whether all layers are known.
  public let isWhole: Bool

  /// The layers by their names, up to the first that is not known.
  public var named: [(name: String, layer: Layer)] { layers }

  /// The shape of one example that it begins with, if its first layer says so.
  public var input: (name: String, shape: Shape)? {
    guard let first = layers.first, case .input(let shape) = first.layer.body else { return nil }
    return (first.name, shape)
  }

  /// The shape of one example that comes out for one that goes in; none where that cannot be told.
  public func output(for input: Shape) throws(Misfit) -> Shape? {
    var shape = input
    var previous: (name: String, output: Shape)?
    for (place, (name, layer)) in layers.enumerated() {
      do {
        guard let next = try layer.outputShape(shape, path: name, previous: previous?.name) else { return nil }
        shape = next
      } catch {
        throw Misfit(place: place, error: error, previous: previous)
      }
      previous = (name, shape)
    }
    return isWhole ? shape : nil
  }
}
