import Execution
import Gradients
import Learning

/// What `check_gradients` found.
final class GradientCheckObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  let check: GradientCheck
  /// What the arguments are called.
  let names: [String]

  init(_ check: GradientCheck, names: [String]) {
    self.check = check
    self.names = names
  }

  override var typeName: String { "gradient_check" }

  override func truth() throws(RuntimeError) -> Bool { check.isOK }

  override var attributeNames: [String] { ["ok", "worst", "kinks"] }

  override func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? {
    switch name {
    case "ok": .bool(check.isOK)
    case "worst": .float(check.worst?.error ?? 0)
    case "kinks": .int(check.kinks.count)
    default: nil
    }
  }

  override func text() throws(RuntimeError) -> String {
    var lines = [
      "\(check.isOK ? "gradients agree" : "gradients DIFFER"): \(check.entries.count) entries, largest error \((check.worst?.error ?? 0).short)"
    ]
    var table = TextTable(["worst entries", "backprop", "central difference", "error"])
    for entry in check.worst(5) {
      table.add([
        place(entry), Figures.significant(entry.gradient, 9), Figures.significant(entry.difference, 9), entry.error.short,
      ])
    }
    if !check.entries.isEmpty { lines.append(table.text) }
    if !check.kinks.isEmpty { lines.append(kinks) }
    return lines.joined(separator: "\n")
  }

  /// Which entries stand at a kink, and what bends there.
  private var kinks: String {
    let shown = check.kinks.prefix(5).map(place) + (check.kinks.count > 5 ? ["\(check.kinks.count - 5) more"] : [])
    let verb = check.kinks.count == 1 ? "stands at a kink" : "stand at kinks"
    let bends = Set(check.bends.map(\.operation.name)).sorted()
    let source = bends.isEmpty ? "" : " of \(bends.joined(separator: ", "))"
    return "\(shown.joined(separator: ", ")) \(verb)\(source): left out, since there is no gradient to compare"
  }

  private func place(_ entry: GradientCheck.Entry) -> String {
    let name = names.indices.contains(entry.argument) ? names[entry.argument] : "argument \(entry.argument)"
    return entry.index.isEmpty ? name : "\(name)[\(entry.index.map(String.init).joined(separator: ", "))]"
  }
}
