import Gradients
import Tensors

/// A layer with its weights, which all networks that hold it share.
public final class Layer {
  public let body: Body
  /// The name that the program gave it.
  public let givenName: String?
  let givenStem: String?

  /// Its path in the network that held it first.
  public internal(set) var path: String?
  /// Its weights in the order of the kind's rules; none before the sizes are known.
  public internal(set) var parameters: [(name: String, parameter: Parameter)] = []
  var isBuilt = false

  var seed: UInt64?
  var dtype = DType.float32
  var isFrozen = false
  // The shape that the weights were last found to fit, so that it is checked once and not at each step.
  var fitting: Shape?

  public enum Body {
    /// The shape of one example, without the batch.
    case input(Shape)
    case kind(LayerKind, Settings)
    /// Layers within.
    case network(Network, Joining)
    case function(Function)
  }

  /// - Parameter stem: what its name begins with if the program gives it none, in place of its kind.
  public init(_ body: Body, name: String? = nil, stem: String? = nil) {
    self.body = body
    givenName = name
    givenStem = stem
  }

  /// A layer of the catalogue.
  public convenience init(_ kind: LayerKind, _ given: [String: Setting], name: String? = nil) throws(LearningError) {
    self.init(.kind(kind, try Settings(given, for: kind.hyperparameters, of: kind.name)), name: name)
  }

  /// Settles what the weights will be, though their sizes may not be known yet.
  func place(at path: String, seed: UInt64, dtype: DType) {
    guard self.path == nil else { return }
    self.path = path
    self.seed = seed
    self.dtype = dtype
    // A network within was settled when it was made.
    if case .network(let inner, let joining) = body, joining != .row {
      inner.settle(at: path + ".", from: RandomStream(seed: seed, stream: 0), dtype: dtype)
    }
  }

  /// The activation; `linear` where the layer has none.
  public var activation: Activation {
    guard case .kind(_, let settings) = body, case .activation(let activation) = settings["activation"] else {
      return .linear
    }
    return activation
  }

  /// Whether it has all its weights.
  public var isReady: Bool {
    switch body {
    case .kind: isBuilt
    case .network(let network, _): network.isReady
    case .input, .function: true
    }
  }

  /// Settles what its weights will be if no network did so before: it stands alone, as the first of its kind.
  public func settle(from stream: @autoclosure () -> RandomStream, dtype: DType) {
    guard path == nil else { return }
    var stream = stream()
    place(at: stem + "1", seed: stream.integer(below: .max), dtype: dtype)
  }

  /// Its name in the network that held it first.
  public var name: String? { path?.split(separator: ".").last.map(String.init) ?? givenName }
}

// MARK: - Freezing

extension Layer {
  /// Whether it and all within are left out of training.
  public func setFrozen(_ isFrozen: Bool) {
    self.isFrozen = isFrozen
    for (_, parameter) in parameters { parameter.isFrozen = isFrozen }
    if case .network(let network, _) = body { network.setFrozen(isFrozen) }
  }

  /// Puts it and all within back to what they are now; weights that are made meanwhile go with their layer.
  public var unfreezing: () -> Void {
    let (wasFrozen, kept) = (isFrozen, parameters.map { ($0.parameter, $0.parameter.isFrozen) })
    var inner: (() -> Void)?
    if case .network(let network, _) = body { inner = network.unfreezing }
    return { [self] in
      setFrozen(wasFrozen)
      for (parameter, isFrozen) in kept { parameter.isFrozen = isFrozen }
      inner?()
    }
  }
}

// MARK: - Forward

extension Layer {
  /// What the layer makes of a batch when it is called by itself.
  public func callAsFunction(_ x: Variable, pass: Pass = Pass()) throws(LearningError) -> Variable {
    try forward(x, path: path ?? stem, previous: nil, pass: pass)
  }

  /// The shape of one example that comes out for one that goes in, with the weights made if they were not; none where
  /// only a call can tell.
  func plan(_ input: Shape, path: String, previous: String?) throws(LearningError) -> Shape? {
    if case .network(let network, let joining) = body { return try network.plan(input, joining, path: path) }
    let output = try outputShape(input, path: path, previous: previous)
    if case .kind(let kind, let settings) = body {
      try fit(kind, LayerKind.Site(path: path, settings: settings, input: input, previous: previous))
    }
    return output
  }

  /// The same without making weights.
  func outputShape(_ input: Shape, path: String, previous: String?) throws(LearningError) -> Shape? {
    switch body {
    case .input(let shape): shape
    case .kind(let kind, let settings):
      try kind.shape(LayerKind.Site(path: path, settings: settings, input: input, previous: previous))
    case .network(let network, let joining): try network.outputShape(input, joining, path: path)
    case .function: nil
    }
  }

  func forward(_ x: Variable, path: String, previous: String?, pass: Pass) throws(LearningError) -> Variable {
    switch body {
    case .input(let shape):
      guard x.shape.example == shape else { throw .wrongInput(layer: path, expected: shape, found: x.shape.example) }
      return x
    case .kind(let kind, let settings):
      let input = x.shape.example
      let site = LayerKind.Site(path: path, settings: settings, input: input, previous: previous)
      if input != fitting {
        _ = try kind.shape(site)
        try fit(kind, site)
      }
      let x = try kind.takesPlaces || x.dtype.isFloat ? x : operations { () throws(TensorError) in try x.cast(to: dtype) }
      let call = LayerCall(x: x, site: site, owners: parameters.map(\.parameter), pass: pass)
      let preactivation = try kind.forward(call)
      let output = try activation.apply(preactivation, pass)
      pass.keep(
        Pass.Entry(
          path: path, layer: self, input: x, preactivation: preactivation, output: output, activation: activation))
      return output
    case .network(let network, let joining): return try network.forward(x, joining, path: path, pass: pass)
    case .function(let function):
      let x = try x.dtype.isFloat ? x : operations { () throws(TensorError) in try x.cast(to: .defaultFloat) }
      let output = try function(x, pass)
      pass.keep(
        Pass.Entry(path: path, layer: self, input: x, preactivation: output, output: output, activation: .linear))
      return output
    }
  }

  /// Makes the weights for an input, or checks that those there are fit it.
  private func fit(_ kind: LayerKind, _ site: LayerKind.Site) throws(LearningError) {
    let rules = try kind.parameters(site)
    if !isBuilt {
      let seed = self.seed ?? 0
      for (i, rule) in rules.enumerated() {
        var stream = RandomStream(seed: seed, stream: UInt64(i))
        let value = try rule.start.draw(rule.shape, fans: rule.fans, dtype: dtype, from: &stream)
        let parameter = Parameter(value, name: (path ?? site.path) + "." + rule.name, isTrained: rule.isTrained)
        parameter.isFrozen = isFrozen
        parameters.append((rule.name, parameter))
      }
      isBuilt = true
    } else if zip(rules, parameters).contains(where: { !$0.fits($1.parameter.value.shape) }) {
      throw misfit(kind, site)
    }
    fitting = site.input
  }

  private func misfit(_ kind: LayerKind, _ site: LayerKind.Site) -> LearningError {
    let former = fitting ?? site.input
    // Where positions count, features do too.
    let counted =
      former.dimensions.last == site.input.dimensions.last ? kind.counted : kind.counted == .channels ? .channels : .features
    let known = counted == .positions ? parameters.first?.parameter.value.shape.dimensions.first : nil
    return .wrongSize(
      layer: site.path, of: counted.noun(for: site.input), expected: known ?? counted.count(in: former),
      found: counted.count(in: site.input), previous: site.previous)
  }
}
