/// The value of a hyper-parameter.
public enum Setting: Sendable {
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case text(String)
  /// Whole numbers in a row.
  case sizes([Int])
  case activation(Activation)
  case initialiser(Initialiser)
}

extension Setting: CustomStringConvertible {
  /// As it is written in a program.
  public var description: String {
    switch self {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .flag(let value): value ? "True" : "False"
    case .text(let text): "\"\(text)\""
    case .sizes(let sizes): "(\(sizes.map(String.init).joined(separator: ", "))\(sizes.count == 1 ? "," : ""))"
    case .activation(let activation): activation.name
    case .initialiser(let initialiser): initialiser.description
    }
  }
}

/// What can be set in an entry of the catalogue: its name, what it may hold, and what it holds if nothing is said.
public struct Hyperparameter: Sendable {
  public let name: String
  public let kind: Kind
  /// None where a value must be given, or where leaving it out has a meaning of its own, which `help` tells.
  public let fallback: Setting?
  public let isRequired: Bool
  /// Whether it may be given without its name.
  public let isPositional: Bool
  /// One sentence on what it does.
  public let help: String

  public enum Kind: Sendable, Equatable {
    /// A whole number from `atLeast` on.
    case integer(atLeast: Int)
    /// A finite number within the bounds; the upper one is left out if `isOpen`.
    case number(ClosedRange<Double>, isOpen: Bool = false)
    case flag
    /// One of some texts.
    case choice([String])
    /// A whole number, or as many as there are dimensions, each at least `atLeast`.
    case extent(dimensions: Int, atLeast: Int)
    /// The same, or "same" or "valid".
    case padding(dimensions: Int)
    /// A shape, of which one size may be -1.
    case shape
    case activation
    case initialiser
  }

  /// One that must be given.
  init(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    self.kind = kind
    self.help = help
    fallback = nil
    isRequired = true
    isPositional = true
  }

  /// One that can be left out.
  ///
  /// - Parameter isPositional: as activations are and rates, and those that the language shows so.
  init(_ name: String, _ kind: Kind, default fallback: Setting?, isPositional: Bool = false, _ help: String) {
    self.name = name
    self.kind = kind
    self.help = help
    self.fallback = fallback
    isRequired = false
    self.isPositional = isPositional || kind == .activation || name == "lr"
  }
}

extension Hyperparameter.Kind {
  static let anyNumber = Self.number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
  static let positive = Self.number(Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude)
  static let notNegative = Self.number(0...Double.greatestFiniteMagnitude)
  /// From 0 up to, but not including, 1.
  static let share = Self.number(0...1, isOpen: true)
}
