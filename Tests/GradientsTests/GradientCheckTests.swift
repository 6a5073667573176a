import Tensors
import Testing

@testable import Gradients

@Suite struct GradientCheckTests {
  @Test func `a wrong rule is found and the worst entry named`() throws {
    let check = try checkGradients(
      { x in
        let wrong = try vector([2, 1.999, 2])
        return try Variable.custom(try x[0].square(), of: x, rule: CustomRule { [try $0 * x[0] * wrong] }).sum()
      }, at: [try Tensor([1, 3, 2], dtype: .float64)])
    #expect(!check.isOK)
    let worst = try #require(check.worst)
    #expect(worst.index == [1])
    #expect(abs(worst.difference - 6) < 1e-9)
    #expect(abs(worst.gradient - 5.997) < 1e-9)
  }

  @Test func `a kink is named and does not count as a mistake`() throws {
    let check = try checkGradients({ try $0[0].relu().sum() }, at: [try Tensor([1, 0, -1], dtype: .float64)])
    #expect(check.isOK)
    #expect(check.kinks.map(\.index) == [[1]])
    #expect(check.bends.map(\.operation) == [.relu])
    #expect(check.bends.map(\.count) == [1])
  }

  @Test func `the step shrinks until a kink nearby is out of sight`() throws {
    let check = try checkGradients({ try $0[0].relu().sum() }, at: [try Tensor([1e-3, -2e-4], dtype: .float64)])
    #expect(check.isOK)
    #expect(check.kinks.isEmpty)
    #expect(check.bends.isEmpty)
  }

  @Test(arguments: [1e-3, 1, 1e3, 1e6])
  func `steps fit the size of an entry`(size: Double) throws {
    let check = try checkGradients({ try $0[0].square().log().sum() }, at: [try Tensor([size, 2 * size], dtype: .float64)])
    #expect(check.isOK, "\(String(describing: check.worst))")
  }

  @Test func `parameters are as before, in value and type`() throws {
    let w = Parameter(try Tensor([1, 2], dtype: .float32))
    let check = try checkGradients(of: { try w.variable.square().sum() }, in: [w])
    #expect(check.isOK)
    #expect(w.value.dtype == .float32)
    #expect(w.value.doubles == [1, 2])
  }
}
