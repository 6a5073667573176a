import Tensors
import Testing

@testable import Gradients

/// Expected values from NumPy.
@Suite struct EinsumTests {
  private func counting(_ sizes: [Int], from start: Double = 0) throws -> Variable {
    Variable(try Tensor((0..<Shape(sizes).count).map { Double($0) + start }, shape: Shape(sizes), dtype: .float64))
  }

  @Test func `einsum agrees with NumPy`() throws {
    let (a, b, t) = (try counting([2, 3]), try counting([3, 4], from: -5), try counting([4, 2]))
    let s = try counting([2, 3, 4])
    let cases: [(String, [Variable], [Double])] = [
      (
        "bij,bkj->bik", [s, s],
        [14, 38, 62, 38, 126, 214, 62, 214, 366, 734, 950, 1166, 950, 1230, 1510, 1166, 1510, 1854]
      ),
      ("ii->i", [try counting([3, 3])], [0, 4, 8]), ("ii", [try counting([3, 3])], [12]),
      ("ij,jk,kl->il", [a, b, t], [144, 182, 288, 344]), ("ij->ji", [a], [0, 3, 1, 4, 2, 5]), ("ba", [a], [0, 3, 1, 4, 2, 5]),
      ("i,j", [try vector([1, 2]), try vector([3, 4])], [3, 4, 6, 8]), ("bij->b", [s], [66, 210]), ("ij,ij->", [a, a], [55]),
      ("...i->...", [s], [6, 22, 38, 54, 70, 86]), ("...ii->...i", [try counting([2, 2, 2])], [0, 3, 4, 7]),
      ("i...->...", [a], [3, 5, 7]), ("...j,j", [a, try vector([1, 1, 1])], [3, 12]),
      ("ij,ij->i", [try counting([1, 3]), a], [5, 14]), (" i j -> j i ", [a], [0, 3, 1, 4, 2, 5]),
    ]
    for (formula, operands, expected) in cases {
      #expect(try Variable.einsum(formula, operands).value.doubles == expected, "\(formula)")
    }
  }

  @Test(arguments: [
    "ij->", "ij,jk->iz", "ij;jk", "ij,jk->ii", "i,jk", "ij,ij", "ij,jk-", "...j,jk,", "ijk...,jk", "...,jk->k", "i->j->k", "",
  ])
  func `formulas that make no sense are errors`(formula: String) throws {
    let operands = [try counting([2, 3]), try counting([3, 4])]
    #expect(throws: TensorError.self) { try Variable.einsum(formula, operands) }
    #expect(throws: TensorError.self) { try Variable.einsum(formula, []) }
  }

  @Test func `dot and outer`() throws {
    let (a, b) = (Variable(try Tensor([1, 2, 3])), Variable(try Tensor([4, 5, 6])))
    #expect(try a.dot(b).value.ints() == [32])
    #expect(try a.dot(Variable(.number(2))).value.ints() == [2, 4, 6])
    #expect(try a.outer(b).value.ints() == [4, 5, 6, 8, 10, 12, 12, 15, 18])
    let largest = Variable(try Tensor([Int.max, 1]))
    #expect(throws: TensorError(.integerOverflow(operation: "matmul"))) { try largest.dot(Variable(Tensor([2, 1]))) }
  }
}
