import Tensors
import Testing

@testable import Gradients

@Suite struct TransformTests {
  @Test func `gradients of gradients of a function are exact`() throws {
    func differentiated(_ times: Int, _ f: @escaping Differentiable) -> Differentiable {
      times == 0 ? f : differentiated(times - 1) { try gradient(of: f, at: $0)[0] }
    }
    let values = try (0...5).map { times in try differentiated(times) { try $0[0].power(4) }([try number(2)]).value.item() }
    #expect(values == [16, 32, 48, 48, 24, 0])
  }

  @Test func `an inner gradient does not confuse its argument with the outer one`() throws {
    // d/dx (x · d/dy (x + y) at y = 1) = 1, where mixing them up gives 2.
    let outer = try gradient(
      of: { x in
        let inner = try gradient(of: { y in try x[0] + y[0] }, at: [try number(1)])
        return try x[0] * inner[0]
      }, at: [try number(1)])
    #expect(try outer[0].value.item() == 1)
  }

  @Test func `a value passed on to an inner gradient is followed through it`() throws {
    // d/dx (d/dy y³ at y = x²) = d/dx 3x⁴ = 12x³.
    let outer = try gradient(
      of: { x in try gradient(of: { y in try y[0].power(3) }, at: [try x[0].square()])[0] }, at: [try number(2)])
    #expect(try outer[0].value.item() == 96)
  }

  @Test func `a step of gradient descent can be learned through`() throws {
    let w = try parameter(1)
    let inner = try gradients(of: try w.variable.square(), in: [w.variable], isRecorded: true)
    let moved = try w.variable - (try #require(inner[0])) * 0.1
    try backward(try moved.square())
    // (w − 0.2w)² = 0.64w².
    #expect(abs(try #require(try w.gradient?.item()) - 1.28) < 1e-15)
  }

  @Test func `results are recorded only if something outside is tracked`() throws {
    let w = try parameter(2)
    #expect(try !gradient(of: { try $0[0].square() }, at: [try number(3)])[0].isTracked)
    let through = try gradient(of: { try $0[0].square() * w.variable }, at: [try number(3)])[0]
    try backward(through)
    #expect(try w.gradient?.item() == 6)
  }

  @Test func `functions are differentiated where nothing is recorded too`() throws {
    let found = try withoutRecording { try gradient(of: { try $0[0].square() }, at: [try number(3)]) }
    #expect(try found[0].value.item() == 6)
  }

  @Test func `the products with a Jacobian agree with it from both sides`() throws {
    let a = Variable(try Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3], dtype: .float64))
    let f: (Variable) throws -> Variable = { try a.matmul($0).tanh() }
    let x = try vector([0.1, -0.2, 0.15])
    let full = try jacobian(of: f, at: x)
    #expect(full.shape == [2, 3])
    let direction = try vector([0.5, 1, -2])
    let (value, forward) = try jvp(of: { try f($0[0]) }, at: [x], along: [direction])
    #expect(value.value.doubles == (try f(x).value.doubles))
    for (one, other) in zip(forward.value.doubles, try full.matmul(direction).value.doubles) {
      #expect(abs(one - other) < 1e-14)
    }
    let upstream = try vector([2, -1])
    let (_, backward) = try vjp(of: { try f($0[0]) }, at: [x], along: upstream)
    for (one, other) in zip(backward[0].value.doubles, try upstream.matmul(full).value.doubles) {
      #expect(abs(one - other) < 1e-14)
    }
  }

  @Test func `the Hessian of Rosenbrock's function is that of the textbook`() throws {
    let rosenbrock: (Variable) throws -> Variable = { x in
      let (a, b) = (try x.row(0), try x.row(1))
      return try (1 - a).square() + (b - a.square()).square() * 100
    }
    let found = try gradient(of: { try rosenbrock($0[0]) }, at: [try vector([0.5, 0.5])])
    #expect(found[0].value.doubles == [-51, 50])
    let second = try hessian(of: rosenbrock, at: try vector([1, 1]))
    #expect(second.shape == [2, 2])
    #expect(second.value.doubles == [802, -400, -400, 200])
  }
}
