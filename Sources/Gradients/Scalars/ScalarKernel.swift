import Tensors

/// What the tape computes for an operation on single numbers, in one of the two types of floats.
struct ScalarKernel {
  let operation: Operation
  let attributes: Attributes
  /// One step for most operations, on the operands in their order.
  let steps: [ElementwiseForm.Step]
  let core: Core

  /// What every application reads.
  struct Core {
    let shortcut: Shortcut
    let isDouble: Bool
    let isUnary: Bool
    /// Whether its result is constant for every backward pass.
    let isConstant: Bool

    var dtype: DType { isDouble ? .float64 : .float32 }
  }

  /// The commonest functions, which are worth no call.
  enum Shortcut {
    case add, subtract, multiply, divide, relu, sign
    case call(Chain.Function)
    case steps
  }

  /// None for what is no function of one or two single numbers.
  init?(_ operation: Operation, _ attributes: Attributes, isDouble: Bool) {
    guard case .exactly(let count) = operation.arity, count <= 2, operation != .cast,
      let form = ElementwiseForm(operation, attributes)
    else { return nil }
    self.operation = operation
    self.attributes = attributes
    steps = form.steps
    let shortcut: Shortcut =
      switch form.steps[0].function {
      case .binary(.add): .add
      case .binary(.subtract): .subtract
      case .binary(.multiply): .multiply
      case .binary(.divide): .divide
      case .unary(.relu, _): .relu
      case .unary(.sign, _): .sign
      case _ where form.steps.count > 1: .steps
      case let function: .call(function)
      }
    core = Core(shortcut: shortcut, isDouble: isDouble, isUnary: count == 1, isConstant: operation.isConstant)
  }

  func stepByStep(_ a: Double, _ b: Double) -> Double {
    var last = 0.0
    for step in steps {
      let numbers = step.operands.map { operand in
        switch operand {
        case .input(let place): place == 0 ? a : b
        case .last: last
        case .number(let number): number
        }
      }
      last = step.function(numbers[0], numbers.count > 1 ? numbers[1] : 0, 0, in: core.dtype)
    }
    return last
  }
}

/// An operation without settings on single numbers, by its place in the table of all kernels.
public struct ScalarOperation: Sendable {
  let place: UInt16

  /// None where a tape does not compute the operation, or no gradient passes it.
  public init?(_ operation: Operation) {
    guard !operation.isConstant, let place = ScalarOperation.places[ObjectIdentifier(operation)] else { return nil }
    self.place = place
  }

  /// The kernels of all operations without settings: for each that in float32, then that in float64.
  static let kernels = Operation.all.flatMap { operation -> [ScalarKernel] in
    guard operation.needsNoSettings else { return [] }
    return [false, true].compactMap { ScalarKernel(operation, .none, isDouble: $0) }
  }

  static let places = Dictionary(
    uniqueKeysWithValues: stride(from: 0, to: kernels.count, by: 2).map {
      (ObjectIdentifier(kernels[$0].operation), UInt16($0))
    })

  static let add = UInt16(places[ObjectIdentifier(Operation.add)] ?? 0)
}

extension Operation {
  fileprivate var needsNoSettings: Bool { examples.allSatisfy { $0.attributes == .none } }
}
