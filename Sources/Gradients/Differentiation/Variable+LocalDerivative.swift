import Tensors

extension Variable {
  /// What one operation makes of a change of its operand `input`: for an elementwise operation the local derivative at each
  /// entry, in the operand's shape; for another the gradient of the result's sum. None where the operand is a constant.
  public func localDerivative(input: Int) throws(TensorError) -> Variable? {
    guard let operation, input < inputs.count else { return nil }
    return try operation.derivative.gradient(of: Application(self), upstream: onesLike(), input: input)?
      .fitted(to: inputs[input])
  }
}
