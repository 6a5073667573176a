import Checking
import Execution
import Gradients

/// A builtin that is an operation on one or two single numbers, as the tape records them.
// A class, so that it is worked out where the function is first called and not when a session starts.
final class ScalarFunction: @unchecked Sendable {
  // Unchecked: belongs to one session.
  private let name: String
  let kind: Kind
  private(set) lazy var operation = Operation.named(name)
  @exclusivity(unchecked) private var known: ScalarOperation?
  @exclusivity(unchecked) private var isKnown = false

  /// None where a tape does not record it.
  var scalar: ScalarOperation? {
    if !isKnown { (known, isKnown) = (operation.flatMap { ScalarOperation($0) }, true) }
    return known
  }

  static let negation = ScalarOperation(.negate)

  enum Kind {
    case unary, binary
    /// Of a number, with a second one that is a setting, which has this default.
    case withSetting(Double)
  }

  /// None for what does not look like one.
  init?(_ builtin: Builtin) {
    guard builtin.subject == .elementwise else { return nil }
    let parameters = builtin.signature.parameters
    switch parameters.count {
    case 1: kind = .unary
    case 2 where parameters.allSatisfy { !$0.hasDefault }: kind = .binary
    case 2:
      guard let number = parameters[1].defaultText.flatMap({ Double($0) }), parameters[1].wants == .number else { return nil }
      kind = .withSetting(number)
    default: return nil
    }
    name = builtin.name
  }
}

extension Execution.BinaryOperation {
  /// The operation of tensors.
  var operation: Gradients.Operation {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .modulo: .remainder
    case .power: .power
    case .matrixMultiply: .matmul
    case .and: .and
    case .or: .or
    }
  }

  /// The same of single numbers, where a tape records it.
  var scalar: ScalarOperation? {
    switch self {
    case .add: Self.add
    case .subtract: Self.subtract
    case .multiply: Self.multiply
    case .divide: Self.divide
    default: Self.others[self] ?? nil
    }
  }

  private static let add = ScalarOperation(.add)
  private static let subtract = ScalarOperation(.subtract)
  private static let multiply = ScalarOperation(.multiply)
  private static let divide = ScalarOperation(.divide)
  private static let others = Dictionary(uniqueKeysWithValues: allCases.map { ($0, ScalarOperation($0.operation)) })
}
