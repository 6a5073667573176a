import Tensors
import Testing

@testable import Gradients

@Suite struct EdgeTests {
  @Test func `empty tensors have empty gradients`() throws {
    let x = Parameter(try Tensor.zeros([0, 3], dtype: .float64))
    let w = Parameter(try Tensor.ones([3, 2], dtype: .float64))
    let found = try backward(try x.variable.matmul(w.variable).tanh().sum())
    #expect(found.map(\.gradient.shape) == [[0, 3], [3, 2]])
    #expect(found[1].gradient.doubles == [0, 0, 0, 0, 0, 0])
  }

  @Test func `a scalar is reduced to itself`() throws {
    let x = try number(3)
    for reduce in [{ try $0.sum() }, { try $0.mean() }, { try $0.max() }, { try $0.prod() }] as [(Variable) throws -> Variable] {
      #expect(try gradient(of: { try reduce($0[0]) }, at: [x])[0].value.item() == 1)
    }
  }

  @Test func `equal largest entries share the gradient`() throws {
    #expect(try gradient(of: { try $0[0].max() }, at: [try vector([2, 1, 2])])[0].value.doubles == [0.5, 0, 0.5])
    let (a, b) = (try number(2), try number(2))
    #expect(try gradient(of: { try $0[0].maximum($0[1]) }, at: [a, b]).map { try $0.value.item() } == [0.5, 0.5])
  }

  @Test(arguments: [-800.0, -40, 0, 40, 800])
  func `saturated functions have finite gradients`(z: Double) throws {
    let functions: [(Variable) throws -> Variable] = [
      { try $0.sigmoid() }, { try $0.tanh() }, { try $0.softplus() }, { try $0.silu() }, { try $0.mish() }, { try $0.gelu() },
      { try $0.elu() }, { try $0.selu() }, { try $0.hardSigmoid() }, { try $0.relu() },
      { try Variable.stack([$0, -$0], axis: 0).logSoftmax().row(0) }, { try Variable.stack([$0, -$0], axis: 0).logsumexp() },
    ]
    for (i, f) in functions.enumerated() {
      let slope = try gradient(of: { try f($0[0]) }, at: [try number(z)])[0].value.item()
      #expect(slope.isFinite, "function \(i)")
    }
  }

  @Test func `powers have the slopes of the textbook at 0`() throws {
    for (exponent, slope) in [(0.0, 0.0), (1, 1), (2, 0), (3, 0)] {
      #expect(try gradient(of: { try $0[0].power(exponent) }, at: [try number(0)])[0].value.item() == slope)
    }
    #expect(try gradient(of: { try $0[0].power(2) }, at: [try number(-3)])[0].value.item() == -6)
    let twice = try hessian(of: { try $0.power(2) }, at: try number(0))
    #expect(try twice.value.item() == 2)
  }

  @Test func `operands of two float types meet in the wider and get back their own`() throws {
    let a = Parameter(try Tensor([1, 2], dtype: .float32))
    let b = Parameter(try Tensor([3, 4], dtype: .float64))
    let joined = try Variable.concat([a.variable, b.variable], axis: 0)
    #expect(joined.dtype == .float64)
    let found = try backward(try (joined.square().sum() + (a.variable * b.variable).sum()))
    #expect(found.map(\.gradient.dtype) == [.float32, .float64])
    #expect(found.map(\.gradient.doubles) == [[5, 8], [7, 10]])
  }
}
