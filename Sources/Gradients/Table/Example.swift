import Tensors

/// Operands and settings at which an operation's derivative is checked.
public struct Example: Sendable {
  public var operands: [Operand]
  public var attributes: Attributes

  init(_ operands: [Operand], _ attributes: Attributes = .none) {
    self.operands = operands
    self.attributes = attributes
  }

  /// One operand: a shape and the numbers it may be filled with.
  public struct Operand: Sendable {
    public var shape: Shape
    public var domain: Domain
  }

  /// Where an operand's entries may lie: off kinks, poles and the edges of the domain.
  public enum Domain: Sendable, Equatable {
    /// Evenly in the range.
    case between(Double, Double)
    /// Of either sign, with absolute values in the range.
    case eitherSign(Double, Double)
    /// All different, by at least 0.05, in random order around 0.
    case apart
    /// True or false.
    case bool
    /// Matrices with between 3 and 8 on the diagonal and numbers below 1 beside it.
    case heavyDiagonal
    /// Whole numbers below the bound.
    case places(below: Int)
  }
}

extension Example.Operand {
  static func between(_ low: Double, _ high: Double, _ shape: Shape) -> Self { Self(shape: shape, domain: .between(low, high)) }
  static func eitherSign(_ low: Double, _ high: Double, _ shape: Shape) -> Self {
    Self(shape: shape, domain: .eitherSign(low, high))
  }
  static func anywhere(_ shape: Shape) -> Self { between(-2, 2, shape) }
  static func apart(_ shape: Shape) -> Self { Self(shape: shape, domain: .apart) }
  static func bool(_ shape: Shape) -> Self { Self(shape: shape, domain: .bool) }
  static func places(below bound: Int, _ shape: Shape) -> Self { Self(shape: shape, domain: .places(below: bound)) }
}
