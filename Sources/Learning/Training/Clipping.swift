import Gradients
import Tensors

/// Gradients held within bounds.
public enum Clipping {
  /// The norm of all entries of all gradients together, in double precision.
  static func norm(_ gradients: [Variable]) throws(TensorError) -> Variable {
    var total = Variable(try Tensor(0, dtype: .float64))
    for gradient in gradients { total = try total + gradient.sumOfSquares() }
    return try total.sqrt()
  }

  /// Scales all gradients by one factor, so that their norm together is at most `limit`.
  ///
  /// - Returns: the gradients, and whether they were longer.
  public static func clip(_ gradients: [Variable], norm limit: Double) throws(TensorError) -> ([Variable], isClipped: Variable) {
    let length = try norm(gradients)
    let isLonger = try length.greater(limit)
    // PyTorch's factor, which stays below 1 by rounding's measure.
    let factor = try isLonger.select(limit / (length + 1e-6), else: length.onesLike())
    return (try each(gradients) { gradient throws(TensorError) in try gradient * factor.cast(to: gradient.dtype) }, isLonger)
  }

  /// Cuts every entry to at most `limit` in size.
  ///
  /// - Returns: the gradients, and whether any entry was larger.
  static func clip(_ gradients: [Variable], value limit: Double) throws(TensorError) -> ([Variable], isClipped: Variable) {
    var larger = Variable(try Tensor(0, dtype: .float64))
    for gradient in gradients {
      larger = try larger + gradient.abs().greater(limit).cast(to: gradient.dtype).sum().cast(to: .float64)
    }
    return (try each(gradients) { gradient throws(TensorError) in try gradient.clip(-limit, limit) }, try larger.greater(0))
  }

  private static func each(
    _ gradients: [Variable], _ body: (Variable) throws(TensorError) -> Variable
  ) throws(TensorError) -> [Variable] {
    var results: [Variable] = []
    for gradient in gradients { results.append(try body(gradient)) }
    return results
  }
}
