import Synchronization
import Tensors

/// Notes what is computed on the calling thread from some operands, so that it can be compiled and run again on others.
///
/// Everything is computed meanwhile, on the values at hand. A parameter that is met is an operand of its own; whatever
/// else enters is a constant.
public final class Trace {
  public private(set) var graph = Graph()

  /// The operands by number.
  public private(set) var inputs: [Input] = []

  /// Where the program first read a traced value, as an `if` does: what is noted holds for that value only.
  public private(set) var firstRead: Int32?

  public enum Input {
    case argument(Shape, DType)
    case parameter(Parameter)
  }

  private let number = Trace.numbers.add(1, ordering: .relaxed).newValue
  private var isComputing = false
  private var parameters: [ObjectIdentifier: Int] = [:]
  // Constants are kept, so that no other can take their identity.
  private var constants: [ObjectIdentifier: (variable: Variable, node: Int)] = [:]
  private static let numbers = Atomic<UInt32>(0)

  public init() {}

  /// A node of a trace.
  struct Place: Equatable {
    var trace: UInt32
    var node: Int32

    static let nowhere = Place(trace: 0, node: 0)
  }

  /// Runs `body` while all that this thread computes is noted.
  public func run<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    let recorder = Recorder.current
    let outer = recorder.trace
    recorder.trace = self
    defer { recorder.trace = outer }
    return try body()
  }

  /// An operand of the given value.
  public func input(_ value: Tensor) -> Variable {
    let node = graph.append(.input(inputs.count), value.shape, value.dtype)
    inputs.append(.argument(value.shape, value.dtype))
    let variable = Variable(value)
    variable.traced = place(node)
    return variable
  }

  /// The node that stands for a variable.
  public func node(of variable: Variable) -> Int {
    if variable.traced.trace == number { return Int(variable.traced.node) }
    if let parameter = variable.parameter { return node(of: parameter) }
    if let found = constants[ObjectIdentifier(variable)] { return found.node }
    let node = graph.append(.constant(variable.data), variable.shape, variable.dtype)
    constants[ObjectIdentifier(variable)] = (variable, node)
    return node
  }

  public func node(of parameter: Parameter) -> Int {
    if let found = parameters[ObjectIdentifier(parameter)] { return found }
    let node = graph.append(.input(inputs.count), parameter.value.shape, parameter.value.dtype)
    inputs.append(.parameter(parameter))
    parameters[ObjectIdentifier(parameter)] = node
    return node
  }

  private func place(_ node: Int) -> Place { Place(trace: number, node: Int32(node)) }

  /// Whether a variable depends on an operand.
  private func isNoted(_ variable: Variable) -> Bool { variable.traced.trace == number || variable.parameter != nil }

  func note(
    _ operation: Operation, _ inputs: Inputs, _ attributes: Attributes, _ compute: () throws(TensorError) -> Variable
  ) throws(TensorError) -> Variable {
    let wasComputing = isComputing
    isComputing = true
    defer { isComputing = wasComputing }
    let result = try compute()
    let operands = inputs.all
    guard !wasComputing, operands.contains(where: isNoted) else { return result }
    let source = Graph.Source.result(operation, operands.map { node(of: $0) }, attributes)
    result.traced = place(graph.append(source, result.shape, result.dtype, site: Recorder.current.site))
    return result
  }

  /// Called by a traced variable whose value is read.
  func noteRead(of variable: Variable) {
    guard !isComputing, variable.traced.trace == number, firstRead == nil else { return }
    firstRead = Recorder.current.site
  }
}

extension Variable {
  /// Whether it depends on an operand of the present trace.
  var isTraced: Bool { traced != .nowhere && Recorder.current.trace != nil }
}
