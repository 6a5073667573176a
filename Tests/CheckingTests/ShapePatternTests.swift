import Diagnostics
import Parsing
import Testing

@testable import Checking

@Suite struct ShapePatternTests {
  @Test func `sums and products are solved for their unknown name`() {
    #expect(Dimension.sum(.name("n"), .size(1)).solve(for: 5, [:])?.size == 4)
    #expect(Dimension.product(.size(2), .name("n")).solve(for: 6, [:])?.size == 3)
    #expect(Dimension.product(.size(2), .name("n")).solve(for: 5, [:]) == nil)
    #expect(Dimension.product(.name("a"), .name("n")).solve(for: 12, ["a": 4])?.size == 3)
  }

  @Test func `dots stand for any number of dimensions`() throws {
    let (module, _) = Module.parse(Source(name: "shapes", text: "def f(x: [n, ..., 3]): pass"))
    guard case .function(let function, _) = module.statements[0].kind else { return }
    let pattern = try #require(function.parameters[0].shape)
    #expect(pattern.pairs(with: [2, 3])?.count == 2)
    #expect(pattern.pairs(with: [2, 7, 8, 3])?.map { $0.size } == [2, 3])
    #expect(pattern.pairs(with: [3]) == nil)
    #expect(pattern.text == "[n, ..., 3]")
  }
}
