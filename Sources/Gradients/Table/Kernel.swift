import Tensors

/// What computes an operation's result from its operands' values.
public enum Kernel: Sendable {
  case unary(@Sendable (Tensor) throws -> Tensor)
  case binary(@Sendable (Tensor, Tensor) throws -> Tensor)
  /// Of any number of operands, and of the settings.
  case general(@Sendable (Inputs, Attributes) throws -> Tensor)

  /// The type that the result has unless an operation says otherwise.
  var typeRule: Operation.TypeRule {
    switch self {
    case .unary, .binary: Operation.ofNumbers(self)
    case .general: Operation.first
    }
  }

  /// The result for operands as many as the operation takes.
  public func callAsFunction(_ inputs: Inputs, _ attributes: Attributes) throws(TensorError) -> Tensor {
    do {
      switch (self, inputs) {
      case (.unary(let function), .one(let a)): return try function(a.value)
      case (.binary(let function), .two(let a, let b)): return try function(a.value, b.value)
      case (.general(let function), _): return try function(inputs, attributes)
      case (.unary, _), (.binary, _): preconditionFailure("an operation was given \(inputs.count) operands")
      }
    } catch {
      throw TensorError(of: error)
    }
  }
}
