import Gradients
import Tensors

/// Gradients held within bounds.
public enum Clipping {
  /// The norm of all entries of all gradients together.
  public static func norm(_ gradients: [Tensor]) -> Double {
    gradients.reduce(0) { $0 + $1.sumOfSquares }.squareRoot()
  }

  /// Scales all gradients by one factor, so that their norm together is at most `limit`.
  ///
  /// - Returns: the gradients, and whether they were longer.
  public static func clip(_ gradients: [Tensor], norm limit: Double) throws(LearningError) -> ([Tensor], isClipped: Bool) {
    let length = norm(gradients)
    guard length > limit else { return (gradients, false) }
    // PyTorch's factor, which stays below 1 by rounding's measure.
    let factor = limit / (length + 1e-6)
    return (try each(gradients) { gradient throws(TensorError) in try gradient * factor }, true)
  }

  /// Cuts every entry to at most `limit` in size.
  ///
  /// - Returns: the gradients, and whether any entry was larger.
  public static func clip(_ gradients: [Tensor], value limit: Double) throws(LearningError) -> ([Tensor], isClipped: Bool) {
    let isClipped = gradients.contains { gradient in gradient.doubles.contains { abs($0) > limit } }
    guard isClipped else { return (gradients, false) }
    return (try each(gradients) { gradient throws(TensorError) in try gradient.clip(-limit, limit) }, true)
  }

  private static func each(
    _ gradients: [Tensor], _ body: (Variable) throws(TensorError) -> Variable
  ) throws(LearningError) -> [Tensor] {
    try operations { () throws(TensorError) in
      var results: [Tensor] = []
      for gradient in gradients { results.append(try body(Variable(gradient)).value) }
      return results
    }
  }
}
