import Tensors
import Testing

@Suite struct ArithmeticTests {
  @Test func `a bias is added to every row`() throws {
    let x = try Tensor([1, 2, 3, 4, 5, 6] as [Double], shape: [2, 3])
    let b = try Tensor([10, 20, 30] as [Double])
    #expect(try (x + b).doubles == [11, 22, 33, 14, 25, 36])
  }
}
