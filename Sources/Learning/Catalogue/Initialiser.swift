import Tensors

/// How a weight starts: an entry of the table of initialisers with its settings.
public struct Initialiser: Sendable {
  public let kind: InitialiserKind
  public let settings: Settings

  public init(_ kind: InitialiserKind, _ given: [String: Setting] = [:]) throws(LearningError) {
    self.kind = kind
    settings = try Settings(given, for: kind.hyperparameters, of: kind.name)
  }

  init(_ kind: InitialiserKind) {
    self.kind = kind
    settings = .none
  }

  /// A tensor of the shape, drawn from the stream.
  public func draw(
    _ shape: Shape, fans: Fans? = nil, dtype: DType, from stream: inout RandomStream
  ) throws(LearningError) -> Tensor {
    let fans = fans ?? Fans(of: shape)
    let rule = kind.rule
    let settings = settings
    return try operations { () throws(TensorError) in try rule(settings, shape, fans, dtype, &stream) }
  }
}

extension Initialiser: CustomStringConvertible {
  public var description: String {
    guard !settings.all.isEmpty else { return kind.name }
    return kind.name + "(" + settings.all.map { "\($0.name)=\($0.value)" }.joined(separator: ", ") + ")"
  }
}

/// How many inputs one output is summed from, and how many outputs one input goes to.
public struct Fans: Sendable, Equatable {
  public var incoming: Int
  public var outgoing: Int

  public init(incoming: Int, outgoing: Int) {
    self.incoming = incoming
    self.outgoing = outgoing
  }

  /// Those of a weight of one's own: the first dimension comes in, the last goes out.
  init(of shape: Shape) {
    self.init(incoming: shape.dimensions.first ?? 1, outgoing: shape.dimensions.last ?? 1)
  }
}

/// An entry of the table of initialisers: all there is to know about one of them, said once.
public struct InitialiserKind: Sendable {
  /// The name in the language.
  public let name: String
  public let hyperparameters: [Hyperparameter]

  /// The distribution, as help prints it.
  public let formula: String

  /// Where it is from, if it bears somebody's name.
  public let source: String?

  let rule: Rule

  typealias Rule =
    @Sendable (Settings, Shape, Fans, DType, inout RandomStream) throws(TensorError) -> Tensor

  init(
    _ name: String, _ hyperparameters: [Hyperparameter] = [], formula: String, source: String? = nil, rule: @escaping Rule
  ) {
    self.name = name
    self.hyperparameters = hyperparameters
    self.formula = formula
    self.source = source
    self.rule = rule
  }
}
