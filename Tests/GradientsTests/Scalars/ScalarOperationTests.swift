import Tensors
import Testing

@testable import Gradients

/// One example of an operation that the tape records, in one of the types of floats.
struct ScalarCase: CustomTestStringConvertible, Sendable {
  let operation: Operation
  let attributes: Attributes
  let domains: [Example.Domain]
  let dtype: DType

  var testDescription: String { "\(operation.name) \(attributes) in \(dtype)" }

  /// Every operation that gives each number from one or two, but for those that change nothing but the type or the identity.
  static let all = Operation.all.flatMap { operation -> [ScalarCase] in
    guard operation.isElementwise, !operation.isConstant, operation.arity == .exactly(1) || operation.arity == .exactly(2),
      operation != .cast, operation != .identity
    else { return [] }
    return operation.examples.flatMap { example in
      [DType.float32, .float64].map {
        ScalarCase(operation: operation, attributes: example.attributes, domains: example.operands.map(\.domain), dtype: $0)
      }
    }
  }

  /// Operands that the example allows, and the borders of the type.
  func operands() throws -> [[Double]] {
    var source = OperandSource(seed: 11)
    var rows: [[Double]] = []
    for _ in 0..<6 {
      rows.append(try domains.map { try source.tensor(Example.Operand(shape: .scalar, domain: $0)).cast(to: dtype).item() })
    }
    let borders = [0, -0.0, 1, -1, .infinity, -.infinity, .nan]
    for a in borders {
      if domains.count == 1 { rows.append([a]) } else { rows += borders.map { [a, $0] } }
    }
    return rows
  }
}

@Suite struct ScalarOperationTests {
  @Test(arguments: ScalarCase.all)
  func `values and gradients of all orders are those of recorded variables`(_ example: ScalarCase) throws {
    for row in try example.operands() {
      let leaves = try row.map { Variable.argument(try Tensor($0, dtype: example.dtype)) }
      let ordinary = try Variable.apply(example.operation, Inputs(leaves), example.attributes)
      let holder = TapeHolder()
      let found = try holder.apply(example.operation, example.attributes, leaves.map { .variable($0) })
      let number = try #require(found, "\(example.operation.name) is not recorded on the tape")
      try expectSame(holder.value(number), ordinary, "\(row)")
      try compare(number, ordinary, leaves, in: holder, order: 3, "\(row)")
    }
  }

  /// Compares the gradients, and the gradients of each of these.
  private func compare(
    _ number: TapeHolder.Number, _ variable: Variable, _ leaves: [Variable], in holder: TapeHolder, order: Int, _ place: String
  ) throws {
    let ordinary = try gradients(of: variable, in: leaves, isRecorded: true)
    let found = try holder.gradients(of: number, in: leaves)
    for (i, (ordinary, found)) in zip(ordinary, found).enumerated() {
      let place = "\(place), gradient in operand \(i) with \(order - 1) more"
      guard let ordinary else {
        #expect(found == nil, "\(place)")
        continue
      }
      // Where a condition chose a constant, the tape depends on nothing, and variables have a zero.
      guard let gradient = found else {
        #expect(try ordinary.data.item() == 0, "\(place)")
        continue
      }
      try expectSame(gradient.value, ordinary, place)
      // What is chosen by a condition is no step of its own on the tape, so that a number may be a constant there already.
      guard order > 1, ordinary.isTracked, let number = gradient.number else { continue }
      try compare(number, ordinary, leaves, in: holder, order: order - 1, place)
    }
  }

  private func expectSame(_ value: Double, _ variable: Variable, _ place: String) throws {
    let wanted = try variable.data.item()
    if wanted.isNaN {
      #expect(value.isNaN, "\(place)")
    } else {
      let precision = variable.dtype == .float32 ? 1e-5 : 1e-12
      #expect(value == wanted || abs(value - wanted) <= precision * max(1, abs(wanted)), "\(place): \(value), not \(wanted)")
    }
  }

  @Test func `numbers of the program take the type that they meet`() throws {
    for dtype in [DType.float32, .float64] {
      let x = Variable.argument(try Tensor(0.3, dtype: dtype))
      let holder = TapeHolder()
      for (operand, number) in [
        (TapeHolder.Operand.constant(0.1), Variable(try .number(0.1))), (.whole(16_777_217), Variable(try .number(16_777_217))),
      ] {
        let found = try #require(try holder.apply(.add, .none, .variable(x), operand))
        let sum = try x.add(number)
        #expect(holder.tape.dtype(of: found.id) == dtype)
        #expect(try holder.value(found) == sum.data.item())
        // As a variable it has the number as the program wrote it.
        let written = holder.tape.variable(of: found.id).inputs[1].data
        #expect(written.isNumber)
        #expect(written.dtype == number.data.dtype)
        #expect(try written.item() == number.data.item())
      }
    }
  }

  @Test func `what is no single number of one type is nothing for the tape`() throws {
    let holder = TapeHolder()
    let x = Variable.argument(try Tensor(0.3, dtype: .float32))
    let wide = Variable.argument(try Tensor(0.3, dtype: .float64))
    let row = Variable.argument(try Tensor([0.3], dtype: .float32))
    let recorded = try row.sum()
    let whole = Variable(try Tensor([3], shape: [], dtype: .int64))
    for other in [wide, row, recorded, whole] {
      #expect(try holder.apply(.add, .none, .variable(x), .variable(other)) == nil)
      #expect(try holder.apply(.add, .none, .variable(other), .variable(x)) == nil)
    }
    let constant = Variable(try Tensor(0.5, dtype: .float32))
    #expect(try holder.apply(.add, .none, .variable(constant), .variable(constant)) == nil)
    #expect(try holder.apply(.add, .none, .variable(constant), .variable(x)) != nil)
    #expect(try holder.apply(.matmul, .none, [.variable(x)]) == nil)
    #expect(ScalarOperand.whole(1 << 53 + 1) == nil)
  }
}
