import Tensors

/// How a gradient passes an operation, written in operations, so that it can be recorded, differentiated again and compiled.
///
/// A rule reads shapes and types of its operands, never their values. It may answer in the broadcast shape: the
/// backward pass sums a gradient to its variable's shape.
public enum Derivative: Sendable {
  /// The result is constant: a comparison, a place.
  case none

  /// An elementwise operation: for each operand its local derivative, by which the upstream gradient is multiplied.
  /// An operand without one is a constant.
  case slopes([Slope?])

  /// Any other: from the upstream gradient to that of one operand, or none where that operand is a constant.
  case pullback(Pullback)

  /// Written in the program: the attributes hold the rule.
  case custom

  public typealias Slope = @Sendable (Application) throws -> Variable
  public typealias Pullback = @Sendable (Application, _ upstream: Variable, _ input: Int) throws -> Variable?

  var isNone: Bool {
    if case .none = self { true } else { false }
  }
}

/// One application of an operation: operands, result and settings.
public struct Application {
  public let inputs: Inputs
  public let output: Variable
  public let attributes: Attributes

  /// The first operand.
  var x: Variable { inputs[0] }
}
