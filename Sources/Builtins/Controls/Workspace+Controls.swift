import Execution
import Glibc

extension Workspace {
  /// A slider; of whole numbers where its ends and its step are whole.
  func slider(
    _ low: Value, _ high: Value, value: Value?, step: Value?, isLog: Bool, label: String
  ) throws(RuntimeError) -> ControlObject {
    func number(_ value: Value, _ name: String) throws(RuntimeError) -> Double {
      guard let number = value.asNumber, number.isFinite else {
        throw RuntimeError(.typeError, "slider: \(name) must be a finite number, not \(try value.text())")
      }
      return number
    }
    let (first, last) = (try number(low, "low"), try number(high, "high"))
    guard first < last else {
      throw RuntimeError(
        .valueError, "slider goes from the smaller number to the larger, but got \(try low.text()) and \(try high.text())")
    }
    let start = try value.map { value throws(RuntimeError) in try number(value, "value") }
    if let start, !(first...last).contains(start) {
      throw RuntimeError(.valueError, "slider: value \(start) is not between \(try low.text()) and \(try high.text())")
    }
    let width = try step.map { step throws(RuntimeError) in try number(step, "step") }
    if let width, width <= 0 { throw RuntimeError(.valueError, "slider: step must be above 0, not \(width)") }
    if isLog {
      guard first > 0 else {
        throw RuntimeError(
          .valueError, "a logarithmic slider needs ends above 0, but got \(try low.text())", help: "start it at a small number")
      }
      guard step == nil else { throw RuntimeError(.valueError, "a logarithmic slider has no step=") }
      return ControlObject(
        .logSlider(low: first, high: last), .number(start ?? sqrt(first) * sqrt(last)), label: label,
        in: self)
    }
    if let low = low.whole, let high = high.whole, step.map({ $0.whole != nil }) ?? true, value.map({ $0.whole != nil }) ?? true {
      return ControlObject(
        .wholeSlider(low: low, high: high, step: step?.whole ?? 1), .whole(value?.whole ?? low + (high - low) / 2), label: label,
        in: self)
    }
    guard (last - first).isFinite else {
      throw RuntimeError(.valueError, "slider: from \(try low.text()) to \(try high.text()) is too far")
    }
    return ControlObject(
      .slider(low: first, high: last, step: width ?? (last - first) / 100), .number(start ?? (first + (last - first) / 2)),
      label: label, in: self)
  }

  /// A choice among the items of a list, or by the keys of a dictionary.
  func choice(
    _ options: Value, value: Value?, isMenu: Bool, label: String, on machine: Machine
  ) throws(RuntimeError) -> ControlObject {
    var (labels, values): ([String], [Value]) = ([], [])
    if case .dict(let dict) = options {
      for (key, value) in dict.pairs {
        labels.append(try key.text())
        values.append(value)
      }
    } else {
      values = try machine.items(of: options)
      for value in values { labels.append(try value.optionLabel()) }
    }
    guard !labels.isEmpty, labels.count <= 1000 else {
      throw RuntimeError(.valueError, "a choice needs from 1 to 1000 options, but got \(labels.count)")
    }
    var place = 0
    if let value {
      let wanted = try value.optionLabel()
      guard let found = labels.firstIndex(of: wanted) else {
        throw RuntimeError(
          .valueError, "\(wanted) is not among the options", help: "the options are \(labels.prefix(8).joined(separator: ", "))")
      }
      place = found
    }
    return ControlObject(
      .choice(labels: labels, isMenu: isMenu), .whole(place), label: label, options: values, in: self)
  }

  /// The control that an argument of `interact` stands for.
  func control(for value: Value, name: String, on machine: Machine) throws(RuntimeError) -> ControlObject {
    let control: ControlObject
    switch value.boxed {
    case .foreign(let object as ControlObject):
      control = object
    case .bool(let flag): control = ControlObject(.checkbox, .flag(flag), in: self)
    case .string(let text): control = ControlObject(.textField, .text(text.text), in: self)
    case .int(let number):
      if value.whole == nil {
        control = ControlObject(.wholeField, .whole(number), in: self)
      } else {
        let (low, high) = number == 0 ? (0, 1) : number > 0 ? (-number, 3 * number) : (3 * number, -number)
        control = ControlObject(.wholeSlider(low: low, high: high, step: 1), .whole(number), in: self)
      }
    case .float(let number) where abs(number) < 1e300:
      let (low, high) = number == 0 ? (0, 1) : number > 0 ? (-number, 3 * number) : (3 * number, -number)
      control = ControlObject(.slider(low: low, high: high, step: (high - low) / 100), .number(number), in: self)
    case .tuple(let ends) where (2...3).contains(ends.elements.count) && ends.elements.allSatisfy { $0.asNumber != nil }:
      let parts = ends.elements
      control = try slider(
        parts[0], parts[1], value: nil, step: parts.count == 3 ? parts[2] : nil, isLog: false, label: "")
    case .list, .tuple, .dict, .range: control = try choice(value, value: nil, isMenu: true, label: "", on: machine)
    default:
      throw RuntimeError(
        .typeError, "interact: \(name) is \(value.typeName), for which there is no control",
        help: "give a slider(…), (low, high), a list of choices, True or False, a number or a text")
    }
    if control.label.isEmpty { control.label = name }
    return control
  }
}

extension Value {
  /// A number that is no flag.
  fileprivate var asNumber: Double? {
    switch boxed {
    case .int(let number): Double(number)
    case .float(let number): number
    default: nil
    }
  }

  /// A whole number that a page can hold.
  fileprivate var whole: Int? {
    if case .int(let number) = boxed, number.magnitude < 1 << 53 { number } else { nil }
  }

  /// What stands for it in a menu: a function's name, anything else as it prints.
  fileprivate func optionLabel() throws(RuntimeError) -> String {
    switch boxed {
    case .function(let function): function.name
    case .native(let function): function.name
    default: String(try text().prefix(200))
    }
  }
}
