import Tensors
import Testing

@testable import Gradients

/// A float64 scalar or vector.
func number(_ value: Double) throws -> Variable { Variable(try Tensor(value, dtype: .float64)) }
func vector(_ values: [Double]) throws -> Variable { Variable(try Tensor(values, dtype: .float64)) }
func parameter(_ value: Double, _ name: String = "w") throws -> Parameter {
  Parameter(try Tensor(value, dtype: .float64), name: name)
}

@Suite struct BackwardTests {
  @Test func `backward fills parameters and what lies between, and replaces what was there`() throws {
    let w = try parameter(3)
    #expect(w.gradient == nil)
    let square = try w.variable.square()
    let loss = try square.multiply(5)
    for _ in 0..<2 {
      let found = try backward(loss)
      #expect(found.count == 1)
      #expect(found[0].parameter === w)
      #expect(try w.gradient?.item() == 30)
      #expect(try square.gradient?.item() == 5)
      #expect(try loss.gradient?.item() == 1)
    }
  }

  @Test func `what the last backward did not reach has no gradient`() throws {
    let (a, b) = (try parameter(1, "a"), try parameter(2, "b"))
    try backward(try a.variable.square())
    try backward(try b.variable.square())
    #expect(a.gradient == nil)
    #expect(try b.gradient?.item() == 4)
  }

  @Test func `parameters come in the order in which they were made`() throws {
    let (a, b, c) = (try parameter(1, "a"), try parameter(2, "b"), try parameter(3, "c"))
    let found = try backward(try c.variable * a.variable + b.variable)
    #expect(found.map(\.parameter.name) == ["a", "b", "c"])
    #expect(try found.map { try $0.gradient.item() } == [3, 1, 1])
  }

  @Test func `what was recorded before a change keeps the old value`() throws {
    let w = try parameter(3)
    let loss = try w.variable.square()
    w.value = try Tensor(10, dtype: .float64)
    try backward(loss)
    #expect(try w.gradient?.item() == 6)
    try backward(try loss + w.variable.square())
    #expect(try w.gradient?.item() == 26)
  }

  @Test func `a frozen parameter is constant and unrecorded`() throws {
    let (w, v) = (try parameter(3, "w"), try parameter(2, "v"))
    w.isFrozen = true
    let found = try backward(try w.variable * v.variable)
    #expect(found.map(\.parameter.name) == ["v"])
    w.isFrozen = false
    #expect(try backward(try w.variable * v.variable).count == 2)
  }

  @Test func `nothing is recorded without tracked operands or without recording`() throws {
    let w = try parameter(3)
    #expect(try !number(2).exp().isTracked)
    #expect(try !withoutRecording { try w.variable.exp() }.isTracked)
    #expect(try !w.variable.stopGradient().exp().isTracked)
    #expect(try !w.variable.greater(0).isTracked)
    #expect(try !w.variable.cast(to: .int64).isTracked)
    #expect(try w.variable.exp().isTracked)
  }

  @Test func `a gradient has its variable's shape and type`() throws {
    let bias = Parameter(try Tensor([1, 2, 3], dtype: .float32), name: "bias")
    let x = Variable(try Tensor.ones([4, 3], dtype: .float64))
    let found = try backward(try x.add(bias.variable).sum())
    #expect(found[0].gradient.shape == [3])
    #expect(found[0].gradient.dtype == .float32)
    #expect(found[0].gradient.doubles == [4, 4, 4])
  }

  @Test func `gradients of a value are none where it does not depend on a variable`() throws {
    let (a, b) = (try parameter(1), try parameter(2))
    let loss = try a.variable.exp()
    let found = try gradients(of: loss, in: [a.variable, b.variable])
    #expect(try found[0]?.value.item() == loss.value.item())
    #expect(found[1] == nil)
  }

  @Test func `recorded gradients can be differentiated again`() throws {
    let w = try parameter(2)
    let loss = try w.variable.power(3)
    let first = try #require(try gradients(of: loss, in: [w.variable], isRecorded: true)[0])
    #expect(try first.value.item() == 12)
    let second = try #require(try gradients(of: first, in: [w.variable], isRecorded: true)[0])
    #expect(try second.value.item() == 12)
    #expect(try gradients(of: second, in: [w.variable])[0]?.value.item() == 6)
    #expect(try gradients(of: loss, in: [w.variable])[0]?.isTracked == false)
  }

  @Test func `gradients are found for a value between, and for one below it`() throws {
    let w = try parameter(2)
    let between = try w.variable.square()
    let loss = try between.square()
    let found = try gradients(of: loss, in: [between, w.variable, loss])
    #expect(try found.map { try $0?.value.item() } == [8, 32, 1])
  }

  @Test func `only a recorded single float can be differentiated`() throws {
    let w = Parameter(try Tensor([1, 2], dtype: .float64))
    #expect(throws: GradientError.self) { try backward(w.variable) }
    #expect(throws: GradientError.self) { try backward(try number(1)) }
    #expect(throws: GradientError.self) { try backward(Variable(try Tensor([1]))) }
  }

  @Test func `an interrupt ends the pass`() throws {
    let w = try parameter(2)
    let loss = try w.variable.exp().exp()
    Interruption.question = { true }
    defer { Interruption.question = nil }
    #expect(throws: GradientError.self) { try backward(loss) }
  }

  @Test func `a recorded operation knows its place in the program`() throws {
    let w = try parameter(2)
    Recorder.current.site = 42
    defer { Recorder.current.site = Recorder.noSite }
    let product = try w.variable * w.variable
    #expect(product.site == 42)
    #expect(product.operation === Operation.multiply)
    #expect(product.inputs.count == 2)
    #expect(product.inputs[0].parameter === w)
  }

  @Test func `a rule of the program's own replaces the derivative`() throws {
    let x = try parameter(0.3)
    // What it was computed by is recorded too, and is passed by.
    let rounded = try Variable.custom(
      try x.variable.square(), of: [x.variable], rule: CustomRule { upstream in [try upstream.multiply(10)] })
    try backward(try rounded.multiply(2))
    #expect(try x.gradient?.item() == 20)
    let wrong = try Variable.custom(Variable(x.value), of: [x.variable], rule: CustomRule { _ in [] })
    #expect(throws: GradientError.self) { try backward(wrong) }
  }
}
