import Gradients
import Tensors

/// An optimiser's step over the same weights again and again, as a plan. What is remembered of the weights lies in the plan's state.
final class PlannedUpdate {
  private let weights: [(path: String, parameter: Parameter)]
  private let plan: Plan
  private let state: Memory
  private let step: Buffer
  private let factor: Buffer
  private let weightBuffers: [Buffer]
  private let gradientBuffers: [Buffer]
  private let slotBuffers: [[Buffer]]
  private let results: [Buffer]

  /// Compiles what `rule` does.
  ///
  /// - Parameters:
  ///   - slots: what is remembered of each weight.
  ///   - rule: gives a weight and what is remembered of it after a step, from weight, gradient, what is remembered, number of the
  ///     step and factor.
  /// - Returns: none where the rule looks at values.
  init?(
    _ weights: [(path: String, parameter: Parameter)], _ gradients: [Tensor], slots: [[Tensor]],
    _ rule: (String, Variable, Variable, [Variable], Variable, Variable) throws(TensorError) -> (
      weight: Variable, slots: [Variable]
    )
  ) throws(TensorError) {
    self.weights = weights
    let trace = Trace()
    var placement = Placement(.state)
    var inputs: [Buffer] = []
    func input(_ tensor: Tensor) -> (Variable, Buffer) {
      inputs.append(placement.place(tensor.dtype, tensor.count))
      return (trace.input(tensor), inputs[inputs.count - 1])
    }
    let one = try Tensor(1, dtype: .float64)
    let (step, stepBuffer) = input(one)
    let (factor, factorBuffer) = input(one)
    (self.step, self.factor) = (stepBuffer, factorBuffer)
    let values = weights.map { input($0.parameter.value) }
    let gradientInputs = gradients.map(input)
    let slotInputs = slots.map { $0.map(input) }
    weightBuffers = values.map(\.1)
    gradientBuffers = gradientInputs.map(\.1)
    slotBuffers = slotInputs.map { $0.map(\.1) }
    var outputs: [Plan.Output] = []
    var results: [Buffer] = []
    for i in weights.indices {
      let new = try trace.run { () throws(TensorError) in
        try rule(weights[i].path, values[i].0, gradientInputs[i].0, slotInputs[i].map(\.0), step, factor)
      }
      for (slot, buffer) in zip(new.slots, slotBuffers[i]) { outputs.append(Plan.Output(slot, to: buffer)) }
      results.append(placement.place(new.weight.dtype, new.weight.shape.count))
      outputs.append(Plan.Output(new.weight, to: results[i]))
    }
    self.results = results
    state = try Memory(byteCount: placement.byteCount)
    guard trace.obstacle == nil else { return nil }
    plan = try Plan(trace, inputs: inputs, outputs: outputs, state: state)
    for (tensors, buffers) in zip(slots, slotBuffers) {
      for (tensor, buffer) in zip(tensors, buffers) { state.write(tensor, to: buffer) }
    }
  }

  /// Whether it was made for these weights, and gradients of these types.
  func fits(_ others: [(path: String, parameter: Parameter)], _ gradients: [Tensor]) -> Bool {
    guard others.count == weights.count else { return false }
    for i in weights.indices {
      guard weights[i].parameter === others[i].parameter, weights[i].path == others[i].path,
        gradients[i].dtype == gradientBuffers[i].dtype, gradients[i].count == gradientBuffers[i].count
      else { return false }
    }
    return true
  }

  /// Changes the weights in place, unrecorded.
  func run(_ gradients: [Tensor], step number: Int, factor value: Double) throws(TensorError) {
    state.write(Double(number), to: step)
    state.write(value, to: factor)
    for i in weights.indices {
      state.write(weights[i].parameter.value, to: weightBuffers[i])
      state.write(gradients[i], to: gradientBuffers[i])
    }
    try plan.run()
    for i in weights.indices {
      let parameter = weights[i].parameter
      parameter.value = try state.tensor(results[i], shape: parameter.value.shape)
    }
  }

  /// What is remembered of each weight by now.
  func slots() throws(TensorError) -> [(parameter: Parameter, slots: [Tensor])] {
    var all: [(parameter: Parameter, slots: [Tensor])] = []
    for (weight, buffers) in zip(weights, slotBuffers) {
      var tensors: [Tensor] = []
      for buffer in buffers { tensors.append(try state.tensor(buffer, shape: weight.parameter.value.shape)) }
      all.append((weight.parameter, tensors))
    }
    return all
  }
}
