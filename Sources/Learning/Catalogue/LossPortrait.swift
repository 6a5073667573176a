import Gradients
import Tensors

/// One example whose prediction moves along a line, so that its loss can be drawn.
public struct LossPortrait: Sendable {
  /// What moves, and beside what: `prediction, the target being 0`.
  public let axis: String
  public let range: ClosedRange<Double>
  /// The prediction's numbers are `start + step · z`.
  private let start: [Double]
  private let step: [Double]
  private let target: [Double]

  init(_ axis: String, over range: ClosedRange<Double>, start: [Double] = [0], step: [Double] = [1], target: [Double]) {
    self.axis = axis
    self.range = range
    self.start = start
    self.step = step
    self.target = target
  }

  /// The prediction at a place, of shape `[1, outputs]`.
  public func prediction(_ z: Variable) throws(TensorError) -> Variable {
    try z.reshape([1, 1]) * Variable(row(step)) + Variable(row(start))
  }

  /// What is expected of it.
  public func expected() throws(TensorError) -> Tensor { try row(target) }

  private func row(_ numbers: [Double]) throws(TensorError) -> Tensor {
    try Tensor(numbers, shape: [1, numbers.count], dtype: .float64)
  }
}
