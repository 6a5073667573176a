extension ImageSheet {
  /// Two rows of pixels in each line of text.
  func text(_ style: TextFigureStyle) -> String {
    let wide = images.map(\.columns).max() ?? 1
    let pixel = style.isUnicode && style.hasColor ? 1 : wide <= 12 ? 2 : 1
    let fitting = max(1, min(columns, (style.width + 1) / (min(wide, style.width / pixel) * pixel + 1)))
    var lines = title.map { [$0.printable.cut(to: style.width)] } ?? []
    for start in stride(from: 0, to: images.count, by: fitting) {
      let row = start..<min(start + fitting, images.count)
      let blocks = row.map { block(images[$0].shrunk(toRows: 40, columns: style.width / pixel), style, pixel) }
      let height = blocks.map(\.count).max() ?? 0
      for line in 0..<height {
        lines.append(
          blocks.map { line < $0.count ? $0[line] : String(repeating: " ", count: wide * pixel) }.joined(separator: " "))
      }
      if !labels.isEmpty {
        let names = row.map { (labels.indices.contains($0) ? labels[$0].printable : "").cut(to: wide * pixel) }
        lines.append(names.map { $0.padded(to: wide * pixel) }.joined(separator: " ").trimmedRight)
      }
      lines.append("")
    }
    return lines.dropLast().joined(separator: "\n")
  }

  private func block(_ image: Grid, _ style: TextFigureStyle, _ pixel: Int) -> [String] {
    guard let range = image.range else { return [] }
    let ends = ColorMap.grey.ends(of: range)
    func share(_ row: Int, _ column: Int) -> Double {
      row < image.rows ? (image[row, column] - ends.lowerBound) / (ends.upperBound - ends.lowerBound) : 0
    }
    let shades = Array(style.isUnicode ? " ░▒▓█" : " .:-=+*#%@")
    guard style.hasColor, style.isUnicode else {
      return (0..<image.rows).map { row in
        (0..<image.columns).map { column in
          let shade = shades[min(shades.count - 1, max(0, Int(share(row, column) * Double(shades.count))))]
          return String(repeating: shade, count: pixel)
        }.joined()
      }
    }
    return stride(from: 0, to: image.rows, by: 2).map { row in
      (0..<image.columns).map { column in
        ColorMap.grey.color(share(row, column)).foreground() + ColorMap.grey.color(share(row + 1, column)).background() + "▀"
      }.joined() + "\u{1B}[0m"
    }
  }
}

extension NetworkDrawing {
  /// Layer by layer, with the weights where they are few.
  func text(_ style: TextFigureStyle) -> String {
    var lines = title.map { [$0.printable.cut(to: style.width)] } ?? []
    let arrow = style.isUnicode ? "→" : "->"
    lines.append(columns.map { "\($0.name.printable) (\($0.count))" }.joined(separator: " \(arrow) ").cut(to: style.width))
    for (i, column) in columns.enumerated() {
      lines.append("")
      lines.append("\(column.name.printable)  \(column.detail.printable)".cut(to: style.width))
      if !column.values.isEmpty {
        lines.append(
          "  " + column.values.prefix(10).map { TickText.short($0, figures: 3) }.joined(separator: "  ").cut(to: style.width - 2))
      }
      guard i > 0, !column.weights.isEmpty else { continue }
      lines += weightLines(column, style)
    }
    return lines.map(\.trimmedRight).joined(separator: "\n")
  }

  /// Rows are neurons of the layer before; beyond ten of either the rest is only counted.
  private func weightLines(_ column: Column, _ style: TextFigureStyle) -> [String] {
    let most = 10
    let cells = column.weights.prefix(most).map { $0.prefix(most).map { TickText.short($0, figures: 3) } }
    let width = cells.flatMap { $0 }.map(\.count).max() ?? 0
    let fitting = max(1, min(most, (style.width - 8) / (width + 2)))
    var lines = cells.enumerated().map { i, row in
      "  [\(i)] " + row.prefix(fitting).map { $0.indented(to: width) }.joined(separator: "  ")
        + (column.count > fitting ? (style.isUnicode ? " …" : " ..") : "")
    }
    if column.weights.count > most { lines.append("  \(style.isUnicode ? "…" : "..") \(column.weights.count - most) more rows") }
    return lines
  }
}
