import Tensors
import Testing

@testable import Gradients

@Suite struct ScalarTapeTests {
  /// A chain of so many operations on a start of differentiation.
  private func chain(of length: Int, from x: Variable, in holder: TapeHolder) throws -> TapeHolder.Number {
    var y = try #require(try holder.apply(.multiply, .none, .variable(x), .constant(1)))
    for _ in 1..<length {
      y = try #require(try holder.apply(.add, .none, .number(y), .variable(x)))
    }
    return y
  }

  @Test func `a chain of a million operations is built, differentiated, made a variable and dropped`() throws {
    let holder = TapeHolder()
    let x = Variable.argument(try Tensor(1, dtype: .float64))
    do {
      let y = try chain(of: 1_000_000, from: x, in: holder)
      #expect(holder.value(y) == 1_000_000)
      #expect(try holder.gradients(of: y, in: [x])[0]?.value == 1_000_000)
    }
    do {
      let y = try chain(of: 100_000, from: x, in: holder)
      let variable = holder.tape.variable(of: y.id)
      #expect(try gradients(of: variable, in: [x])[0]?.data.item() == 100_000)
    }
    #expect(holder.tape.nodeCapacity > 100_000)
    for _ in 0..<100 { _ = try chain(of: 1_000, from: x, in: holder) }
    #expect(holder.tape.nodeCapacity < 30_000)
  }

  @Test func `graphs that are dropped leave their memory, though the last result is held meanwhile`() throws {
    let holder = TapeHolder()
    let x = Variable.argument(try Tensor(1, dtype: .float32))
    var last: TapeHolder.Number?
    for _ in 0..<300 {
      let y = try chain(of: 1_000, from: x, in: holder)
      let gradient = try holder.gradients(of: y, in: [x])[0]
      #expect(gradient?.value == 1_000)
      last = y
    }
    #expect(last.map(holder.value) == 1_000)
    #expect(holder.tape.nodeCapacity < 30_000)
  }

  @Test func `what is held stays, with all that it was computed from`() throws {
    let holder = TapeHolder()
    let x = Variable.argument(try Tensor(0.5, dtype: .float64))
    let square = try #require(try holder.apply(.multiply, .none, .variable(x), .variable(x)))
    let middle = try chain(of: 700, from: x, in: holder)
    let held = try #require(try holder.apply(.multiply, .none, .number(square), .number(middle)))
    for _ in 0..<100 { _ = try chain(of: 999, from: x, in: holder) }
    #expect(holder.value(held) == 0.25 * 350)
    #expect(try holder.gradients(of: held, in: [x])[0]?.value == 0.25 * 700 + 350)
    let variable = holder.tape.variable(of: held.id)
    #expect(variable === holder.tape.variable(of: held.id))
    #expect(try gradients(of: variable, in: [x])[0]?.data.item() == 0.25 * 700 + 350)
  }

  @Test func `starts of differentiation are let go`() throws {
    let holder = TapeHolder()
    weak var first: Variable?
    do {
      let x = Variable.argument(try Tensor(1, dtype: .float64))
      first = x
      _ = try chain(of: 10, from: x, in: holder)
    }
    let other = Variable.argument(try Tensor(1, dtype: .float64))
    for _ in 0..<20 { _ = try chain(of: 1_000, from: other, in: holder) }
    #expect(first == nil)
  }

  @Test func `a tape that goes forgets the variables that it knew`() throws {
    let x = Variable.argument(try Tensor(2, dtype: .float64))
    do {
      let holder = TapeHolder()
      _ = try chain(of: 3, from: x, in: holder)
      #expect(holder.tape.leafID(of: x) != nil)
      // A second tape does not take a start of another one.
      #expect(try TapeHolder().apply(.exp, .none, .variable(x)) == nil)
    }
    let holder = TapeHolder()
    let y = try #require(try holder.apply(.square, .none, .variable(x)))
    #expect(try holder.gradients(of: y, in: [x])[0]?.value == 4)
  }

  @Test func `gradients go to results between, and to none that the number does not depend on`() throws {
    let holder = TapeHolder()
    let x = Variable.argument(try Tensor(3, dtype: .float64))
    let other = Variable.argument(try Tensor(3, dtype: .float64))
    let middle = try #require(try holder.apply(.square, .none, .variable(x)))
    let unrelated = try #require(try holder.apply(.exp, .none, .variable(other)))
    let y = try #require(try holder.apply(.multiply, .none, .number(middle), .number(middle)))
    let found = try #require(try holder.tape.gradients(of: y.id, in: [middle.id, unrelated.id, nil, y.id]))
    #expect(found.map { $0?.value } == [18, nil, nil, 1])
  }

  @Test func `without recording gradients are constants`() throws {
    let holder = TapeHolder()
    let x = Variable.argument(try Tensor(3, dtype: .float64))
    let y = try #require(try holder.apply(.square, .none, .variable(x)))
    let recorded = try holder.gradients(of: y, in: [x])[0]
    #expect(recorded?.number != nil)
    let constant = try withoutRecording { try holder.gradients(of: y, in: [x])[0] }
    #expect(constant?.value == 6)
    #expect(constant?.number == nil)
  }

  @Test func `a number is a variable with its operation, operands and place in the program`() throws {
    let holder = TapeHolder()
    let x = Variable.argument(try Tensor(-3, dtype: .float32))
    let inner = try #require(try holder.apply(.leakyRelu, .number(0.5), .variable(x)))
    let y = try #require(try holder.apply(.multiply, .none, .number(inner), .variable(x)))
    let variable = holder.tape.variable(of: y.id)
    #expect(variable.operation === Operation.multiply)
    #expect(variable.site == 7)
    #expect(variable.isTracked)
    #expect(variable.inputs[1] === x)
    #expect(variable.inputs[0] === holder.tape.variable(of: inner.id))
    #expect(variable.inputs[0].attributes == .number(0.5))
  }

  @Test func `an endless row of settings ends on the tape, not in the program`() throws {
    let holder = TapeHolder()
    let x = Variable.argument(try Tensor(-3, dtype: .float32))
    var taken = 0
    for i in 0..<1_200 {
      if try holder.apply(.leakyRelu, .number(Double(i)), .variable(x)) != nil { taken += 1 }
    }
    #expect(taken == 1_000)
  }

  @Test func `an interrupt ends a long sweep`() throws {
    let holder = TapeHolder()
    let x = Variable.argument(try Tensor(1, dtype: .float64))
    let y = try chain(of: 5_000, from: x, in: holder)
    let before = Interruption.question
    defer { Interruption.question = before }
    Interruption.question = { true }
    #expect(throws: GradientError.self) { try holder.gradients(of: y, in: [x]) }
  }
}
