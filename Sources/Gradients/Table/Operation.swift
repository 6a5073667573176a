import Tensors

/// An entry of the table of operations: all there is to know about one of them, said once.
///
/// Recording, backward passes, compiled plans, `explain`, the cost of a network and the test of all gradients follow
/// from it. An entry is made once, as a static constant, and listed in `all`.
public final class Operation: Sendable {
  /// The name in the language, or of the mathematics if the language has none.
  public let name: String

  public let arity: Arity

  /// The shape of the result, or the error that the operands deserve.
  public let shape: ShapeRule

  /// The type of the result.
  let dtype: TypeRule

  /// Computes the result from the operands' values.
  public let kernel: Kernel

  /// How a gradient passes the operation.
  public let derivative: Derivative

  /// Whether no gradient passes.
  public let isConstant: Bool

  /// How the local derivatives are written for a person, one for each operand that has one: `z` is a single operand,
  /// `a`, `b` are two, `y` is the result.
  public let formulas: [String]

  /// Where the formula is from, if it bears somebody's name.
  public let source: String?

  /// How many multiply-adds one application takes, an elementwise function counted as one for each entry.
  public let cost: Cost

  /// Where the function bends, so that it has no derivative.
  public let kinks: Kinks

  /// Where the derivative is compared with finite differences.
  public let examples: [Example]

  public typealias ShapeRule = @Sendable ([Shape], Attributes) throws -> Shape
  public typealias Cost = @Sendable (_ inputs: [Shape], _ output: Shape, Attributes) -> Int

  /// Where a function of each entry has no derivative.
  public enum Kinks: Sendable {
    case none
    /// At these values of its operand, with these settings.
    case at(@Sendable (Attributes) -> [Double])
    /// Where its two operands are equal.
    case whereEqual
  }

  /// How many operands an operation takes.
  public enum Arity: Equatable, Sendable {
    case exactly(Int)
    case any
  }

  init(
    _ name: String, arity: Arity, shape: @escaping ShapeRule, derivative: Derivative, formulas: [String] = [],
    source: String? = nil, cost: @escaping Cost = { _, output, _ in output.count },
    kinks: Kinks = .none, examples: [Example] = [], dtype: TypeRule? = nil, kernel: Kernel
  ) {
    self.name = name
    self.arity = arity
    self.shape = shape
    self.dtype = dtype ?? kernel.typeRule
    self.kernel = kernel
    self.derivative = derivative
    isConstant = derivative.isNone
    self.formulas = formulas
    self.source = source
    self.cost = cost
    self.kinks = kinks
    self.examples = examples
  }

  convenience init(
    _ name: String, arity: Arity, shape: @escaping ShapeRule, derivative: Derivative, formulas: [String] = [],
    source: String? = nil, cost: @escaping Cost = { _, output, _ in output.count }, examples: [Example] = [],
    dtype: @escaping TypeRule = first, compute: @escaping @Sendable (Inputs, Attributes) throws -> Tensor
  ) {
    self.init(
      name, arity: arity, shape: shape, derivative: derivative, formulas: formulas, source: source, cost: cost,
      examples: examples, dtype: dtype, kernel: .general(compute))
  }
}

extension Operation {
  /// Whether each number of the result is made of one number of each operand, as broadcasting pairs them.
  public var isElementwise: Bool {
    if case .slopes = derivative { return true }
    switch kernel {
    case .unary, .binary: return !isConstant
    case .general: return false
    }
  }
}

extension Operation: Equatable {
  public static func == (a: Operation, b: Operation) -> Bool { a === b }
}

extension Operation: CustomStringConvertible {
  public var description: String { name }
}
