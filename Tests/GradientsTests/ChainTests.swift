import Tensors
import Testing

@testable import Gradients

@Suite struct ChainTests {
  @Test func `a chain of a million operations is built, differentiated and dropped`() throws {
    let w = try parameter(1)
    weak var middle: Variable?
    try withChain(of: 1_000_000, from: w) { chain, link in
      middle = link
      try backward(chain)
      #expect(try w.gradient?.item() == 1)
    }
    #expect(middle == nil)
  }

  @Test func `a fan of shared operations is dropped whole`() throws {
    let w = try parameter(1)
    weak var inner: Variable?
    do {
      var layer = try (0..<20).map { _ in try w.variable.exp() }
      inner = layer[0]
      for _ in 0..<20 { layer = try layer.map { try $0 + layer[0] * 0.01 } }
      #expect(try backward(try layer[3] + layer[4]).count == 1)
    }
    #expect(inner == nil)
  }

  @Test func `a chain of rules that hold their operands is dropped too`() throws {
    let w = try parameter(1)
    weak var first: Variable?
    do {
      var x = try w.variable.exp()
      first = x
      for _ in 0..<100_000 {
        let operand = x
        let rule = CustomRule { [try $0 * operand.stopGradient() / operand.stopGradient()] }
        x = try .custom(Variable(x.value), of: [x], rule: rule)
      }
    }
    #expect(first == nil)
  }

  private func withChain(of length: Int, from w: Parameter, _ body: (Variable, Variable) throws -> Void) throws {
    var x = w.variable
    var middle = x
    let zero = try number(0)
    for i in 0..<length {
      x = try x + zero
      if i == length / 2 { middle = x }
    }
    try body(x, middle)
  }
}
