import Gradients
import Tensors

/// An entry of the table of activations, or a function of one tensor that the program gives in its place.
public struct Activation: Sendable {
  /// The name in the language.
  public let name: String

  /// What it makes of `z`.
  public let formula: String

  /// How the weights before it start if nothing is said.
  public let start: Initialiser

  /// How it can stop learning.
  public let failing: Failing

  private let function: Body

  /// What keeps the gradient from passing.
  public enum Failing: Sendable {
    case never
    /// Where the slope, as a function of the output, is below 0.05.
    case saturated(slope: @Sendable (Variable) throws(TensorError) -> Variable)
    /// Where a whole batch gives 0.
    case dead
  }

  private enum Body: Sendable {
    case identity
    case entry(@Sendable (Variable) throws(TensorError) -> Variable)
    case program(Function)
  }

  /// One that the program gives.
  public init(_ function: Function) {
    name = function.name
    formula = "\(function.name)(z)"
    start = .xavier
    failing = .never
    self.function = .program(function)
  }

  private init(_ name: String, _ formula: String, start: Initialiser, failing: Failing, _ function: Body) {
    self.name = name
    self.formula = formula
    self.start = start
    self.failing = failing
    self.function = function
  }

  init(
    _ name: String, _ formula: String, start: Initialiser = .xavier, failing: Failing = .never,
    _ function: @escaping @Sendable (Variable) throws(TensorError) -> Variable
  ) {
    self.init(name, formula, start: start, failing: failing, .entry(function))
  }

  /// No activation.
  public static let linear = Activation("linear", "z", start: .xavier, failing: .never, .identity)

  public var isLinear: Bool {
    if case .identity = function { true } else { false }
  }

  public func apply(_ z: Variable, _ pass: Pass = Pass()) throws(LearningError) -> Variable {
    switch function {
    case .identity: z
    case .entry(let body): try operations { () throws(TensorError) in try body(z) }
    case .program(let body): try body(z, pass)
    }
  }
}
