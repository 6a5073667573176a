import Tensors

extension Derivative {
  /// The gradient of one operand, none where it is a constant; the shape may still be the broadcast one.
  func gradient(of application: Application, upstream: Variable, input: Int) throws(TensorError) -> Variable? {
    do {
      switch self {
      case .none, .custom: return nil
      case .slopes(let slopes):
        guard let slope = slopes[input] else { return nil }
        return try upstream * slope(application)
      case .pullback(let rule): return try rule(application, upstream, input)
      }
    } catch {
      throw TensorError(of: error)
    }
  }
}

extension Application {
  /// How a recorded variable was computed.
  init(_ recorded: Variable) {
    self.init(inputs: recorded.inputs, output: recorded, attributes: recorded.attributes)
  }
}

extension TensorError {
  /// The error of an entry of the table. Kernels and rules throw errors of tensors alone, which the type of a closure
  /// without a signature cannot say.
  init(of error: any Error) {
    guard let error = error as? TensorError else { preconditionFailure("an operation failed with \(error)") }
    self = error
  }
}
