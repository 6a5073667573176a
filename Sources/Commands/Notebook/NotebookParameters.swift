import Diagnostics
import Execution
import JupyterWire
import Parsing

/// The values that a notebook is run with, as `papermill` reads and places them.
struct NotebookParameters: Equatable {
  private(set) var values: [(name: String, value: JSON)] = []

  static func == (left: Self, right: Self) -> Bool {
    left.values.elementsEqual(right.values) { $0.name == $1.name && $0.value == $1.value }
  }

  mutating func set(_ name: String, _ value: JSON) {
    values.removeAll { $0.name == name }
    values.append((name, value))
  }

  /// Takes `name=value`.
  ///
  /// - Parameter isText: whether the value is a text, whatever it looks like.
  mutating func add(_ words: String, isText: Bool) throws(UsageError) {
    guard let sign = words.firstIndex(of: "=") else {
      throw UsageError(message: "a parameter is written name=value, not \(words)", help: "bpsh run NOTEBOOK -p rate=0.1")
    }
    let name = String(words[..<sign])
    guard name.isName else { throw UsageError(message: "a parameter has a name of the language, not \(name)") }
    let text = String(words[words.index(after: sign)...])
    set(name, isText ? .string(text) : Self.value(text))
  }

  /// Takes the members of an object.
  mutating func add(_ json: JSON) throws(NotebookError) {
    guard let object = json.object else { throw NotebookError("it holds no object of names and values") }
    for member in object.members {
      guard member.name.isName else { throw NotebookError("a parameter has a name of the language, not \(member.name)") }
      set(member.name, member.value)
    }
  }

  private static func value(_ text: String) -> JSON {
    switch text {
    case "True", "true": .bool(true)
    case "False", "false": .bool(false)
    case "None", "none": .null
    default: Int(text).map(JSON.integer) ?? number(text) ?? .string(text)
    }
  }

  /// A fraction as Python's `float` reads it; Swift's own also takes hexadecimals.
  private static func number(_ text: String) -> JSON? {
    guard !text.utf8.contains(where: { $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "X") || $0 == UInt8(ascii: "(") }) else {
      return nil
    }
    return Double(text).map(JSON.number)
  }

  // MARK: The cell

  /// Puts the values into the notebook.
  ///
  /// - Returns: what the person should know of it.
  func inject(into notebook: inout Notebook) -> [String] {
    guard !values.isEmpty else { return [] }
    let cell = Notebook.Cell(code: code, tags: ["injected-parameters"])
    let declared = notebook.cells.firstIndex { $0.hasTag("parameters") }
    if let old = notebook.cells.firstIndex(where: { $0.hasTag("injected-parameters") }) {
      notebook.cells[old] = cell
    } else {
      notebook.cells.insert(cell, at: declared.map { $0 + 1 } ?? 0)
    }
    guard let declared else { return ["no cell is tagged parameters: the values stand at the top"] }
    // Its text ends where its names are known.
    let source = notebook.cells[declared].source
    let known = CursorPlace(source, source.utf8.count).boundNames
    return values.map(\.name).filter { !known.contains($0) }.map { name in
      "the cell tagged parameters has no \(name)" + (nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? "")
    }
  }

  private var code: String {
    (["# Parameters"] + values.map { "\($0.name) = \(Self.literal($0.value))" }).joined(separator: "\n")
  }

  private static func literal(_ value: JSON) -> String {
    if case .number(let number) = value, !number.isFinite { return "float(\"\(FloatText.repr(number))\")" }
    // Nothing of this is large or in a circle, so there is nothing to fail.
    return (try? Self.value(value).representation()) ?? "None"
  }

  private static func value(_ json: JSON) -> Value {
    switch json {
    case .null: .none
    case .bool(let value): .bool(value)
    case .integer(let value): .int(value)
    case .number(let value): .float(value)
    case .string(let text): .string(text)
    case .array(let elements): .list(elements.map(value))
    case .object(let object): .dict(DictObject(object.members.map { ($0.name, value($0.value)) }))
    }
  }
}
