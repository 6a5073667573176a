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

  /// The shape of the result, or the error that this input deserves.
  let shape: @Sendable (Site) throws(LearningError) -> Shape

  /// The tensors that the layer needs for an input of this shape, in the order of their names' listing.
  let parameters: @Sendable (Site) throws(LearningError) -> [ParameterRule]

  let forward: @Sendable (LayerCall) throws(LearningError) -> Variable

  /// Multiply-adds for one example, the activation's not counted.
  let multiplyAdds: @Sendable (Site, _ output: Shape) -> Int

  init(
    _ name: String, _ hyperparameters: [Hyperparameter] = [], formula: String,
    shape: @escaping @Sendable (Site) throws(LearningError) -> Shape = { site in site.input },
    parameters: @escaping @Sendable (Site) throws(LearningError) -> [ParameterRule] = { _ in [] },
    multiplyAdds: @escaping @Sendable (Site, _ output: Shape) -> Int = { _, _ in 0 },
    forward: @escaping @Sendable (LayerCall) throws(LearningError) -> Variable
  ) {
    self.name = name
    self.hyperparameters = hyperparameters
    self.formula = formula
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

/// A tensor that a layer needs.
struct ParameterRule {
  let name: String
  let shape: Shape
  /// How many inputs one output is summed from, and how many outputs one input goes to.
  let fans: Fans
  let start: Initialiser
  /// Whether gradients change it; what the layer itself writes in training is saved, but not trained.
  let isTrained: Bool

  /// - Parameter fans: those of its shape if they are left out.
  init(
    _ name: String, _ dimensions: [Int], _ fans: Fans? = nil, start: Initialiser, isTrained: Bool = true
  ) throws(LearningError) {
    self.name = name
    shape = try operations { () throws(TensorError) in try Shape(dimensions) }
    self.fans = fans ?? Fans(of: shape)
    self.start = start
    self.isTrained = isTrained
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
