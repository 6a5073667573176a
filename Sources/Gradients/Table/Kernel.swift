import Tensors

/// What computes an operation's result from its operands' values.
public enum Kernel: Sendable {
  case unary(@Sendable (Tensor) throws -> Tensor)
  case binary(@Sendable (Tensor, Tensor) throws -> Tensor)
  /// Of any number of operands, and of the settings.
  case general(@Sendable (Inputs, Attributes) throws -> Tensor)

  /// The result for operands as many as the operation takes.
  public func callAsFunction(_ inputs: Inputs, _ attributes: Attributes) throws(TensorError) -> Tensor {
    try TensorError.only {
      switch self {
      case .unary(let function): try function(inputs[0].value)
      case .binary(let function): try function(inputs[0].value, inputs[1].value)
      case .general(let function): try function(inputs, attributes)
      }
    }
  }
}
