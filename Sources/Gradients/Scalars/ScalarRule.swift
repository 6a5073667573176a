import Tensors

/// How a gradient passes an operation on single numbers to one operand: the derivative that the table gives, noted once as steps.
///
/// Registers hold the operands, the result and the upstream gradient, then what the steps compute.
struct ScalarRule {
  /// Where its steps begin in the tape's row of steps, and how many they are.
  var first: Int32
  var count: Int16
  /// The register with the operand's gradient, or why there is none.
  var result: Int16

  /// Nobody asked yet.
  static let unknown = ScalarRule(first: 0, count: 0, result: -1)
  /// It has steps that single numbers do not have.
  static let impossible = ScalarRule(first: 0, count: 0, result: -2)
  /// The operand is a constant.
  static let none = ScalarRule(first: 0, count: 0, result: -3)

  var isUnknown: Bool { result == -1 }
  var isImpossible: Bool { result == -2 }

  static let mostRegisters = 64

  enum Register {
    static let a = 0
    static let b = 1
    static let output = 2
    static let upstream = 3
    /// The first that a step fills.
    static let first = 4
  }

  struct Step {
    var action: Action
    var a: UInt8 = 0
    var b: UInt8 = 0
    var c: UInt8 = 0
    var kernel: UInt16 = 0
    var number = 0.0

    enum Action: UInt8 {
      /// The kernel, of the registers `a` and `b`.
      case apply
      /// Register `b` where register `a` is not 0, else register `c`.
      case select
      case constant
    }
  }
}

extension ScalarTape {
  /// The rule for the operand at place `input` of a kernel.
  @inline(__always)
  func rule(_ kernel: UInt16, _ input: Int) throws(TensorError) -> ScalarRule {
    let rule = rules[2 * Int(kernel) + input]
    return rule.isUnknown ? try newRule(kernel, input) : rule
  }

  @inline(never)
  private func newRule(_ kernel: UInt16, _ input: Int) throws(TensorError) -> ScalarRule {
    let rule = try noteRule(kernels[Int(kernel)], input)
    rules[2 * Int(kernel) + input] = rule
    return rule
  }

  /// Applies the derivative to operands under a trace, and makes steps of what the trace notes.
  private func noteRule(_ kernel: ScalarKernel, _ input: Int) throws(TensorError) -> ScalarRule {
    let trace = Trace()
    let operation = kernel.operation
    // Rules read no values, so any will do.
    let number = try Tensor(0.5, dtype: kernel.core.dtype)
    let registers = (0..<ScalarRule.Register.first).map { _ in trace.input(number) }
    let inputs: Inputs = operation.arity == .exactly(1) ? .one(registers[0]) : .two(registers[0], registers[1])
    let application = Application(
      inputs: inputs, output: registers[ScalarRule.Register.output], attributes: kernel.attributes)
    let gradient = try trace.run { () throws(TensorError) in
      try operation.derivative.gradient(of: application, upstream: registers[ScalarRule.Register.upstream], input: input)
    }
    guard let gradient else { return .none }
    let result = trace.node(of: gradient)
    guard let steps = ScalarSteps(trace.graph, kernel.core, of: self),
      ScalarRule.Register.first + steps.steps.count <= ScalarRule.mostRegisters
    else { return .impossible }
    let rule = ScalarRule(
      first: Int32(ruleSteps.count), count: Int16(steps.steps.count), result: Int16(steps.registers[result]))
    ruleSteps += steps.steps
    return rule
  }
}

/// A graph of operations on single numbers as steps.
private struct ScalarSteps {
  private(set) var steps: [ScalarRule.Step] = []
  /// By node: where its value is.
  private(set) var registers: [UInt8] = []

  /// None where an operation is no function of single numbers.
  init?(_ graph: Graph, _ core: ScalarKernel.Core, of tape: ScalarTape) {
    for node in graph.nodes {
      switch node.source {
      case .input(let number): registers.append(UInt8(number))
      case .constant(let tensor):
        guard let number = try? tensor.item() else { return nil }
        append(.init(action: .constant, number: number))
      case .result(.cast, let inputs, _): registers.append(registers[inputs[0]])
      case .result(.where, let inputs, _):
        append(.init(action: .select, a: registers[inputs[0]], b: registers[inputs[1]], c: registers[inputs[2]]))
      case .result(let operation, let inputs, let attributes):
        guard let kernel = tape.kernel(operation, attributes, isDouble: core.isDouble) else { return nil }
        let last = inputs[inputs.count - 1]
        append(.init(action: .apply, a: registers[inputs[0]], b: registers[last], kernel: kernel))
      }
    }
  }

  private mutating func append(_ step: ScalarRule.Step) {
    // Those beyond what a tape has are refused when all are known.
    registers.append(UInt8(truncatingIfNeeded: ScalarRule.Register.first + steps.count))
    steps.append(step)
  }
}
