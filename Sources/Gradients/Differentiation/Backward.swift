import Tensors

/// Carries the gradient of a single number back to everything it was computed from.
///
/// Fills `.gradient` of every parameter and of every recorded variable on the way, replacing what an earlier call on
/// this thread left, and gives the parameters that were reached, in the order in which they were made.
@discardableResult
public func backward(_ loss: Variable) throws(GradientError) -> [(parameter: Parameter, gradient: Tensor)] {
  try loss.checkDifferentiable()
  return try withoutRecording { () throws(GradientError) in
    var sweep = Sweep(from: loss)
    let pass = sweep.pass
    try sweep.run(seed: try loss.seed()) { variable, gradient in variable.fill(gradient.value, pass: pass) }
    var found: [(parameter: Parameter, gradient: Tensor)] = []
    for (leaf, slot) in sweep.leaves {
      guard let gradient = sweep.gradient(at: slot)?.value else { continue }
      if let parameter = leaf.parameter {
        parameter.fill(gradient, pass: pass)
        found.append((parameter, gradient))
      } else {
        leaf.fill(gradient, pass: pass)
      }
    }
    Recorder.current.fillingPass = pass
    return found.sorted { $0.parameter.number < $1.parameter.number }
  }
}

/// The gradients of a single number in each of `variables`, in their shapes and types; none where it does not depend on one.
///
/// With `isRecorded` the gradients are themselves recorded, to be differentiated again.
public func gradients(
  of loss: Variable, in variables: [Variable], isRecorded: Bool = false
) throws(GradientError) -> [Variable?] {
  try loss.checkDifferentiable()
  return try gradients(of: loss, along: try loss.seed(), in: variables, isRecorded: isRecorded)
}

/// The products of `upstream`, of the shape of `output`, with the derivatives of `output` in each of `variables`.
public func gradients(
  of output: Variable, along upstream: Variable, in variables: [Variable], isRecorded: Bool = false
) throws(GradientError) -> [Variable?] {
  guard upstream.shape == output.shape else {
    throw .shapeMismatch(expected: output.shape, found: upstream.shape)
  }
  guard output.isTracked else { return variables.map { _ in nil } }
  var sweep = Sweep(from: output, towards: variables)
  if isRecorded {
    try sweep.run(seed: upstream)
  } else {
    try withoutRecording { () throws(GradientError) in try sweep.run(seed: upstream) }
  }
  return sweep.found
}

extension Variable {
  fileprivate func checkDifferentiable() throws(GradientError) {
    guard dtype.isFloat else { throw .notFloating(dtype) }
    guard shape.count == 1 else { throw .notScalar(shape) }
    guard isTracked else { throw .notRecorded }
  }

  /// The gradient of a number in itself.
  func seed() throws(GradientError) -> Variable {
    try GradientError.wrap { () throws(TensorError) in try onesLike() }
  }
}
