import Synchronization
import Tensors

/// Notes what is computed on the calling thread from some operands, so that it can be compiled and run again on others.
///
/// Everything is computed meanwhile on the values at hand, unless only the notes are wanted. A parameter that is met is an
/// operand of its own; whatever else enters is a constant.
public final class Trace {
  public private(set) var graph = Graph()

  /// The operands by number.
  public private(set) var inputs: [Input] = []
  /// The same as the variables that were computed with.
  public private(set) var operands: [Variable] = []

  /// What makes the computation one that cannot be run again from its notes alone, the first of such things.
  public private(set) var obstacle: Reason?

  /// Whether parameters were made meanwhile, as layers make theirs at their first use.
  public private(set) var hasMadeParameters = false

  /// Operands that are drawn anew for each run, by their number.
  public private(set) var draws: [(input: Int, draw: Draw)] = []

  /// Tells where in the program it runs; where there is none, the place of the last operation serves.
  public var presentSite: (() -> Int32)?

  public typealias Draw = () throws -> Tensor

  /// An obstacle and the place in the program where it was met.
  public typealias Reason = (kind: Obstacle, site: Int32)

  public enum Input {
    case argument(Shape, DType)
    case parameter(Parameter)
  }

  /// What a computation does besides computing.
  public enum Obstacle: Sendable {
    /// A traced value is read, as by an `if`: what is noted holds for that value only.
    case read
    /// Something outside is changed.
    case change
    /// Someone wants to stop in a function.
    case stop
    /// Something that is read from outside is another too often to compile for each.
    case changing
    /// Something is shown or asked.
    case output
    case clock
    /// Chance gives something other than a tensor.
    case chance
    /// A tensor is drawn by chance where nothing may be drawn anew.
    case draw
    /// A list that was given is given back, or a function that was made within.
    case result
  }

  private let number = Trace.numbers.add(1, ordering: .relaxed).newValue
  private var isComputing = false
  private var isDrawing = false
  private var parameters: [ObjectIdentifier: Int] = [:]
  // Constants are kept, so that no other can take their identity.
  private var constants: [ObjectIdentifier: (variable: Variable, node: Int)] = [:]
  private static let numbers = Atomic<UInt32>(0)

  // Whoever only runs what was noted has no use for what would have to be drawn.
  private let takesDraws: Bool

  /// Whether what is noted has values; else it has shapes and types only, and its elements mean nothing.
  public let computes: Bool

  /// - Parameters:
  ///   - takesDraws: whether each run will draw what `draws` tells.
  ///   - computes: whether values are wanted too. Without them, whoever reads one has to be told by `obstacle`, and no
  ///     code of the program may be run.
  public init(takesDraws: Bool = false, computes: Bool = true) {
    self.takesDraws = takesDraws
    self.computes = computes
  }

  /// That of the calling thread.
  public static var current: Trace? { Recorder.current.trace }

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

  /// Runs `body` outside of the trace: to look at values in between. What it computes is not noted; gradients can be taken in it.
  public static func aside<Result>(_ body: () -> Result) -> Result {
    let recorder = Recorder.current
    let outer = recorder.trace
    recorder.trace = nil
    defer { recorder.trace = outer }
    return body()
  }

  /// An operand of the given value.
  public func input(_ value: Tensor) -> Variable { asInput(Variable(value)) }

  /// An operand of a variable's value; a gradient that flows to it flows on to the variable.
  public func input(_ variable: Variable) throws(TensorError) -> Variable {
    guard variable.isTracked, Recorder.current.isRecording else { return input(variable.data) }
    return asInput(try variable.apply(.identity))
  }

  func asInput(_ variable: Variable) -> Variable {
    let node = graph.append(.input(inputs.count), variable.shape, variable.dtype)
    inputs.append(.argument(variable.shape, variable.dtype))
    operands.append(variable)
    variable.traced = place(node)
    return variable
  }

  /// The number of the operand that a variable is; none for what was computed.
  func inputNumber(of variable: Variable) -> Int? {
    guard case .input(let number) = graph.nodes[node(of: variable)].source else { return nil }
    return number
  }

  /// An operand that each run draws anew.
  public func input(drawnBy draw: @escaping Draw) throws -> Variable {
    let outer = isDrawing
    isDrawing = true
    defer { isDrawing = outer }
    let value = try draw()
    guard takesDraws else {
      isDrawing = outer
      obstruct(.draw)
      return Variable(value)
    }
    draws.append((inputs.count, draw))
    return input(value)
  }

  /// Whether a variable is an operand, or was computed from one.
  public func holds(_ variable: Variable) -> Bool { variable.traced.trace == number }

  /// Whether a variable has no value, as it was computed where none are.
  func isOutline(_ variable: Variable) -> Bool {
    !computes && holds(variable) && inputNumber(of: variable) == nil
  }

  /// Notes that more happens than computation.
  public func obstruct(_ kind: Obstacle) {
    guard obstacle == nil, !isComputing, !isDrawing else { return }
    obstacle = (kind, presentSite?() ?? Recorder.current.site)
  }

  func noteMaking() { hasMadeParameters = true }

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
    operands.append(parameter.variable)
    parameters[ObjectIdentifier(parameter)] = node
    return node
  }

  private func place(_ node: Int) -> Place { Place(trace: number, node: Int32(node)) }

  /// Whether a variable depends on an operand.
  private func isNoted(_ variable: Variable) -> Bool { variable.traced.trace == number || variable.parameter != nil }

  func note(
    _ operation: Operation, _ inputs: Inputs, _ attributes: Attributes, _ variable: (Tensor) -> Variable
  ) throws(TensorError) -> Variable {
    let wasComputing = isComputing
    isComputing = true
    defer { isComputing = wasComputing }
    let operands = inputs.all
    let isNoted = !wasComputing && operands.contains(where: isNoted)
    let result = variable(try computes || !isNoted ? operation.kernel(inputs, attributes) : operation.outline(inputs, attributes))
    guard isNoted else { return result }
    let source = Graph.Source.result(operation, operands.map { node(of: $0) }, attributes)
    result.traced = place(graph.append(source, result.shape, result.dtype, site: Recorder.current.site))
    return result
  }

  /// Called by a traced variable whose value is read.
  func noteRead(of variable: Variable) {
    guard isNoted(variable) else { return }
    obstruct(.read)
  }
}

extension Variable {
  /// Whether it depends on an operand of the present trace.
  public var isTraced: Bool { traced != .nowhere && Recorder.current.trace != nil }

  /// Whether it was computed in a trace without values, so that it has none.
  public var isOutline: Bool { Recorder.current.trace?.isOutline(self) ?? false }
}
