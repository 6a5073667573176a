/// What can be told of a value before anything runs.
public indirect enum Known {
  case unknown
  case whole(Int)
  /// A number whose value is not told.
  case number
  case truth(Bool)
  case text(String)
  /// A list or a tuple that stands in the expression itself: one that has a name may have been changed.
  case list([Known])
  case tensor([Int])
  /// A function of the language, and how the shape of its result follows from its arguments.
  case builtin(String, Signature, ShapeRule?)
  case object(any KnownObject)

  /// The shape that it has where a tensor is asked for: none of a number, that of its nesting of a list.
  ///
  /// nil where it cannot be told, as of a ragged list.
  public var shape: [Int]? {
    switch self {
    case .whole, .number, .truth: return []
    case .tensor(let shape): return shape
    case .list(let items):
      guard let first = items.first else { return [0] }
      guard let inner = first.shape, items.allSatisfy({ $0.shape == inner }) else { return nil }
      return [items.count] + inner
    case .unknown, .text, .builtin, .object: return nil
    }
  }

  /// What is left to know once it has a name, so that others may change it.
  var named: Known {
    if case .list = self { .unknown } else { self }
  }

  var isTensor: Bool {
    if case .tensor = self { true } else { false }
  }
}

/// A value of the engines that can be applied to another: a layer, a network.
public protocol KnownObject: AnyObject {
  func apply(to argument: Known) throws(ShapeMistake) -> Known
  /// What can follow its point; nil where only running tells.
  var attributes: KnownAttributes? { get }
}

/// All attributes of a value.
public struct KnownAttributes {
  /// The value's type.
  public var type: String
  public var names: [String]
  /// Those of which more is known than their names.
  public var parts: [String: Known]
  /// What helps where an attribute is asked for that is not there; nil where the near names do.
  public var help: (String) -> String?

  public init(
    _ type: String, _ names: [String], parts: [String: Known] = [:], help: @escaping (String) -> String? = { _ in nil }
  ) {
    self.type = type
    self.names = names
    self.parts = parts
    self.help = help
  }
}

/// How what is known of a result follows from what is known of the arguments.
public typealias ShapeRule = @Sendable (KnownArguments) throws(ShapeMistake) -> Known

/// Sizes that are certain not to fit.
public struct ShapeMistake: Error {
  public var kind: String
  public var message: String
  public var help: String?
  /// Which of the arguments is to blame, and a word under it.
  public var argument: (place: Int, label: String)?

  public init(
    _ message: String, kind: String = "ShapeError", help: String? = nil, argument: (place: Int, label: String)? = nil
  ) {
    self.kind = kind
    self.message = message
    self.help = help
    self.argument = argument
  }
}

/// What is known of the arguments of a call, by the places of the signature's parameters.
public struct KnownArguments {
  /// nil where nothing was given, so that the default holds.
  public var values: [Known?]

  public init(_ values: [Known?]) {
    self.values = values
  }

  public subscript(place: Int) -> Known? { place < values.count ? values[place] : nil }

  /// The shape of an argument.
  public func shape(_ place: Int) -> [Int]? { self[place]?.shape }

  /// All that a rest parameter takes.
  public func rest(_ place: Int) -> [Known] {
    guard case .list(let items)? = self[place] else { return [] }
    return items
  }
}
