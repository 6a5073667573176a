import Tensors

/// What an operation does to each entry by itself, as steps of a chain.
struct ElementwiseForm {
  let steps: [Step]

  struct Step {
    let function: Chain.Function
    let operands: [Operand]
  }

  enum Operand {
    /// An operand of the operation, by its place.
    case input(Int)
    /// The result of the step before.
    case last
    case number(Double)
  }

  /// None where the operation is no function of each entry, or one that chains do not have.
  init?(_ operation: Operation, _ attributes: Attributes) {
    if case .number(let parameter) = attributes, let function = UnaryOperation(rawValue: operation.name) {
      steps = [Step(function: .unary(function, parameter: parameter), operands: [.input(0)])]
    } else if let function = UnaryOperation(rawValue: operation.name) {
      steps = [Step(function: .unary(function, parameter: function.usualParameter), operands: [.input(0)])]
    } else if let function = BinaryOperation(rawValue: operation.name) {
      steps = [Step(function: .binary(function), operands: [.input(0), .input(1)])]
    } else if let function = ElementwiseForm.functions[operation.name] {
      steps = [Step(function: function.0, operands: (0..<function.1).map { .input($0) })]
    } else if operation == .clip, case .bounds(let low, let high) = attributes {
      steps = [
        Step(function: .binary(.maximum), operands: [.input(0), .number(low)]),
        Step(function: .binary(.minimum), operands: [.last, .number(high)]),
      ]
    } else if operation == .cast {
      steps = [Step(function: .copy, operands: [.input(0)])]
    } else {
      return nil
    }
  }

  private static let functions: [String: (Chain.Function, Int)] = [
    "equal": (.compare(.equal), 2), "not_equal": (.compare(.notEqual), 2), "less": (.compare(.less), 2),
    "less_equal": (.compare(.lessEqual), 2), "greater": (.compare(.greater), 2),
    "greater_equal": (.compare(.greaterEqual), 2), "where": (.select, 3), "and": (.and, 2), "or": (.or, 2),
    "not": (.not, 1), "isnan": (.isNaN, 1), "isfinite": (.isFinite, 1),
  ]
}

extension Operation {
  /// Whether chains may compute it, given operands of fitting types.
  var isElementwiseInChains: Bool {
    self == .clip || (self != .cast && ElementwiseForm(self, .none) != nil)
  }
}
