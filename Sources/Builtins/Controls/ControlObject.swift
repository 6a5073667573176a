import Execution

/// A control as a value: a person moves it, the program reads `.value`.
public final class ControlObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  public let kind: ControlKind
  public private(set) var setting: ControlSetting
  /// What stands beside it.
  public internal(set) var label: String
  /// The values that the labels of a choice stand for.
  private let options: [Value]
  /// What a press of a button calls, with what it shows beneath.
  public private(set) var panel: Panel?
  private let workspace: Workspace

  init(
    _ kind: ControlKind, _ setting: ControlSetting, label: String = "", options: [Value] = [], action: Value? = nil,
    in workspace: Workspace
  ) {
    self.kind = kind
    self.setting = setting
    self.label = label
    self.options = options
    self.workspace = workspace
    super.init()
    if let action { panel = Panel(calling: action, with: [], in: workspace) }
  }

  /// Takes what a person has set; false where it is out of the control's limits.
  public func set(_ setting: ControlSetting) -> Bool {
    guard kind.allows(setting) else { return false }
    // A page reckons in steps and powers of ten: what differs by rounding is the same.
    if case (.number(let old), .number(let new)) = (self.setting, setting), abs(new - old) <= 1e-12 * abs(old) { return true }
    self.setting = setting
    return true
  }

  /// Counts a press of a button.
  public func press() {
    if kind == .button, case .whole(let count) = setting { setting = .whole(count &+ 1) }
  }

  var value: Value {
    switch (kind, setting) {
    case (.choice, .whole(let place)): options[place]
    case (_, .whole(let number)): .int(number)
    case (_, .number(let number)): .float(number)
    case (_, .flag(let flag)): .bool(flag)
    case (_, .text(let text)): .string(text)
    }
  }

  public override var typeName: String { "control" }

  public override func text() throws(RuntimeError) -> String {
    let name = label.isEmpty ? "" : label + ": "
    let shown = kind == .button ? "pressed \(try value.text()) times" : try valueText()
    return switch kind {
    case .wholeSlider(let low, let high, _): "\(name)\(shown) (slider from \(low) to \(high))"
    case .slider(let low, let high, _): "\(name)\(shown) (slider from \(low) to \(high))"
    case .logSlider(let low, let high): "\(name)\(shown) (slider from \(low) to \(high), logarithmic)"
    case .choice(let labels, _): "\(name)\(shown) (one of \(labels.joined(separator: ", ")))"
    case .checkbox, .textField, .wholeField, .numberField: "\(name)\(shown)"
    case .button: "\(name)\(shown) (button)"
    }
  }

  private func valueText() throws(RuntimeError) -> String {
    if case .choice(let labels, _) = kind, case .whole(let place) = setting { return labels[place] }
    return try value.text()
  }

  public override func representations() throws(RuntimeError) -> Representations {
    var shown = Representations(text: try text())
    if let model = workspace.front.controls?.model(of: self) { shown.live = .model(model) }
    return shown
  }

  public override var attributeNames: [String] { ["value", "label"] }

  public override func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? {
    switch name {
    case "value": value
    case "label": .string(label)
    default: nil
    }
  }

  public override func help(forAttribute name: String) -> String? { "a control has .value and .label" }
}
