import Tensors

/// The operands of one operation, kept without an allocation for the usual one or two.
public enum Inputs {
  case none
  case one(Variable)
  case two(Variable, Variable)
  case many([Variable])

  public init(_ variables: [Variable]) {
    switch variables.count {
    case 0: self = .none
    case 1: self = .one(variables[0])
    case 2: self = .two(variables[0], variables[1])
    default: self = .many(variables)
    }
  }

  public var count: Int {
    switch self {
    case .none: 0
    case .one: 1
    case .two: 2
    case .many(let all): all.count
    }
  }

  public subscript(i: Int) -> Variable {
    switch self {
    case .one(let a) where i == 0: return a
    case .two(let a, let b) where i < 2: return i == 0 ? a : b
    case .many(let all): return all[i]
    default: preconditionFailure("an operation with \(count) inputs has no input \(i)")
    }
  }

  /// The operands in order.
  public var all: [Variable] {
    switch self {
    case .none: []
    case .one(let a): [a]
    case .two(let a, let b): [a, b]
    case .many(let all): all
    }
  }

  /// Whether a gradient could flow to one of them.
  var areTracked: Bool {
    switch self {
    case .none: false
    case .one(let a): a.isTracked
    case .two(let a, let b): a.isTracked || b.isTracked
    case .many(let all): all.contains { $0.isTracked }
    }
  }
}
