import Builtins
import Glibc
import JupyterWire

/// The state of one model of Jupyter's widgets (protocol 2.1, ipywidgets 8), as the page that draws it wants it.
struct WidgetModel: Sendable {
  enum Module: String, Sendable {
    case base = "@jupyter-widgets/base"
    case controls = "@jupyter-widgets/controls"
    case output = "@jupyter-widgets/output"

    var version: String { self == .output ? "1.0.0" : "2.0.0" }
  }

  var module: Module
  /// `IntSlider`: its model is `IntSliderModel`, its view `IntSliderView`.
  var name: String
  var viewModule: Module
  var view: String
  var fields: JSON.Object

  init(
    _ name: String, in module: Module = .controls, view: String? = nil, viewIn viewModule: Module? = nil, _ fields: JSON.Object
  ) {
    self.name = name
    self.module = module
    self.view = view ?? name
    self.viewModule = viewModule ?? module
    self.fields = fields
  }

  var modelName: String { name + "Model" }

  var state: JSON.Object {
    var state: JSON.Object = [
      "_model_module": .string(module.rawValue), "_model_module_version": .string(module.version),
      "_model_name": .string(modelName), "_view_module": .string(viewModule.rawValue),
      "_view_module_version": .string(viewModule.version), "_view_name": .string(view + "View"), "_view_count": .null,
    ]
    for field in fields.members { state.append(field.name, field.value) }
    return state
  }

  static func reference(_ id: String) -> JSON { .string("IPY_MODEL_" + id) }
}

extension WidgetModel {
  /// How a control is drawn.
  init(of control: ControlObject, layout: String, style: String) {
    var fields: JSON.Object = [
      "description": .string(control.label), "layout": Self.reference(layout), "style": Self.reference(style),
      "disabled": false, "tooltip": .null,
    ]
    func add(_ more: JSON.Object) { for field in more.members { fields.append(field.name, field.value) } }
    let slides: JSON.Object = [
      "orientation": "horizontal", "readout": true, "continuous_update": true, "behavior": "drag-tap",
    ]
    switch control.kind {
    case .wholeSlider(let low, let high, let step):
      add(slides)
      add(["min": .integer(low), "max": .integer(high), "step": .integer(step), "readout_format": "d"])
    case .slider(let low, let high, let step):
      add(slides)
      add(["min": .number(low), "max": .number(high), "step": .number(step), "readout_format": ".3~g"])
    case .logSlider(let low, let high):
      let (first, last) = (log10(low), log10(high))
      add(slides)
      add([
        "base": 10, "min": .number(first), "max": .number(last), "step": .number(Self.logStep(of: control, first, last)),
        "readout_format": ".3~g",
      ])
    case .choice(let labels, let isMenu):
      add(["_options_labels": .array(labels.map(JSON.string))])
      if !isMenu { add(["button_style": "", "tooltips": [], "icons": []]) }
    case .checkbox: add(["indent": true])
    case .textField: add(["placeholder": "", "continuous_update": false])
    case .wholeField: add(["step": 1, "continuous_update": false])
    case .numberField: add(["step": .null, "continuous_update": false])
    case .button: add(["button_style": "primary", "icon": ""])
    }
    if let (name, value) = Self.setting(of: control) { fields.append(name, value) }
    self.init(Self.name(of: control.kind), fields)
  }

  /// About a hundred steps, one of which ends at the value: a page moves a slider to the nearest.
  private static func logStep(of control: ControlObject, _ first: Double, _ last: Double) -> Double {
    let step = (last - first) / 100
    guard case .number(let value) = control.setting else { return step }
    let way = log10(value) - first
    return way < step ? step : way / (way / step).rounded()
  }

  /// The field that a person changes, and how it stands.
  static func setting(of control: ControlObject) -> (name: String, value: JSON)? {
    switch (control.kind, control.setting) {
    case (.button, _): nil
    case (.choice, .whole(let place)): ("index", .integer(place))
    case (_, .whole(let number)): ("value", .integer(number))
    case (_, .number(let number)): ("value", .number(number))
    case (_, .flag(let flag)): ("value", .bool(flag))
    case (_, .text(let text)): ("value", .string(text))
    }
  }

  /// What a page says that a person has set.
  static func setting(from value: JSON, for kind: ControlKind) -> ControlSetting? {
    switch (kind, value) {
    case (.slider, .integer(let number)), (.logSlider, .integer(let number)), (.numberField, .integer(let number)):
      .number(Double(number))
    case (.wholeSlider, .number(let number)), (.wholeField, .number(let number)): Int(exactly: number).map(ControlSetting.whole)
    case (_, .integer(let number)): .whole(number)
    case (_, .number(let number)): .number(number)
    case (_, .bool(let flag)): .flag(flag)
    case (_, .string(let text)): .text(text)
    default: nil
    }
  }

  private static func name(of kind: ControlKind) -> String {
    switch kind {
    case .wholeSlider: "IntSlider"
    case .slider: "FloatSlider"
    case .logSlider: "FloatLogSlider"
    case .choice(_, let isMenu): isMenu ? "Dropdown" : "ToggleButtons"
    case .checkbox: "Checkbox"
    case .textField: "Text"
    case .wholeField: "IntText"
    case .numberField: "FloatText"
    case .button: "Button"
    }
  }

  /// The style of a control; labels of one panel are equally wide.
  static func style(of kind: ControlKind, labelWidth: Int) -> WidgetModel {
    let name =
      switch kind {
      case .wholeSlider, .slider, .logSlider: "SliderStyle"
      case .choice(_, let isMenu): isMenu ? "DescriptionStyle" : "ToggleButtonsStyle"
      case .checkbox: "CheckboxStyle"
      case .textField, .wholeField, .numberField: "TextStyle"
      case .button: "ButtonStyle"
      }
    let fields: JSON.Object =
      switch kind {
      case .button: [:]
      case .choice(_, isMenu: false): ["description_width": .string("\(labelWidth)ch"), "button_width": "max-content"]
      default: ["description_width": .string("\(labelWidth)ch")]
      }
    return WidgetModel(name, view: "Style", viewIn: .base, fields)
  }

  static func layout(of kind: ControlKind) -> WidgetModel {
    switch kind {
    case .wholeSlider, .slider, .logSlider: layout(["width": "30em", "max_width": "100%"])
    // The label beside the buttons, as with all others.
    case .choice(_, isMenu: false): layout(["width": "max-content", "max_width": "100%", "display": "flex"])
    default: layout(["width": "max-content", "max_width": "100%"])
    }
  }

  static func layout(_ fields: JSON.Object) -> WidgetModel { WidgetModel("Layout", in: .base, fields) }

  static func column(_ children: [String], layout: String) -> WidgetModel {
    WidgetModel(
      "VBox", ["children": .array(children.map(reference)), "layout": reference(layout), "box_style": ""])
  }

  static func output(_ outputs: [ShownOutput], layout: String) -> WidgetModel {
    WidgetModel(
      "Output", in: .output,
      ["msg_id": "", "outputs": .array(outputs.map(\.cellOutput)), "layout": reference(layout)])
  }
}

extension ShownOutput {
  /// As a notebook's file has it.
  var cellOutput: JSON {
    switch self {
    case .text(let text, let toErrors):
      ["output_type": "stream", "name": toErrors ? "stderr" : "stdout", "text": .string(text)]
    case .value(let shown, _):
      ["output_type": "display_data", "data": .object(shown.bundle.data), "metadata": [:]]
    case .error(let kind, let message, let text):
      [
        "output_type": "error", "ename": .string(kind), "evalue": .string(message),
        "traceback": .array(text.split(separator: "\n", omittingEmptySubsequences: false).map { .string(String($0)) }),
      ]
    }
  }
}
