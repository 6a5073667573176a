import Tensors
import Testing

@testable import Gradients

/// One declared example of one operation.
struct Case: CustomTestStringConvertible, Sendable {
  let operation: Operation
  let number: Int

  var testDescription: String { "\(operation.name), example \(number + 1)" }
  var example: Example { operation.examples[number] }

  static let all = Operation.all.flatMap { operation in
    operation.examples.indices.map { Case(operation: operation, number: $0) }
  }

  /// The operands of the example, and the places of those that have a gradient.
  func operands() throws -> (all: [Tensor], floats: [Int]) {
    var source = OperandSource(seed: UInt64(number + operation.name.utf8.reduce(7) { $0 * 31 % 65_521 + Int($1) }))
    let all = try example.operands.map { try source.tensor($0) }
    return (all, all.indices.filter { all[$0].dtype.isFloat })
  }

  /// The operation's result, weighted with fixed uneven numbers and summed, as a function of its float operands.
  func number(of floats: [Variable]) throws -> Variable {
    let (all, places) = try operands()
    var inputs = all.map { Variable($0) }
    for (place, variable) in zip(places, floats) { inputs[place] = variable }
    let output = try Variable.apply(operation, Inputs(inputs), example.attributes)
    return try output.multiply(unevenNumbers(like: output)).sum()
  }
}

/// Fixed weights, so that a sum over them hides no mistake of one entry behind that of another.
func unevenNumbers(like variable: Variable) throws -> Variable {
  let numbers = (0..<variable.shape.count).map { place -> Double in [0.4, -0.7, 1.1, 0.25, -1.3][place % 5] }
  return Variable(try Tensor(numbers, shape: variable.shape, dtype: variable.dtype.isFloat ? variable.dtype : .float64))
}

@Suite struct OperationTests {
  @Test(arguments: Case.all)
  func `first gradients agree with central differences`(_ example: Case) throws {
    let (all, places) = try example.operands()
    let check = try checkGradients({ try example.number(of: $0) }, at: places.map { all[$0] })
    #expect(check.kinks.isEmpty)
    #expect(check.isOK, "\(String(describing: check.worst))")
  }

  @Test(arguments: Case.all)
  func `second gradients agree with central differences of the first`(_ example: Case) throws {
    let (all, places) = try example.operands()
    let check = try checkGradients(
      { arguments in
        var total = Variable(try Tensor(0, dtype: .float64))
        for (i, gradient) in try gradient(of: { try example.number(of: $0) }, at: arguments).enumerated() {
          total = try total + gradient.multiply(unevenNumbers(like: gradient)).multiply(Double(i + 1)).sum()
        }
        return total
      }, at: places.map { all[$0] })
    #expect(check.kinks.isEmpty)
    #expect(check.isOK, "\(String(describing: check.worst))")
  }

  @Test(arguments: Case.all)
  func `the shape rule tells the shape that the kernel gives`(_ example: Case) throws {
    let (all, _) = try example.operands()
    let output = try example.operation.kernel(Inputs(all.map { Variable($0) }), example.example.attributes)
    #expect(try example.operation.shape(all.map(\.shape), example.example.attributes) == output.shape)
  }

  @Test(arguments: Operation.all)
  func `an operation with a derivative says where it is checked and how it is written`(_ operation: Operation) {
    switch operation.derivative {
    case .none, .custom: return
    case .slopes, .pullback:
      #expect(!operation.examples.isEmpty)
      #expect(!operation.formulas.isEmpty)
    }
  }

  @Test func `names are unique and find their operation`() {
    #expect(Set(Operation.all.map(\.name)).count == Operation.all.count)
    #expect(Operation.named("tanh") === Operation.tanh)
    #expect(Operation.named("tangent") == nil)
  }

  @Test(arguments: Case.all)
  func `gradients in float32 keep the type and the shape`(_ example: Case) throws {
    let (all, places) = try example.operands()
    guard example.operation !== Operation.cast else { return }
    let narrow = try places.map { Variable(try all[$0].cast(to: .float32)) }
    for (gradient, argument) in zip(try gradient(of: { try example.number(of: $0) }, at: narrow), narrow) {
      #expect(gradient.dtype == .float32)
      #expect(gradient.shape == argument.shape)
    }
  }
}
