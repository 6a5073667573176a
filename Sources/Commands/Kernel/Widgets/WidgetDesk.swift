import Builtins
import Execution
import JupyterServer
import JupyterWire

/// The controls that pages draw: each is a comm with the state of a widgets' model.
///
/// A control's comm is closed when the program has dropped it and no cell shows it; a panel's when its cell runs again, or is one of too many.
final class WidgetDesk: ControlFront, @unchecked Sendable {
  // Unchecked: touched with the floor taken, but for `board`, which is made for others.
  let board = WidgetBoard()
  /// By the id of the model.
  private var controls: [String: ShownControl] = [:]
  private var controlIDs: [ObjectIdentifier: String] = [:]
  private var panels: [ShownPanel] = []
  /// Controls that a cell shows stay as long as it does, whether or not a name holds them.
  private var kept: [(cell: String, control: ControlObject)] = []
  /// Panels that wait for a call with their newest values.
  private var stale: [Panel] = []

  /// Where messages go now, and the cell that runs.
  var output: (any KernelOutput)?
  var cell: String?
  /// What the running program displays goes through the front.
  private unowned let front: NotebookFront

  private static let mostPanels = 64
  private static let mostControls = 1000
  private static let mostKept = 200

  private struct ShownControl {
    weak var control: ControlObject?
    /// The control's own first.
    var models: [String]
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
    if let id = controlIDs[ObjectIdentifier(control)], let shown = controls[id], shown.control === control {
      // `interact` names what had no name when it was shown first.
      let label = JSON.string(control.label)
      if board.field("description", of: id) != label {
        board.update(id, ["description": label], on: output)
        let style = WidgetModel.style(of: control.kind, labelWidth: labelWidth)
        board.update(shown.models[2], style.fields, on: output)
      }
      return id
    }
    guard controlIDs.count < Self.mostControls else { return nil }
    let layout = board.open(.layout(of: control.kind), on: output)
    let style = board.open(.style(of: control.kind, labelWidth: max(labelWidth, 2)), on: output)
    let id = board.open(WidgetModel(of: control, layout: layout, style: style), on: output)
    controls[id] = ShownControl(control: control, models: [id, layout, style])
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
    let layout = board.open(.layout(["margin": "0.5em 0 0 0", "overflow": "auto"]), on: output)
    let live = board.open(.output(panel.outputs, layout: layout), on: output)
    let boxLayout = board.open(.layout(["width": "100%"]), on: output)
    let box = board.open(.column(children + [live], layout: boxLayout), on: output)
    let displayID = "bp-live-" + live
    panel.outputsChanged = { [weak self, unowned panel] in
      guard let self else { return }
      board.update(live, ["outputs": .array(panel.outputs.map(\.cellOutput))], on: output)
    }
    panels.append(ShownPanel(panel: panel, cell: cell, models: [box, live, boxLayout, layout], displayID: displayID))
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

  /// Takes what a person has done on a page; false for a comm that is opened and not wanted.
  func receive(_ comm: CommMessage) -> Bool {
    switch comm.kind {
    // One that is open already is not opened again, and stays.
    case .open: return board.comms[comm.id] != nil
    // A page that closes a model has no more use for it; others may.
    case .close: return true
    case .message:
      guard let control = controls[comm.id]?.control else { return true }
      switch comm.data["method"]?.string {
      case "update": set(control, comm.id, comm.data["state"])
      case "custom": if comm.data["content"]?["event"]?.string == "click" { press(control) }
      default: break
      }
      return true
    }
  }

  private func set(_ control: ControlObject, _ id: String, _ state: JSON?) {
    guard let (name, _) = WidgetModel.setting(of: control), let given = state?[name] else { return }
    let before = control.setting
    let isTaken = WidgetModel.setting(from: given, for: control.kind).map(control.set) ?? false
    guard let (_, value) = WidgetModel.setting(of: control) else { return }
    // Other pages follow; the one that sent something impossible goes back.
    board.update(id, [name: value], method: isTaken ? "echo_update" : "update", on: output)
    if control.setting != before { touch(control) }
  }

  private func press(_ control: ControlObject) {
    guard control.kind == .button else { return }
    control.press()
    touch(control)
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
    for (id, shown) in controls where shown.control == nil {
      controls[id] = nil
      close(shown.models)
    }
    controlIDs = controlIDs.filter { controls[$0.value] != nil }
  }

  private func close(_ shown: ShownPanel) {
    close(shown.models)
    stale.removeAll { $0 === shown.panel }
  }

  private func close(_ models: [String]) {
    for id in models { board.close(id, on: output) }
  }
}
