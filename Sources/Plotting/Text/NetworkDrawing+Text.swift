extension NetworkDrawing {
  /// Layer by layer, with the weights where they are few.
  func text(_ style: TextFigureStyle) -> String {
    var lines = title.map { [spelled($0, to: style.width, style)] } ?? []
    lines.append(spelled(columns.map { "\($0.name) (\($0.count))" }.joined(separator: " → "), to: style.width, style))
    for (i, column) in columns.enumerated() {
      lines.append("")
      lines.append(spelled("\(column.name)  \(column.detail)", to: style.width, style))
      guard i > 0, !column.weights.isEmpty else { continue }
      lines += rows(of: column.weights, column, style)
      // Those of large layers would fill screens.
      guard !column.gradients.isEmpty, column.gradients.count * column.count <= 64 else { continue }
      lines += ["  gradient"] + rows(of: column.gradients, column, style)
    }
    return lines.map(\.trimmedRight).joined(separator: "\n")
  }

  /// Rows are neurons of the layer before; beyond ten of either the rest is only counted.
  private func rows(of matrix: [[Double]], _ column: Column, _ style: TextFigureStyle) -> [String] {
    let most = 10
    let cells = matrix.prefix(most).map { $0.prefix(most).map { TickText.short($0, figures: 3) } }
    let width = cells.flatMap { $0 }.map(\.count).max() ?? 0
    let fitting = max(1, min(most, (style.width - 8) / (width + 2)))
    var lines = cells.enumerated().map { i, row in
      "  [\(i)] " + row.prefix(fitting).map { $0.indented(to: width) }.joined(separator: "  ")
        + (column.count > fitting ? (style.isUnicode ? " …" : " ..") : "")
    }
    if matrix.count > most { lines.append("  \(style.isUnicode ? "…" : "..") \(matrix.count - most) more rows") }
    return lines
  }
}
