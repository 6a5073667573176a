import Tensors
import Testing

@testable import Gradients

@Suite struct GradientErrorTests {
  @Test(
    arguments: [
      (
        .notScalar([2, 3]), "only a single number has a gradient, but this has shape [2, 3]",
        "reduce it with mean() or sum()"
      ),
      (
        .notRecorded, "this was computed from nothing that gradients flow to",
        "compute it from a parameter that is not frozen, outside of no_grad and stop_gradient"
      ),
      (.notFloating(.int64), "int64 values are constants and have no gradient", "x.to(\"float32\") makes floats"),
      (
        .shapeMismatch(expected: [2], found: [3]), "this gradient needs shape [2], but got [3]",
        "a gradient has its variable's shape"
      ),
      (
        .directionMismatch(expected: [2], found: [3]), "a direction has the shape of its argument, [2], but got [3]",
        "give one number for each of the argument's"
      ),
      (
        .wrongGradientCount(expected: 1, found: 2), "a function of 1 operand needs as many gradients, but its rule gave 2",
        "return one gradient for each operand, in their order"
      ),
      (.interrupted, "interrupted", nil),
    ] as [(GradientError, String, String?)])
  func `errors say what happened and how to mend it`(error: GradientError, message: String, help: String?) {
    #expect(error.message == message)
    #expect(error.help == help)
  }

  @Test func `an error of an operation stays what it is`() throws {
    let w = Parameter(try Tensor([1, 2], dtype: .float64))
    let x = Variable(try Tensor([1, 2, 3], dtype: .float64))
    #expect(throws: TensorError(.shapesDiffer(operation: "add", left: [2], right: [3]))) { try w.variable + x }
    #expect(throws: TensorError.self) { try gradient(of: { try $0[0] + x }, at: [w.variable]) }
  }
}
