import Checking
import Execution

extension Builtin {
  static let controls: [Builtin] = [
    Builtin(
      "slider",
      [
        .required("low", .number), .required("high", .number), .named("value", "None", .number), .named("step", "None", .number),
        .named("log", "False", .flag), .named("label", "\"\"", .text),
      ], .talking,
      "A slider for a number from low to high, whole where both ends and the step are; log=True makes equal ways equal factors. As a cell's result a notebook draws it; elsewhere it keeps its first value: value=, or the middle.",
      example: "rate = slider(0.001, 1, value=0.1, log=True)\nprint(rate.value)\n# 0.1"
    ) { call, workspace throws(RuntimeError) in
      .foreign(
        try workspace.slider(
          call[0], call[1], value: call.has(2) ? call[2] : nil, step: call.has(3) ? call[3] : nil,
          isLog: try call.truth(4, default: false), label: try call.string(5, default: "")))
    },
    Builtin(
      "dropdown", [.required("options", .list), .named("value", "None"), .named("label", "\"\"", .text)], .talking,
      "A menu of which one option is chosen: of a list, or by the keys of a dictionary. Its value is the option, at first value= or the first.",
      example: "size = dropdown({\"small\": 8, \"large\": 64})\nprint(size.value)\n# 8"
    ) { call, workspace throws(RuntimeError) in
      .foreign(
        try workspace.choice(
          call[0], value: call.has(1) ? call[1] : nil, isMenu: true, label: try call.string(2, default: ""), on: call.machine))
    },
    Builtin(
      "toggle", [.required("options", .list), .named("value", "None"), .named("label", "\"\"", .text)], .talking,
      "As dropdown, with the options side by side as buttons.", example: "print(toggle([relu, tanh]).value(0.0))\n# 0.0"
    ) { call, workspace throws(RuntimeError) in
      .foreign(
        try workspace.choice(
          call[0], value: call.has(1) ? call[1] : nil, isMenu: false, label: try call.string(2, default: ""), on: call.machine))
    },
    Builtin(
      "checkbox", [.optional("value", "False", .flag), .named("label", "\"\"", .text)], .talking,
      "A box to be ticked; its value is True or False.", example: "print(checkbox(True).value)\n# True"
    ) { call, workspace throws(RuntimeError) in
      .foreign(
        ControlObject(
          .checkbox, .flag(try call.truth(0, default: false)), label: try call.string(1, default: ""), in: workspace))
    },
    Builtin(
      "field", [.optional("value", "\"\"", .field), .named("label", "\"\"", .text)], .talking,
      "A field to be written in: text, a whole number or a number, as its first value is.",
      example: "print(field(0.5).value, field(\"adam\").value)\n# 0.5 adam"
    ) { call, workspace throws(RuntimeError) in
      let label = try call.string(1, default: "")
      switch call[0].boxed {
      case .int(let number): return .foreign(ControlObject(.wholeField, .whole(number), label: label, in: workspace))
      case .float(let number) where number.isFinite:
        return .foreign(ControlObject(.numberField, .number(number), label: label, in: workspace))
      case .float: throw call.wrong(0, wanted: "a finite number")
      default:
        let text = try call.string(0, default: "")
        return .foreign(ControlObject(.textField, .text(text), label: label, in: workspace))
      }
    },
    Builtin(
      "button", [.required("label", .text), .required("action", .function)], .talking,
      "A button that calls a function without arguments when it is pressed; what that shows appears beneath. Its value is the number of presses.",
      example: "again = button(\"Again\", lambda: print(\"pressed\"))\nprint(again.value)\n# 0"
    ) { call, workspace throws(RuntimeError) in
      .foreign(ControlObject(.button, .whole(0), label: try call.string(0), action: try call.function(1), in: workspace))
    },
    Builtin(
      "interact", [.required("function", .function), .keywords("controls")], .talking,
      "Calls a function with the values of controls, at once and whenever a person changes one; what it prints, shows and returns stands beneath them. (low, high) or (low, high, step) makes a slider, a list or dictionary a menu, True or False a checkbox, a number a slider around it, a text a field. Where nobody can move controls it is called once.",
      example:
        "def f(lr, n):\n    print(lr * n)\ninteract(f, lr=slider(0, 1, value=0.5), n=[8, 16])\n# 4.0"
    ) { call, workspace throws(RuntimeError) in
      let given = call.keywords(1)
      guard !given.isEmpty else {
        throw RuntimeError(
          .typeError, "interact needs at least one control",
          help: "name an argument of the function: interact(f, lr=slider(0.001, 1, log=True))")
      }
      var controls: [(name: String, control: ControlObject)] = []
      for (name, value) in given {
        controls.append((name, try workspace.control(for: value, name: name, on: call.machine)))
      }
      try workspace.interact(Panel(calling: try call.function(0), with: controls, in: workspace), on: call.machine)
      return .none
    },
  ]
}

extension Wanted {
  fileprivate static let field = Wanted("a text or a number", ["str", "int", "float"], example: "0.01")
}

extension Workspace {
  fileprivate func interact(_ panel: Panel, on machine: Machine) throws(RuntimeError) {
    guard let model = front.controls?.model(of: panel) else { return try panel.call(in: machine) }
    var shown = Representations(text: try panel.text())
    shown.live = .model(model)
    front.display(shown, id: nil, isUpdate: false)
    try panel.run(in: machine, keepsError: false)
  }
}
