import Gradients
import Tensors

/// The inner step of training: one batch forward and backward. Nothing is changed by it.
struct TrainingStep {
  let network: Network
  let loss: Loss
  let seed: UInt64

  struct Result {
    let loss: Double
    /// In the order of the network's trainable weights; zeros where the loss does not reach.
    let gradients: [Tensor]
    /// What came by in the forward pass, if it was to be kept, and what it would write.
    let pass: Pass
  }

  /// - Parameter number: of the step, from 0; it decides what layers draw.
  func run(
    _ x: Tensor, _ y: Tensor, number: Int, weights: [Parameter], keepingTrace: Bool
  ) throws(LearningError) -> Result {
    let pass = Pass(trainingWith: seed, step: number, keepingTrace: keepingTrace)
    let prediction = try network(Variable(x), pass: pass)
    let value = try loss(prediction, y)
    guard value.isTracked else { throw .lossConstant(loss.name) }
    let found = try differentiate { () throws(GradientError) in
      try gradients(of: value, in: weights.map(\.variable))
    }
    return try operations { () throws(TensorError) in
      var all: [Tensor] = []
      for (weight, gradient) in zip(weights, found) {
        if let gradient {
          all.append(gradient.value)
        } else {
          all.append(try Tensor.zeros(weight.value.shape, dtype: weight.value.dtype))
        }
      }
      return Result(loss: try value.value.item(), gradients: all, pass: pass)
    }
  }
}

/// Runs a backward pass, and says of an error that it came from one.
func differentiate<Result>(_ body: () throws(GradientError) -> Result) throws(LearningError) -> Result {
  do {
    return try body()
  } catch {
    throw .gradient(error)
  }
}
