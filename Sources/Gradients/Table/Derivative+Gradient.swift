import Tensors

extension Derivative {
  /// The gradient of one operand, none where it is a constant; the shape may still be the broadcast one.
  func gradient(of application: Application, upstream: Variable, input: Int) throws(TensorError) -> Variable? {
    try TensorError.only {
      switch self {
      case .none, .custom: nil
      case .slopes(let slopes): try slopes[input].map { try upstream * $0(application) }
      case .pullback(let rule): try rule(application, upstream, input)
      }
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
  /// Runs an entry of the table. Kernels and rules throw errors of tensors alone, which the type of a closure without
  /// a signature cannot say.
  static func only<Result>(_ body: () throws -> Result) throws(TensorError) -> Result {
    do {
      return try body()
    } catch let error as TensorError {
      throw error
    } catch {
      preconditionFailure("an operation failed with \(error)")
    }
  }
}
