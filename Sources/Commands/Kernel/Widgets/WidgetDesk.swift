import Builtins
import Execution
import JupyterServer
import JupyterWire
import Synchronization

/// The controls that pages draw: each is a comm with the state of a widgets' model.
///
/// A control's comm is closed when the program has dropped it and no cell shows it; a panel's when its cell runs again, or is one of too many.
final class WidgetDesk: ControlFront, @unchecked Sendable {
  // Unchecked: used on the thread that runs the cells, but for `targets`, which is made for others.
  private var entries: [String: Entry] = [:]
  private var controlIDs: [ObjectIdentifier: String] = [:]
  private var panels: [ShownPanel] = []
  /// Controls that a cell shows stay as long as it does, whether or not a name holds them.
  private var kept: [(cell: String, control: ControlObject)] = []
  private var desks: [String] = []
  private let targets = Mutex<[String: String]>([:])
  /// Panels that wait for a call with their newest values.
  private var stale: [Panel] = []

  /// Where messages go now, and the cell that runs.
  var output: (any KernelOutput)?
  var cell: String?
  /// What the running program displays goes through the front.
  private unowned let front: NotebookFront

  static let target = "jupyter.widget"
  static let deskTarget = "jupyter.widget.control"
  private static let version: JSON.Object = ["version": "2.1.0"]
  private static let mostPanels = 64
  private static let mostControls = 1000
  private static let mostKept = 200
  private static let mostDesks = 16

  private enum Entry {
    /// A layout, a style or a box: as it was made.
    case fixed(WidgetModel)
    case control(Weak, layout: String, style: String)
    case output(Panel, layout: String)
  }

  private final class Weak {
    weak var control: ControlObject?
    init(_ control: ControlObject) { self.control = control }
  }

  private struct ShownPanel {
    var panel: Panel
    var cell: String?
    /// The column first.
    var models: [String]
    var displayID: String
  }

  init(_ front: NotebookFront) {
    self.front = front
  }

  /// The open comms' targets.
  var comms: [String: String] { targets.withLock { $0 } }

  // MARK: Showing

  // Who only looks, as an inspector does, opens nothing: no page would hear of it.
  func model(of control: ControlObject) -> String? {
    guard output != nil else { return nil }
    if let panel = control.panel {
      // The button with what it shows beneath; one place each time that it is shown.
      return column(of: panel, controls: [control])
    }
    if let cell { keep(control, for: cell) }
    return open(control, labelWidth: control.label.count + 1)
  }

  func model(of panel: Panel) -> String? {
    output == nil ? nil : column(of: panel, controls: panel.controls.map(\.control))
  }

  private func keep(_ control: ControlObject, for cell: String) {
    if kept.contains(where: { $0.control === control }) { return }
    kept.append((cell, control))
    if kept.count > Self.mostKept { kept.removeFirst() }
  }

  private func open(_ control: ControlObject, labelWidth: Int) -> String? {
    if let id = controlIDs[ObjectIdentifier(control)], case .control(let known, _, _)? = entries[id], known.control === control {
      return id
    }
    guard controlIDs.count < Self.mostControls else { return nil }
    let layout = add(.fixed(.layout(of: control.kind)))
    let style = add(.fixed(.style(of: control.kind, labelWidth: max(labelWidth, 2))))
    let id = add(.control(Weak(control), layout: layout, style: style))
    controlIDs[ObjectIdentifier(control)] = id
    return id
  }

  private func column(of panel: Panel, controls: [ControlObject]) -> String? {
    // One model is drawn wherever it is shown.
    if let shown = panels.first(where: { $0.panel === panel }) { return shown.models[0] }
    let width = (controls.map(\.label.count).max() ?? 0) + 1
    var children: [String] = []
    for control in controls {
      guard let id = open(control, labelWidth: width) else { return nil }
      children.append(id)
    }
    let layout = add(.fixed(.layout(["margin": "0.5em 0 0 0", "overflow": "auto"])))
    let output = add(.output(panel, layout: layout))
    let boxLayout = add(.fixed(.layout(["width": "100%"])))
    let box = add(.fixed(.column(children + [output], layout: boxLayout)))
    let displayID = "bp-live-" + output
    panel.outputsChanged = { [weak self, unowned panel] in
      self?.send(CommMessage(.message, id: output, data: Self.update(["outputs": .array(panel.outputs.map(\.cellOutput))])))
    }
    panels.append(ShownPanel(panel: panel, cell: cell, models: [box, output, boxLayout, layout], displayID: displayID))
    if panels.count > Self.mostPanels { close(panels.removeFirst()) }
    return box
  }

  /// Shows what a panel's last call showed once more where no widgets are drawn: in the notebook's file and what is made of it.
  func leaveBehind(_ panel: Panel, isUpdate: Bool) {
    // What a button shows comes long after its cell, where no place is left for it.
    guard !panel.controls.isEmpty, let shown = panels.last(where: { $0.panel === panel }) else { return }
    var (text, svg): (String, String?) = ("", nil)
    for output in panel.outputs {
      switch output {
      case .text(let printed, _): text += printed
      case .value(let value, _):
        text += value.text + "\n"
        svg = value.svg ?? svg
      case .error(_, _, let error): text += error
      }
    }
    var kept = Representations(text: text, svg: svg)
    kept.live = .nothing
    front.display(kept, id: shown.displayID, isUpdate: isUpdate)
  }

  // MARK: What pages say

  /// Takes a message; false for a comm that is opened and not wanted.
  func receive(_ comm: CommMessage) -> Bool {
    switch comm.kind {
    case .open(let target):
      guard target == Self.deskTarget, entries[comm.id] == nil else { return false }
      if desks.count == Self.mostDesks { closeDesk(desks[0]) }
      desks.append(comm.id)
      targets.withLock { $0[comm.id] = target }
    case .close:
      desks.removeAll { $0 == comm.id }
      // A page that closes a model has no more use for it; others may.
      if entries[comm.id] == nil { targets.withLock { $0[comm.id] = nil } }
    case .message:
      if desks.contains(comm.id) {
        if comm.data["method"]?.string == "request_states" { send(CommMessage(.message, id: comm.id, data: allStates)) }
      } else if let entry = entries[comm.id] {
        take(comm, entry)
      }
    }
    return true
  }

  private func take(_ comm: CommMessage, _ entry: Entry) {
    switch comm.data["method"]?.string {
    case "request_state":
      if let model = model(entry) { send(CommMessage(.message, id: comm.id, data: Self.update(model.state))) }
    case "update":
      guard case .control(let known, _, _) = entry, let control = known.control,
        let (name, _) = WidgetModel.setting(of: control), let given = comm.data["state"]?[name]
      else { return }
      let before = control.setting
      let isTaken = WidgetModel.setting(from: given, for: control.kind).map(control.set) ?? false
      guard let (_, value) = WidgetModel.setting(of: control) else { return }
      // Other pages follow; the one that sent something impossible goes back.
      let method = isTaken ? "echo_update" : "update"
      send(CommMessage(.message, id: comm.id, data: Self.update([name: value], method: method)))
      if control.setting != before { touch(control) }
    case "custom":
      guard case .control(let known, _, _) = entry, let control = known.control, control.kind == .button,
        comm.data["content"]?["event"]?.string == "click"
      else { return }
      control.press()
      touch(control)
    default: break
    }
  }

  private func touch(_ control: ControlObject) {
    for shown in panels {
      let panel = shown.panel
      guard control.panel === panel || panel.controls.contains(where: { $0.control === control }) else { continue }
      if !stale.contains(where: { $0 === panel }) { stale.append(panel) }
    }
  }

  /// Calls the panels whose controls have changed, with the values as they stand now.
  func settle(in machine: Machine) {
    while !stale.isEmpty {
      let panel = stale.removeFirst()
      // An error is part of what the panel shows.
      try? panel.run(in: machine, keepsError: true)
    }
  }

  // MARK: Closing

  /// Closes what the cell that begins now had shown when it ran before.
  func begin(cell: String?) {
    self.cell = cell
    guard let cell else { return }
    for shown in panels where shown.cell == cell { close(shown) }
    panels.removeAll { $0.cell == cell }
    kept.removeAll { $0.cell == cell }
  }

  /// Closes the comms of controls that the program has dropped.
  func sweep() {
    for (id, entry) in entries {
      guard case .control(let known, let layout, let style) = entry, known.control == nil else { continue }
      for model in [id, layout, style] { close(model) }
    }
    controlIDs = controlIDs.filter { entries[$0.value] != nil }
  }

  private func close(_ shown: ShownPanel) {
    for model in shown.models { close(model) }
    stale.removeAll { $0 === shown.panel }
  }

  private func close(_ id: String) {
    entries[id] = nil
    targets.withLock { $0[id] = nil }
    send(CommMessage(.close, id: id))
  }

  private func closeDesk(_ id: String) {
    desks.removeAll { $0 == id }
    close(id)
  }

  // MARK: Models

  private func add(_ entry: Entry) -> String {
    let id = Author.randomID()
    entries[id] = entry
    targets.withLock { $0[id] = Self.target }
    if let model = model(entry) {
      send(
        CommMessage(
          .open(target: Self.target), id: id, data: ["state": .object(model.state), "buffer_paths": []],
          metadata: Self.version))
    }
    return id
  }

  private func model(_ entry: Entry) -> WidgetModel? {
    switch entry {
    case .fixed(let model): model
    case .control(let known, let layout, let style):
      known.control.map { WidgetModel(of: $0, layout: layout, style: style) }
    case .output(let panel, let layout): .output(panel.outputs, layout: layout)
    }
  }

  private var allStates: JSON.Object {
    var states = JSON.Object()
    for (id, entry) in entries {
      guard let model = model(entry) else { continue }
      states.append(
        id,
        [
          "model_name": .string(model.modelName), "model_module": .string(model.module.rawValue),
          "model_module_version": .string(model.module.version), "state": .object(model.state),
        ])
    }
    return ["method": "update_states", "states": .object(states), "buffer_paths": []]
  }

  private static func update(_ state: JSON.Object, method: String = "update") -> JSON.Object {
    ["method": .string(method), "state": .object(state), "buffer_paths": []]
  }

  private func send(_ comm: CommMessage) { output?.send(comm) }
}
