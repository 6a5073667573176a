import FoundationEssentials
import Tensors
import Testing

@testable import Gradients

@Suite struct TableTests {
  @Test func `a product costs one multiply-add for each pair it sums`() throws {
    #expect(Operation.matmul.cost([[5, 3], [3, 4]], [5, 4], .transposes(left: false, right: false)) == 60)
    #expect(Operation.matmul.cost([[3, 5], [3, 4]], [5, 4], .transposes(left: true, right: false)) == 60)
    #expect(Operation.einsum.cost([[5, 3], [3, 4]], [5, 4], .formula("ij,jk->ik")) == 60)
    #expect(Operation.tanh.cost([[5, 3]], [5, 3], .none) == 15)
    #expect(Operation.reshape.cost([[5, 3]], [15], .shape([15])) == 0)
  }

  @Test func `every operation that is declared stands in the table`() throws {
    let sources = URL(filePath: #filePath).appending(path: "../../../Sources/Gradients/Operations").standardized
    let files = try FileManager.default.contentsOfDirectory(atPath: sources.path)
    #expect(!files.isEmpty)
    let declared = try files.flatMap { file in
      try String(contentsOf: sources.appending(path: file), encoding: .utf8)
        .matches(of: /public static let `?(\w+)`?(: Operation)? =/).map { String($0.1) }
    }
    // `custom` is declared beside the table.
    #expect(declared.count + 1 == Operation.all.count)
  }

  @Test func `local derivatives are those of the formula`() throws {
    let w = try parameter(0.3)
    let y = try w.variable.tanh()
    #expect(y.operation?.formulas == ["1 − tanh²(z)"])
    let t = try y.value.item()
    #expect(try y.localDerivative(input: 0)?.value.item() == 1 - t * t)
    let product = try y * number(4)
    #expect(try product.localDerivative(input: 0)?.value.item() == 4)
    #expect(try w.variable.localDerivative(input: 0) == nil)
  }

  @Test func `shapes that do not fit are told with the operation's name`() {
    #expect(throws: TensorError(.shapesDiffer(operation: "multiply", left: [2], right: [3]))) {
      try Operation.multiply.shape([[2], [3]], .none)
    }
    #expect(throws: TensorError(.innerSizesDiffer(operation: "matmul", left: [2, 3], right: [2, 3]))) {
      try Operation.matmul.shape([[2, 3], [2, 3]], .transposes(left: false, right: false))
    }
  }
}
