import Testing

@testable import Gradients

@Suite struct CostTests {
  @Test func `a product costs one multiply-add for each pair it sums`() throws {
    #expect(Operation.matmul.cost([[5, 3], [3, 4]], [5, 4], .transposes(left: false, right: false)) == 60)
    #expect(Operation.matmul.cost([[3, 5], [3, 4]], [5, 4], .transposes(left: true, right: false)) == 60)
    #expect(Operation.tanh.cost([[5, 3]], [5, 3], .none) == 15)
    #expect(Operation.reshape.cost([[5, 3]], [15], .shape([15])) == 0)
  }
}
