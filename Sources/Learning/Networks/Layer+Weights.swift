import Gradients
import Tensors

extension Layer {
  /// Draws the weights anew.
  func reset(seed: UInt64) throws(LearningError) {
    self.seed = seed
    switch body {
    case .network(let network, _): try network.reset(RandomStream(seed: seed, stream: 0))
    case .kind(let kind, let settings):
      guard let fitting, isBuilt else { return }
      let rules = try kind.parameters(LayerKind.Site(path: path ?? kind.name, settings: settings, input: fitting))
      for (i, (rule, (_, parameter))) in zip(rules, parameters).enumerated() {
        var stream = RandomStream(seed: seed, stream: UInt64(i))
        parameter.value = try rule.start.draw(parameter.value.shape, fans: rule.fans, dtype: parameter.value.dtype, from: &stream)
      }
    case .input, .function: return
    }
  }

  /// One with weights of its own that have the same values.
  func copy(_ copies: inout [ObjectIdentifier: Layer]) -> Layer {
    if let made = copies[ObjectIdentifier(self)] { return made }
    let copy: Layer
    if case .network(let network, let joining) = body {
      copy = Layer(.network(network.copy(&copies), joining), name: givenName, stem: givenStem)
    } else {
      copy = Layer(body, name: givenName, stem: givenStem)
    }
    copy.path = path
    copy.seed = seed
    copy.dtype = dtype
    copy.isFrozen = isFrozen
    copy.fitting = fitting
    copy.isBuilt = isBuilt
    copy.parameters = parameters.map { name, parameter in
      let twin = Parameter(parameter.value, name: parameter.name, isTrained: parameter.isTrained)
      twin.isFrozen = parameter.isFrozen
      return (name, twin)
    }
    copies[ObjectIdentifier(self)] = copy
    return copy
  }
}
