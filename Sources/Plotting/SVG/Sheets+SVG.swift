extension ImageSheet {
  func drawn() -> (SVGWriter, Figure.Size) {
    let side = images.isEmpty ? 0 : min(96, max(28, 640 / Double(columns)))
    let gap = 8.0
    let line = labels.isEmpty ? 0 : 17.0
    let top = title == nil ? 8.0 : 36
    var writer = SVGWriter()
    let width = max(60, gap + Double(min(columns, max(1, images.count))) * (side + gap))
    if let title { writer.text(title, 8, 22, size: 15, isBold: true, room: max(width, 240) - 16) }
    if images.isEmpty { writer.text("nothing to show", 8, top + 16, size: 13) }
    for (i, image) in images.enumerated() {
      let left = gap + Double(i % columns) * (side + gap)
      let upper = top + Double(i / columns) * (side + gap + line)
      draw(image, &writer, left, upper, side)
      if labels.indices.contains(i) {
        writer.text(labels[i], left + side / 2, upper + side + 14, anchor: .middle, size: 11.5, room: side + gap)
      }
    }
    let height = images.isEmpty ? top + 28 : top + Double(rows) * (side + gap + line)
    return (writer, Figure.Size(width: title == nil && !images.isEmpty ? width : max(width, 240), height: height))
  }

  private func draw(_ image: Grid, _ writer: inout SVGWriter, _ left: Double, _ top: Double, _ side: Double) {
    let grid = image.shrunk(toRows: 64, columns: 64)
    guard let range = image.range, grid.rows > 0, grid.columns > 0 else { return }
    let ends = ColorMap.grey.ends(of: range)
    let size = side / Double(max(grid.rows, grid.columns))
    writer.rectangle(left, top, size * Double(grid.columns), size * Double(grid.rows), fill: Color(0))
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        let share = (grid[row, column] - ends.lowerBound) / (ends.upperBound - ends.lowerBound)
        guard share > 0.004 else { continue }
        writer.rectangle(
          left + Double(column) * size, top + Double(row) * size, size + 0.2, size + 0.2, fill: ColorMap.grey.color(share),
          isCrisp: true)
      }
    }
  }
}

extension TextSheet {
  /// In letters of one width, so that columns stay below each other.
  func drawn() -> (SVGWriter, Figure.Size) {
    let (size, line) = (12.0, 17.0)
    var writer = SVGWriter()
    for (i, text) in lines.enumerated() where !text.isEmpty {
      // A line that begins at the margin heads those below it.
      let isHeading = !text.hasPrefix(" ") && lines.indices.contains(i + 1) && lines[i + 1].hasPrefix(" ")
      writer.text(text, 12, 8 + line * (Double(i) + 0.75), size: size, isBold: isHeading, isFixed: true)
    }
    let widest = lines.map(\.columns).max() ?? 0
    return (writer, Figure.Size(width: Double(widest) * size * 0.61 + 24, height: Double(lines.count) * line + 16))
  }
}
