import Execution
import Gradients
import Tensors

/// A compiled function for one combination of arguments and surroundings.
final class CompiledVersion {
  let way: Way
  private let arguments: [Snapshot]
  private let watch: Watch
  private let dtype: DType
  private let isRecording: Bool
  /// The parameters that are read, with whether they were frozen.
  private let parameters: [(parameter: Parameter, isFrozen: Bool)]

  enum Way {
    case planned(PlannedCall)
    /// With why it runs as it is.
    case plain(Trace.Reason)
  }

  init(_ way: Way, _ arguments: [Snapshot], _ watch: Watch, _ parameters: [Parameter], dtype: DType, isRecording: Bool) {
    self.way = way
    self.arguments = arguments
    self.watch = watch
    self.dtype = dtype
    self.isRecording = isRecording
    self.parameters = parameters.map { ($0, $0.isFrozen) }
  }

  var isPlanned: Bool {
    if case .planned = way { true } else { false }
  }

  /// Whether it runs as it is only because a debugger may stop in it, or has stopped there.
  var isForStops: Bool {
    if case .plain((.stop, _)) = way { true } else { false }
  }

  /// Whether it does what the function would do now, for these arguments.
  func matches(_ values: [Value], _ operands: inout [Variable]) -> Bool {
    guard isRecording == Recorder.current.isRecording, dtype == .defaultFloat, arguments.count == values.count else {
      return false
    }
    for i in arguments.indices where !arguments[i].matches(values[i], &operands) { return false }
    guard isPlanned else { return !isForStops || watch.mayBeStopped }
    for (parameter, isFrozen) in parameters where parameter.isFrozen != isFrozen { return false }
    return watch.isUnchanged
  }
}

/// A run of a function that is noted: it computes the result of the call at hand, and what the calls after it need.
final class Tracing {
  let trace = Trace(takesDraws: true)
  private let snapshots: [Snapshot]
  private let values: [Value]
  private var operands: [Variable] = []
  private let watch: Watch
  private let machine: Machine
  private let workspace: Workspace
  private var containers: Set<ObjectIdentifier> = []
  private let dtype = DType.defaultFloat

  init(_ values: [Value], _ machine: Machine, _ workspace: Workspace) throws(RuntimeError) {
    self.values = values
    self.machine = machine
    watch = Watch(machine)
    self.workspace = workspace
    var operands: [Variable] = []
    snapshots = values.map { Snapshot(argument: $0, &operands) }
    self.operands = operands
    trace.presentSite = { Int32(truncatingIfNeeded: machine.site) }
  }

  func run(_ function: ([Value]) throws(RuntimeError) -> Value) throws(RuntimeError) -> Value {
    let inputs = try engine { try operands.map { try trace.input($0) } }
    let substitution = try Substitution(values, inputs, in: workspace)
    containers = substitution.containers
    machine.observer = watch.note
    defer { machine.observer = nil }
    let result: Value
    do throws(RuntimeError) {
      result = try trace.run { () throws(RuntimeError) in try function(substitution.arguments) }
    } catch {
      try substitution.undo()
      throw error
    }
    try substitution.undo()
    return result
  }

  /// What calls like this one do from now on.
  func version(giving result: Value) throws -> CompiledVersion {
    trace.presentSite = nil
    Recorder.current.site = Recorder.noSite
    var again: [Variable] = []
    let areArgumentsUnchanged = zip(snapshots, values).allSatisfy { $0.matches($1, &again) }
    if !areArgumentsUnchanged || !watch.isUnchanged || dtype != .defaultFloat { trace.obstruct(.change) }
    var computed: [Variable] = []
    let form = ResultForm(result, in: trace, given: containers, &computed)
    if form == nil { trace.obstruct(.result) }
    let parameters = trace.inputs.compactMap { if case .parameter(let parameter) = $0 { parameter } else { nil } }
    // A parameter that each call makes is another each time.
    if trace.hasMadeParameters { trace.obstruct(.change) }
    let way: CompiledVersion.Way
    if let obstacle = trace.obstacle {
      way = .plain(obstacle)
    } else if let form {
      way = .planned(try PlannedCall(trace, computed, form, operandCount: operands.count))
    } else {
      preconditionFailure("what has no form is an obstacle")
    }
    return CompiledVersion(
      way, snapshots, watch, parameters, dtype: dtype, isRecording: Recorder.current.isRecording)
  }
}
