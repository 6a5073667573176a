import Execution
import Gradients
import Tensors

/// What can be asked of a tensor without a call.
enum TensorAttribute: String, CaseIterable {
  case shape, size, rank, dtype, T, grad, name

  func value(of object: TensorObject, in machine: Machine) throws(RuntimeError) -> Value {
    switch self {
    case .shape: return .tuple(object.data.shape.dimensions.map(Value.int))
    case .size: return .int(object.data.count)
    case .rank: return .int(object.data.rank)
    case .dtype: return .string(object.data.dtype.rawValue)
    case .T:
      try object.workspace.mark(machine)
      return try engine { object.workspace.value(try object.variable.transpose()) }
    case .grad:
      Trace.current?.obstruct(.read)
      return object.variable.gradient.map { object.workspace.value(Variable($0)) } ?? .none
    case .name: return object.parameter.map { .string($0.name) } ?? .none
    }
  }
}
