extension ImageSheet {
  func drawn() -> (SVGWriter, Figure.Size) {
    let side = images.isEmpty ? 0 : min(96, max(28, 640 / Double(columns)))
    let gap = 8.0
    let line = labels.isEmpty ? 0 : 17.0
    let top = title == nil ? 8.0 : 36
    var writer = SVGWriter()
    if let title { writer.text(title, 8, 22, size: 15, isBold: true) }
    for (i, image) in images.enumerated() {
      let left = gap + Double(i % columns) * (side + gap)
      let upper = top + Double(i / columns) * (side + gap + line)
      draw(image, &writer, left, upper, side)
      if labels.indices.contains(i) {
        writer.text(labels[i], left + side / 2, upper + side + 14, anchor: .middle, size: 11.5)
      }
    }
    let width = gap + Double(min(columns, max(1, images.count))) * (side + gap)
    return (writer, Figure.Size(width: max(width, 60), height: top + Double(rows) * (side + gap + line)))
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

extension NetworkDrawing {
  func drawn() -> (SVGWriter, Figure.Size) {
    let tallest = columns.map { Self.shown(of: $0.count).count }.max() ?? 1
    let (across, down) = (max(110.0, min(190, 640 / Double(max(1, columns.count)))), 34.0)
    let top = title == nil ? 26.0 : 50
    let height = top + Double(tallest) * down + 46
    let width = across * Double(max(1, columns.count))
    var writer = SVGWriter()
    if let title { writer.text(title, 12, 22, size: 15, isBold: true) }
    let middle = top + Double(tallest) * down / 2
    func place(_ column: Int, _ i: Int) -> (Double, Double) {
      let count = Self.shown(of: columns[column].count).count
      return ((Double(column) + 0.5) * across, middle + (Double(i) - Double(count - 1) / 2) * down)
    }
    let largest = columns.flatMap(\.weights).flatMap { $0 }.filter(\.isFinite).map(abs).max() ?? 1
    for column in columns.indices.dropFirst() { drawEdges(column, largest, place, &writer) }
    for (i, column) in columns.enumerated() {
      for (j, neuron) in Self.shown(of: column.count).enumerated() {
        let (x, y) = place(i, j)
        draw(neuron, of: column, &writer, x, y)
      }
      let x = (Double(i) + 0.5) * across
      writer.text(column.name, x, height - 26, anchor: .middle, size: 12.5, isBold: true)
      writer.text(column.detail, x, height - 10, anchor: .middle, size: 11)
    }
    return (writer, Figure.Size(width: width, height: height))
  }

  private func drawEdges(
    _ column: Int, _ largest: Double, _ place: (Int, Int) -> (Double, Double), _ writer: inout SVGWriter
  ) {
    let (before, here) = (columns[column - 1], columns[column])
    for (i, from) in Self.shown(of: before.count).enumerated() {
      for (j, to) in Self.shown(of: here.count).enumerated() {
        guard let from, let to, from < here.weights.count, to < here.weights[from].count else { continue }
        let weight = here.weights[from][to]
        guard weight.isFinite else { continue }
        let share = largest > 0 ? abs(weight) / largest : 0
        let (start, end) = (place(column - 1, i), place(column, j))
        let color = weight < 0 ? Palette.series(1) : Palette.series(0)
        var tooltip = "\(here.name).weight[\(from), \(to)] = \(TickText.short(weight))"
        if from < here.gradients.count, to < here.gradients[from].count {
          tooltip += ", gradient \(TickText.short(here.gradients[from][to]))"
        }
        writer.line(
          start.0, start.1, end.0, end.1, color, width: 0.5 + 3.2 * share, opacity: 0.25 + 0.7 * share, tooltip: tooltip)
      }
    }
  }

  private func draw(_ neuron: Int?, of column: Column, _ writer: inout SVGWriter, _ x: Double, _ y: Double) {
    guard let neuron else {
      writer.text("⋮", x, y + 5, anchor: .middle, size: 16)
      return
    }
    let value = neuron < column.values.count ? column.values[neuron] : nil
    let tooltip = "\(column.name)[\(neuron)]" + (value.map { " = \(TickText.short($0))" } ?? "")
    writer.circle(x, y, 10.5, fill: Color(0xF4F6F8), stroke: Palette.ink, tooltip: tooltip)
    if let value {
      writer.text(TickText.short(value, figures: 2), x, y + 3.5, anchor: .middle, size: 9, color: Color(0x24292F))
    }
  }
}
