import Gradients
import Tensors

/// An entry of the table of layers: all there is to know about one kind, said once.
///
/// Building, forward passes, names, summaries, costs, help and files follow from it. A kind with a setting `activation`
/// need not apply it: that is done to whatever `forward` gives, so that both sides can be watched and explained.
///
/// Shapes here are those of one example, without the batch.
public struct LayerKind: Sendable {
  /// The name in the language, from which the layers' names are made too.
  public let name: String
  public let hyperparameters: [Hyperparameter]

  /// What the layer computes, as help and explanations print it.
  public let formula: String

  /// Whether whole numbers come in as they are, since they mean places; other kinds take floats.
  let takesPlaces: Bool

  /// What of its input the layer's weights are made for.
  let counted: Counted

  /// The shape of the result, or the error that this input deserves.
  let shape: @Sendable (Site) throws(LearningError) -> Shape

  /// The tensors that the layer needs for an input of this shape, in the order of their names' listing.
  let parameters: @Sendable (Site) throws(LearningError) -> [ParameterRule]

  let forward: @Sendable (LayerCall) throws(LearningError) -> Variable

  /// Multiply-adds for one example, the activation's not counted.
  let multiplyAdds: @Sendable (Site, _ output: Shape) -> Double

  init(
    _ name: String, _ hyperparameters: [Hyperparameter] = [], formula: String, takesPlaces: Bool = false,
    counted: Counted = .features,
    shape: @escaping @Sendable (Site) throws(LearningError) -> Shape = { site in site.input },
    parameters: @escaping @Sendable (Site) throws(LearningError) -> [ParameterRule] = { _ in [] },
    multiplyAdds: @escaping @Sendable (Site, _ output: Shape) -> Double = { _, _ in 0 },
    forward: @escaping @Sendable (LayerCall) throws(LearningError) -> Variable
  ) {
    self.name = name
    self.hyperparameters = hyperparameters
    self.formula = formula
    self.takesPlaces = takesPlaces
    self.counted = counted
    self.shape = shape
    self.parameters = parameters
    self.multiplyAdds = multiplyAdds
    self.forward = forward
  }

  /// Where a layer stands: what its rules may know before anything is computed.
  struct Site {
    /// The layer's path in its network, for errors.
    let path: String
    let settings: Settings
    /// The shape of one example that comes in.
    let input: Shape
    /// The layer that it comes from.
    var previous: String?
  }
}

/// What of an example a layer's weights are made for.
public enum Counted: String, Sendable {
  /// The last dimension.
  case features
  /// The first dimension of an image or a series; the only one of a row.
  case channels
  /// Points in time: the dimension before the last.
  case positions

  /// How many there are in an example.
  func count(in example: Shape) -> Int {
    switch self {
    case .features: example.dimensions.last ?? 0
    case .channels: example.dimensions.first ?? 0
    case .positions: example.rank > 1 ? example[example.rank - 2] : 0
    }
  }

  func noun(for example: Shape) -> String { self == .channels && example.rank == 1 ? "features" : rawValue }
}

/// A tensor that a layer needs.
struct ParameterRule {
  let name: String
  let shape: Shape
  /// How many inputs one output is summed from, and how many outputs one input goes to.
  let fans: Fans
  let start: Initialiser
  /// Whether gradients change it; what the layer itself writes in training is saved, but not trained.
  let isTrained: Bool
  /// Whether it serves too if it has more rows.
  let isLeast: Bool

  /// - Parameter fans: those of its shape if they are left out.
  init(
    _ name: String, _ dimensions: [Int], _ fans: Fans? = nil, start: Initialiser, isTrained: Bool = true,
    isLeast: Bool = false
  ) throws(LearningError) {
    self.name = name
    shape = try operations { () throws(TensorError) in try Shape(dimensions) }
    self.fans = fans ?? Fans(of: shape)
    self.start = start
    self.isTrained = isTrained
    self.isLeast = isLeast
  }

  func fits(_ found: Shape) -> Bool {
    found == shape || isLeast && found.removing(axis: 0) == shape.removing(axis: 0) && found[0] >= shape[0]
  }
}

/// One forward pass through one layer.
struct LayerCall {
  let x: Variable
  let site: LayerKind.Site
  /// In the order of the kind's rules.
  let parameters: [Variable]
  let pass: Pass
  private let owners: [Parameter]

  init(x: Variable, site: LayerKind.Site, owners: [Parameter], pass: Pass) {
    self.x = x
    self.site = site
    self.pass = pass
    self.owners = owners
    parameters = owners.map(pass.present)
  }

  var settings: Settings { site.settings }

  /// Notes what a parameter that is not trained is to be after this pass.
  func update(_ place: Int, to value: Variable) { pass.update(owners[place], to: value) }
}
