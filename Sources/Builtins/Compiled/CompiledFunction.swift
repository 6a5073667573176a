import Checking
import Diagnostics
import Execution
import Gradients
import Tensors

/// What `@compiled` makes of a function: it is traced for each combination of shapes, types and other arguments, and run as a plan
/// from then on. Where that cannot be, it runs as it is.
final class CompiledFunction: @unchecked Sendable {
  // Unchecked: made and called on the thread of one session.
  let name: String
  private let callee: Value
  private let signature: Signature
  private let workspace: Workspace
  /// What was traced, the latest used first.
  private(set) var versions: [CompiledVersion] = []
  private var isExplained = false
  private var hasMadeParameters = false

  /// Versions that are kept.
  private static let mostVersions = 64
  /// Versions that cannot be compiled, after which no further one is tried.
  private static let mostFailures = 8

  init(_ callee: Value, _ signature: Signature, in workspace: Workspace) {
    self.callee = callee
    self.signature = signature
    self.workspace = workspace
    name = callee.functionName
  }

  /// What stands for a function under `@compiled`.
  static func native(_ function: FunctionObject, in workspace: Workspace) -> NativeFunction {
    let compiled = CompiledFunction(.function(function), function.signature, in: workspace)
    return NativeFunction(function.name, function.signature, engine: compiled) { call throws(RuntimeError) in
      try compiled.call(call.arguments, call.machine)
    }
  }

  /// - Parameter values: in the order of the parameters; those not given are unbound.
  func call(_ values: [Value], _ machine: Machine) throws(RuntimeError) -> Value {
    // Within another trace it is a part of that one.
    guard Trace.current == nil else { return try plain(values, machine) }
    // Whoever wants to stop in it has it run as it is written.
    if case .function(let function) = callee, machine.mayStop(in: function) { return try plain(values, machine) }
    var operands: [Variable] = []
    guard let version = version(for: values, &operands) else { return try traced(values, machine) }
    try workspace.mark(machine)
    guard case .planned(let planned) = version.way else { return try plain(values, machine) }
    let chance = workspace.chance
    do {
      return try planned.run(operands, in: workspace)
    } catch let error as TensorError where error.kind != .interrupted {
      // As the function itself says it, at its place, or catches it.
      workspace.chance = chance
      return try plain(values, machine)
    } catch {
      throw RuntimeError(engine: error)
    }
  }

  /// The version for some arguments, which is put first; none where they have to be traced.
  func version(for values: [Value], _ operands: inout [Variable]) -> CompiledVersion? {
    for (i, version) in versions.enumerated() {
      operands.removeAll(keepingCapacity: true)
      guard version.matches(values, &operands) else { continue }
      if i > 0 { versions.insert(versions.remove(at: i), at: 0) }
      return version
    }
    return nil
  }

  private func plain(_ values: [Value], _ machine: Machine) throws(RuntimeError) -> Value {
    try machine.call(callee, signature.arguments(values))
  }

  private func traced(_ values: [Value], _ machine: Machine) throws(RuntimeError) -> Value {
    // What ran as it is for the debugger alone is no failure, and is tried anew.
    versions.removeAll(where: \.isForStops)
    guard versions.count(where: { !$0.isPlanned }) < CompiledFunction.mostFailures else { return try plain(values, machine) }
    let tracing = try Tracing(values, machine, workspace)
    let result = try tracing.run { arguments throws(RuntimeError) in try plain(arguments, machine) }
    // Weights that layers made this time are there the next time.
    if tracing.trace.hasMadeParameters, !hasMadeParameters {
      hasMadeParameters = true
      return result
    }
    let version = try engine { try tracing.version(giving: result) }
    if case .plain(let obstacle) = version.way { explain(obstacle, machine) }
    if versions.count == CompiledFunction.mostVersions { versions.removeLast() }
    versions.insert(version, at: 0)
    return result
  }

  /// The plan for some arguments, which it has read; none where there can be none.
  func plan(for arguments: Arguments, _ machine: Machine) throws(RuntimeError) -> Plan? {
    let values = try machine.bind(arguments, to: signature, of: name)
    // The first call may have made weights.
    for _ in 0..<2 {
      var operands: [Variable] = []
      if version(for: values, &operands) != nil { break }
      _ = try call(values, machine)
    }
    _ = try call(values, machine)
    var operands: [Variable] = []
    guard case .planned(let planned)? = version(for: values, &operands)?.way else { return nil }
    return planned.function.plan
  }

  /// Says once why the function runs as it is.
  private func explain(_ obstacle: Trace.Reason, _ machine: Machine) {
    guard !isExplained else { return }
    isExplained = true
    workspace.say(name, runsUncompiledFor: obstacle, at: machine.span(ofSite: Int(obstacle.site)) ?? start)
  }

  /// Where the function begins.
  private var start: Span? {
    if case .function(let function) = callee { function.start } else { nil }
  }
}

extension Signature {
  /// Values in the order of the parameters as the arguments of a call.
  fileprivate func arguments(_ values: [Value]) -> Arguments {
    var arguments = Arguments()
    var isSkipped = false
    for (parameter, value) in zip(parameters, values) {
      switch (parameter.kind, value) {
      case (.rest, .tuple(let rest)): arguments.positional += rest.elements
      case (.keywords, .dict(let dict)):
        for (key, value) in dict.pairs {
          if case .string(let name) = key { arguments.keywords.append((name.text, value)) }
        }
      case (_, .unbound): isSkipped = true
      case (.plain, _) where !isSkipped, (.positionalOnly, _): arguments.positional.append(value)
      default: arguments.keywords.append((parameter.name, value))
      }
    }
    return arguments
  }
}
