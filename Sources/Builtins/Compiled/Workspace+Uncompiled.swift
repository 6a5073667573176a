import Diagnostics
import Execution
import Gradients

extension Workspace {
  /// Says why something is not run as a plan.
  ///
  /// - Parameter span: what is in the way, where that is known.
  func say(_ name: String, runsUncompiledFor reason: Trace.Reason, at span: Span?) {
    let line = span.map { "line \($0.start.line)" } ?? "it"
    let width = front.textStyle.width
    let said = "note: \(name) runs uncompiled: \(line) \(reason.kind.words)".wrapped(to: width, indent: 2)
    let help = "help: \(reason.kind.help)".wrapped(to: width - 2, indent: 2)
    let indented = help.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    front.write(said + "\n" + indented + "\n", toErrors: true)
  }

  /// Watches what functions of the program read from outside of them, for a training that is traced.
  func watching(_ machine: Machine) -> () -> () -> Bool {
    {
      let (watch, outer) = (Watch(machine), machine.observer)
      machine.observer = watch.note
      var isWatching = true
      return {
        if isWatching { machine.observer = outer }
        isWatching = false
        return watch.isUnchanged
      }
    }
  }

  /// What tells of trainings that run uncompiled: of each line that is in the way once.
  func uncompiledTraining(_ name: String, _ machine: Machine) -> (Trace.Reason) -> Void {
    { [unowned self] reason in
      let span = machine.span(ofSite: Int(reason.site))
      guard !uncompiledReasons.contains(where: { $0 == (span, reason.kind) }) else { return }
      uncompiledReasons.append((span, reason.kind))
      say(name, runsUncompiledFor: reason, at: span)
    }
  }
}

extension Trace.Obstacle {
  /// What is said of the line that is in the way.
  fileprivate var words: String {
    switch self {
    case .read: "turns a tensor's value into a number, a truth, a text or an index"
    case .change: "writes to something outside of the function"
    case .stop: "leads to where the debugger may stop"
    case .changing: "reads something that changes from step to step"
    case .output: "shows or asks something"
    case .clock: "looks at the clock"
    case .chance: "draws something other than a tensor"
    case .draw: "draws at random, otherwise than a layer does"
    case .result: "gives back an argument, or what is no tensor, number, text or list of these"
    }
  }

  fileprivate var help: String {
    switch self {
    case .read: "choose with where(); give what decides as a number, which is an argument of its own"
    case .change: "return the new values, and write them outside"
    case .stop: "take the breakpoint away, and it runs as a plan again"
    case .changing: "keep it in a parameter, whose value is read at each step"
    case .output: "return the value, and show it outside"
    case .clock: "measure outside"
    case .chance: "draw tensors with rand, randn, randint or permutation"
    case .draw: "let a layer draw, as dropout does: each step can then be gone through again"
    case .result: "return tensors alone, or lists, tuples and dictionaries of them"
    }
  }
}
