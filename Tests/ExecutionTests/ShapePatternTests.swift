import Testing

@testable import Execution

@Suite struct ShapePatternTests {
  @Test func `sums and products are solved for their unknown name`() {
    #expect(Dimension.sum(.name("n"), .number(1)).solve(for: 5, [:])?.size == 4)
    #expect(Dimension.product(.number(2), .name("n")).solve(for: 6, [:])?.size == 3)
    #expect(Dimension.product(.number(2), .name("n")).solve(for: 5, [:]) == nil)
    #expect(Dimension.product(.name("a"), .name("n")).solve(for: 12, ["a": 4])?.size == 3)
  }

  @Test func `dots stand for any number of dimensions`() {
    let pattern = ShapePattern(dimensions: [.name("n"), .rest, .number(3)])
    #expect(pattern.pairs(with: [2, 3])?.count == 2)
    #expect(pattern.pairs(with: [2, 7, 8, 3])?.map(\.size) == [2, 3])
    #expect(pattern.pairs(with: [3]) == nil)
    #expect(pattern.description == "[n, ..., 3]")
  }
}
