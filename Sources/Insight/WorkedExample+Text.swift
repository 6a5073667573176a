import Learning

extension WorkedExample {
  /// The forward pass, the backward pass and the update, in at most `width` columns.
  public func text(width: Int = 80) -> String {
    var lines: [String] = []
    func add(_ name: String, _ rows: [[Double]]) { lines += named(name, rows, width) }
    lines.append("FORWARD")
    if let first = layers.first { add("x", first.input) }
    for layer in layers {
      lines.append("\(layer.name)\(layer.activation.isEmpty ? "" : ", \(layer.activation)")")
      add("  z = x · W + b", layer.z)
      if !layer.activation.isEmpty { add("  a = \(layer.activation)(z)", layer.a) }
    }
    add("target", target)
    lines.append("loss \(lossName) = \(digits(loss, 8))")
    lines += ["", "BACKWARD"]
    for layer in layers.reversed() {
      lines.append(layer.name)
      add("  δ = ∂L/∂z", layer.delta)
      for weight in layer.weights { add("  ∂L/∂\(weight.name)", weight.gradient) }
    }
    lines += ["", "UPDATE by \(optimizer)"]
    for layer in layers {
      for weight in layer.weights {
        add("\(layer.name).\(weight.name)", weight.value)
        add("  becomes", weight.next)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The name, then the rows, beside it or below where that is too wide; large ones are cut.
  private func named(_ name: String, _ rows: [[Double]], _ width: Int) -> [String] {
    let most = 8
    let shown = rows.prefix(most).map { $0.prefix(most).map { digits($0, 6) } + ($0.count > most ? ["…"] : []) }
    let cell = shown.flatMap { $0 }.map(\.count).max() ?? 0
    let texts = shown.map { row in
      "[" + row.map { String(repeating: " ", count: cell - $0.count) + $0 }.joined(separator: "  ") + "]"
    }
    let more = rows.count > most ? ["… \(rows.count - most) more rows"] : []
    let label = name + "  "
    let indent = min(label.count, 22)
    if texts.count == 1, label.count + texts[0].count <= width { return [label + texts[0]] + more }
    let space = String(repeating: " ", count: indent)
    let fitting = (texts + more).map { text in
      let line = space + text
      return line.count <= width ? line : String(line.prefix(width - 1)) + "…"
    }
    if label.count <= indent, let first = fitting.first {
      return [label + first.dropFirst(indent).description] + fitting.dropFirst()
    }
    return [name] + fitting
  }
}
