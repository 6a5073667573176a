import Diagnostics
import Execution

/// A function with controls for its arguments, and what its last call has shown.
///
/// It is called again when a control has changed; only the newest values count.
public final class Panel: @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  private let function: Value
  public let controls: [(name: String, control: ControlObject)]
  private let workspace: Workspace

  /// What the last call has shown, or the running one so far.
  public private(set) var outputs: [ShownOutput] = []
  private var hasRun = false
  /// Told when there is more to be seen.
  public var outputsChanged: (() -> Void)?

  init(calling function: Value, with controls: [(name: String, control: ControlObject)], in workspace: Workspace) {
    self.function = function
    self.controls = controls
    self.workspace = workspace
  }

  /// The controls in lines of text.
  func text() throws(RuntimeError) -> String {
    var lines: [String] = []
    for (_, control) in controls { lines.append(try control.text()) }
    return lines.joined(separator: "\n")
  }

  /// Calls the function with the controls' values and shows what it gives where the program shows things.
  func call(in machine: Machine) throws(RuntimeError) {
    var arguments = Arguments()
    arguments.keywords = controls.map { ($0.name, $0.control.value) }
    let result = try machine.call(function, arguments)
    if !result.isNone { workspace.front.display(try workspace.shown(result), id: nil, isUpdate: false) }
  }

  /// Calls the function, and keeps what it shows as the panel's output.
  ///
  /// - Parameter keepsError: whether an error is part of that; it is thrown in any case.
  public func run(in machine: Machine, keepsError: Bool) throws(RuntimeError) {
    let outer = workspace.front
    let live = LiveFront(within: outer) { [self] outputs in
      self.outputs = outputs
      outputsChanged?()
    }
    // What the program prints goes through the front too.
    workspace.front = live
    defer {
      workspace.front = outer
      outer.controls?.leaveBehind(self, isUpdate: hasRun)
      hasRun = true
    }
    do throws(RuntimeError) {
      try call(in: machine)
    } catch {
      let diagnostic = error.diagnostic
      let shown = ShownOutput.error(
        kind: diagnostic.kind, message: diagnostic.message,
        text: diagnostic.rendered(RenderingStyle(width: 90, emphasis: .weight)))
      live.finish(with: keepsError ? shown : nil)
      throw error
    }
    live.finish()
  }
}

/// A piece of what a live output shows.
public enum ShownOutput: Equatable, Sendable {
  case text(String, toErrors: Bool)
  case value(Representations, id: String?)
  case error(kind: String, message: String, text: String)
}
