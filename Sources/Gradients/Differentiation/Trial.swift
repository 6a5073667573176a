import Tensors

/// One run of a function that is being differentiated, on arguments of its own.
///
/// The arguments that `f` sees stand apart from those outside, so that transforms nest: an inner derivative is taken in
/// the inner argument only, however else the outer one enters.
struct Trial {
  /// What the function gave, as seen from inside.
  let output: Variable

  /// Whether the outcome depends on something tracked outside, and so is worth recording there.
  let reachesOutside: Bool

  private let arguments: [Variable]
  private let sweep: Sweep?

  init(of f: Differentiable, at outside: [Variable]) throws {
    let recorder = Recorder.current
    let isRecording = recorder.isRecording
    arguments = try outside.map { argument in
      isRecording && argument.isTracked ? try argument.apply(.identity) : argument.asArgument()
    }
    recorder.isRecording = true
    defer { recorder.isRecording = isRecording }
    output = try f(arguments)
    let sweep = output.isTracked ? Sweep(from: output, stoppingAt: arguments) : nil
    self.sweep = sweep
    reachesOutside = isRecording && (sweep?.reachesBeyondTargets ?? false)
  }

  /// What the function gave, as seen from outside.
  var result: Variable { reachesOutside ? output : output.stopGradient() }

  /// The product of `upstream` with the derivatives in each argument.
  func pull(_ upstream: Variable) throws -> [Variable] {
    guard upstream.shape == output.shape else {
      throw GradientError.shapeMismatch(expected: output.shape, found: upstream.shape)
    }
    guard var sweep else { return try arguments.map { try $0.zerosLike() } }
    let recorder = Recorder.current
    if recorder.isRecording, reachesOutside || upstream.isTracked {
      try sweep.run(seed: upstream)
    } else {
      try withoutRecording { () throws(GradientError) in try sweep.run(seed: upstream) }
    }
    return try zip(arguments, sweep.found).map { try $1 ?? $0.zerosLike() }
  }
}
