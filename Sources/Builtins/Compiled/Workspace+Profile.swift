import Checking
import Execution
import Gradients

extension Workspace {
  /// What `profile(f, x, …)` gives.
  func profile(_ call: Call) throws(RuntimeError) -> Value {
    let (callee, machine) = (call[0], call.machine)
    guard callee.isFunction else { throw call.wrong(0) }
    guard Trace.current == nil else {
      throw RuntimeError(.valueError, "what is compiled cannot profile itself", help: "call profile outside of the function")
    }
    var arguments = Arguments(call.rest(1), keywords: call.keywords(2))
    let compiled: CompiledFunction
    switch callee {
    case .native(let native):
      compiled =
        native.engine as? CompiledFunction
        ?? CompiledFunction(callee, Signature([.rest("arguments"), .keywords("settings")]), in: self)
    case .function(let function): compiled = CompiledFunction(callee, function.signature, in: self)
    default:
      compiled = CompiledFunction(callee, Signature([.rest("arguments"), .keywords("settings")]), in: self)
      for i in arguments.positional.indices { arguments.positional[i] = value(try variable(arguments.positional[i])) }
    }
    guard let plan = try compiled.plan(for: arguments, machine) else {
      throw RuntimeError(
        .valueError, "\(compiled.name) runs uncompiled, so there is no plan to look at",
        help: "the note above says what is in the way")
    }
    return try engine {
      let lines = plan.listing.sites.map { machine.span(ofSite: Int($0))?.start.line }
      return .foreign(ProfileObject(try PlanProfile(plan), of: compiled.name, lines: lines))
    }
  }
}
