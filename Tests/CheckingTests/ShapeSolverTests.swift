import Diagnostics
import Parsing
import Testing

@testable import Checking

@Suite struct ShapeSolverTests {
  private func pattern(_ text: String) throws -> ShapePattern {
    let (module, _) = Module.parse(Source(name: "pattern", text: "def f(x: \(text)): pass"))
    guard case .function(let function, _)? = module.statements.first?.kind else { throw Missing() }
    return try #require(function.parameters[0].shape)
  }

  private struct Missing: Error {}

  @Test(arguments: [
    ("[n, m]", [2, 3], "[m, k]", [3, 4], ["n": 2, "m": 3, "k": 4]),
    // The sum waits for the name that the second shape binds.
    ("[n + 1]", [4], "[n, 2 * n]", [3, 6], ["n": 3]),
    ("[..., n]", [5, 6, 7], "[n]", [7], ["n": 7]),
  ])
  func `names hold over all shapes`(
    first: String, shape: [Int], second: String, other: [Int], names: [String: Int]
  ) throws {
    var solver = ShapeSolver()
    #expect(try solver.add(pattern(first), shape, owner: 0))
    #expect(try solver.add(pattern(second), other, owner: 1))
    #expect(solver.solve() == nil)
    #expect(solver.known == names)
  }

  @Test func `the shape that does not fit is named`() throws {
    var solver = ShapeSolver(known: ["k": 4])
    #expect(try solver.add(pattern("[n, 4]"), [2, 4], owner: 0))
    #expect(try solver.add(pattern("[n, k]"), [3, 4], owner: 1))
    #expect(solver.solve()?.owner == 1)
  }

  @Test func `a name that nothing settles is no certain mistake`() throws {
    var solver = ShapeSolver()
    #expect(try solver.add(pattern("[n + m]"), [5]))
    #expect(solver.solve()?.isCertain == false)
  }

  @Test func `the number of dimensions must fit`() throws {
    var solver = ShapeSolver()
    #expect(try !solver.add(pattern("[n, ..., 3]"), [3]))
    #expect(try solver.add(pattern("[n, ..., 3]"), [2, 3]))
  }
}
