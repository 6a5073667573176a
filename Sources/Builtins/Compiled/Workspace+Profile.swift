import Checking
import Execution
import Gradients
import Learning

extension Workspace {
  /// What `profile(f, x, …)` gives.
  func profile(_ call: Call) throws(RuntimeError) -> Value {
    let callee = call[0]
    guard callee.isFunction else { throw call.wrong(0) }
    guard Trace.current == nil else {
      throw RuntimeError(.valueError, "what is compiled cannot profile itself", help: "call profile outside of the function")
    }
    let arguments = Arguments(call.rest(1), keywords: call.keywords(2))
    if case .foreign(is NetworkObject) = callee, arguments.keywords.contains(where: { $0.name != "training" }) {
      let all = Arguments([callee] + arguments.positional, keywords: arguments.keywords)
      return try call.machine.call(.native(profileOfStep), all)
    }
    return try profile(callee, arguments, call.machine)
  }

  private func profile(
    _ callee: Value, _ arguments: Arguments, _ machine: Machine
  ) throws(RuntimeError) -> Value {
    var arguments = arguments
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
    return try profile(try compiled.plan(for: arguments, machine), of: compiled.name, machine)
  }

  /// What `profile(net, x, y, loss=, optimizer=)` gives: the plan of a step of training. What comes after `y` is as in `train`.
  private var profileOfStep: NativeFunction {
    let parameters: [Checking.Parameter] = [
      .required("net", .network), .required("x", .tensor), .required("y", .tensor),
      Checking.Parameter("loss", .keywordOnly, wants: .lossFunction),
      Checking.Parameter("optimizer", .keywordOnly, wants: .optimizer),
      .named("clip", "None", .positive), .named("clip_value", "None", .positive), .named("record", "True", .flag),
    ]
    return NativeFunction("profile", Signature(parameters)) { [unowned self] call throws(RuntimeError) in
      let (network, machine) = (try call.network(0), call.machine)
      guard let data = try dataset(.tuple([call[1], call[2]])) else { throw call.wrong(1) }
      var options = TrainingOptions(loss: try call.loss(3, in: self), optimizer: try call.optimizer(4, in: self))
      options.clip = call.has(5) ? try call.float(5) : nil
      options.clipValue = call.has(6) ? try call.float(6) : nil
      options.record = try call.truth(7, default: true)
      try mark(machine)
      let name = "a step of training"
      let observer = TrainingObserver(
        runsUncompiled: uncompiledTraining(name, machine), presentSite: { Int32(truncatingIfNeeded: machine.site) })
      return try profile(try engine { try network.stepPlan(on: data, options, observer: observer) }, of: name, machine)
    }
  }

  private func profile(_ plan: Plan?, of name: String, _ machine: Machine) throws(RuntimeError) -> Value {
    guard let plan else {
      throw RuntimeError(
        .valueError, "\(name) runs uncompiled, so there is no plan to look at",
        help: "the note above says what is in the way")
    }
    return try engine {
      let lines = plan.listing.sites.map { machine.span(ofSite: Int($0))?.start.line }
      return .foreign(ProfileObject(try PlanProfile(plan), of: name, lines: lines))
    }
  }
}
