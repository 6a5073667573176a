import Tensors
import Testing

@testable import Gradients

/// The network that the first notebook works by hand: 2-2-1, tanh then sigmoid, one example.
@Suite struct GoldenTests {
  let w1: Parameter
  let b1: Parameter
  let w2: Parameter
  let b2: Parameter
  let x: Variable

  init() throws {
    w1 = Parameter(try Tensor([0.5, -0.3, 0.8, 0.2], shape: [2, 2], dtype: .float64), name: "W1")
    b1 = Parameter(try Tensor([0.1, -0.2], dtype: .float64), name: "b1")
    w2 = Parameter(try Tensor([0.7, -1.1], shape: [2, 1], dtype: .float64), name: "W2")
    b2 = Parameter(try Tensor([0.05], dtype: .float64), name: "b2")
    x = Variable(try Tensor([1, 0], shape: [1, 2], dtype: .float64))
  }

  @Test func `loss and gradient are those of the hand calculation`() throws {
    let logit = try x.matmul(w1.variable).add(b1.variable).tanh().matmul(w2.variable).add(b2.variable)
    let loss = try -logit.sigmoid().log().mean()
    try backward(loss)
    #expect(abs(try loss.value.item() - 0.3313700) < 1e-7)
    #expect(abs(try #require(w1.gradient).doubles[1] - 0.2440085) < 1e-7)

    // The same from the logit: ln(1 + e⁻ᶻ).
    try backward(try (-logit).softplus().mean())
    #expect(abs(try #require(w1.gradient).doubles[1] - 0.2440085) < 1e-7)
  }

  @Test func `the gradients of all weights agree with central differences`() throws {
    let check = try checkGradients(
      of: {
        try -x.matmul(w1.variable).add(b1.variable).tanh().matmul(w2.variable).add(b2.variable).sigmoid().log().mean()
      }, in: [w1, b1, w2, b2])
    #expect(check.isOK)
    #expect(check.entries.count == 9)
    #expect(try #require(check.worst).error < 1e-9)
  }
}
