import JupyterWire

extension Notebook {
  /// A cell with every field that it has.
  struct Cell {
    private var content: JSON.Object

    /// A cell as it stands in a file; nil where it is none.
    init?(_ json: JSON) {
      guard let object = json.object, object["cell_type"]?.string != nil, Self.text(object["source"]) != nil else { return nil }
      content = object
    }

    /// A new cell of code.
    init(code: String, tags: [String]) {
      content = [
        "cell_type": "code", "execution_count": nil, "id": "", "metadata": ["tags": .array(tags.map(JSON.string))],
        "outputs": [], "source": .lines(of: code),
      ]
    }

    var isCode: Bool { content["cell_type"]?.string == "code" }
    var id: String? { content["id"]?.string }
    var source: String { Self.text(content["source"]) ?? "" }

    func hasTag(_ tag: String) -> Bool { content["metadata"]?["tags"]?.array?.contains(.string(tag)) ?? false }

    /// What became of it; none of both: it did not run.
    mutating func setOutcome(_ outputs: [JSON], count: Int?) {
      content["execution_count"] = count.map(JSON.integer) ?? .null
      content["outputs"] = .array(outputs)
    }

    func identified(_ id: String) -> JSON.Object {
      var object = content
      object["id"] = .string(id)
      if object["metadata"]?.object == nil { object["metadata"] = [:] }
      if isCode {
        if object["execution_count"] == nil { object["execution_count"] = .null }
        if object["outputs"] == nil { object["outputs"] = [] }
      }
      return object
    }

    /// A text, or its lines.
    private static func text(_ json: JSON?) -> String? {
      switch json {
      case .string(let text): return text
      case .array(let lines):
        let texts = lines.compactMap(\.string)
        return texts.count == lines.count ? texts.joined() : nil
      default: return nil
      }
    }
  }
}

extension JSON {
  /// A text as notebooks hold it: its lines with their ends.
  static func lines(of text: String) -> JSON {
    var lines: [JSON] = []
    var rest = text.unicodeScalars[...]
    while let end = rest.firstIndex(of: "\n") {
      let next = rest.index(after: end)
      lines.append(.string(String(rest[..<next])))
      rest = rest[next...]
    }
    if !rest.isEmpty { lines.append(.string(String(rest))) }
    return .array(lines)
  }
}
