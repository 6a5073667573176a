import Tensors

extension Variable {
  /// Runs an operation and, if a gradient could flow through it, records that it was run.
  public static func apply(
    _ operation: Operation, _ inputs: Inputs, _ attributes: Attributes = .none
  ) throws(TensorError) -> Variable {
    let recorder = Recorder.current
    guard let trace = recorder.trace else {
      return record(try operation.kernel(inputs, attributes), operation, inputs, attributes, recorder)
    }
    return try trace.note(operation, inputs, attributes) { record($0, operation, inputs, attributes, recorder) }
  }

  private static func record(
    _ value: Tensor, _ operation: Operation, _ inputs: Inputs, _ attributes: Attributes, _ recorder: Recorder
  ) -> Variable {
    guard !operation.isConstant, inputs.areTracked, value.dtype.isFloat, recorder.isRecording else { return Variable(value) }
    return Variable(value, recorded: operation, inputs: inputs, attributes: attributes, site: recorder.site)
  }

  func apply(_ operation: Operation, _ attributes: Attributes = .none) throws(TensorError) -> Variable {
    try Variable.apply(operation, .one(self), attributes)
  }

  func apply(
    _ operation: Operation, with other: Variable, _ attributes: Attributes = .none
  ) throws(TensorError) -> Variable {
    try Variable.apply(operation, .two(self, other), attributes)
  }

  /// Gives `output`, however it was computed, as a function of `inputs` with a backward rule of its own.
  public static func custom(_ output: Variable, of inputs: [Variable], rule: CustomRule) throws(TensorError) -> Variable {
    try apply(.custom, Inputs([output] + inputs), .rule(rule))
  }
}
