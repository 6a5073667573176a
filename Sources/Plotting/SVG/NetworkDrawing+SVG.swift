extension NetworkDrawing {
  func drawn() -> (SVGWriter, Figure.Size) {
    let rows = columns.map(NetworkDrawing.shown)
    let longest = columns.map { SVGWriter.width(of: $0.name, size: 12 * SVGWriter.boldness) + 8 }.max() ?? 0
    let across = min(190, max(72.0, longest, 640 / Double(max(1, columns.count))))
    let top = title == nil ? 14.0 : 40
    let tallest = rows.map(height).max() ?? 0
    let hasLines = columns.contains { !$0.weights.isEmpty || !$0.flows.isEmpty }
    let bottom = top + tallest + 44
    let size = Figure.Size(width: max(across * Double(columns.count), 240), height: bottom + (hasLines ? 22 : 0))
    var writer = SVGWriter()
    if let title { writer.text(title, 12, 22, size: 15, isBold: true, room: size.width - 24) }
    let places = rows.enumerated().map { i, shown in
      place(shown, x: (Double(i) + 0.5) * across, middle: top + tallest / 2)
    }
    let largest = columns.flatMap { $0.flows.isEmpty ? $0.weights.flatMap { $0 } : $0.flows.map(\.value) }.filter(\.isFinite).map(
      abs
    ).max()
    for column in columns.indices.dropFirst() {
      for line in lines(to: column) {
        guard let start = places[column - 1].neurons[line.from], let end = places[column].neurons[line.to] else { continue }
        draw(line, from: start, to: end, largest ?? 1, &writer)
      }
    }
    for (i, column) in columns.enumerated() {
      for (neuron, (x, y)) in places[i].neurons.sorted(by: { $0.key < $1.key }) {
        writer.circle(x, y, 10.5, fill: Palette.neuron, stroke: Palette.axis, tooltip: "\(column.name)[\(neuron)]")
        if !column.marked.isEmpty, column.count > 1 { writer.text("\(neuron)", x, y + 3.5, anchor: .middle, size: 9.5) }
      }
      for (x, y) in places[i].gaps { writer.text("⋮", x, y + 5, anchor: .middle, size: 16) }
      let x = (Double(i) + 0.5) * across
      writer.text(column.name, x, bottom - 24, anchor: .middle, size: 12, isBold: true, room: across)
      writer.text(column.detail, x, bottom - 8, anchor: .middle, size: 11, room: across - 4)
    }
    if hasLines { drawSigns(size, &writer) }
    return (writer, size)
  }

  private static let step = 34.0
  private static let gap = 22.0

  private func height(_ shown: [Int?]) -> Double { shown.reduce(0) { $0 + ($1 == nil ? Self.gap : Self.step) } }

  /// The places of one column's neurons, and of the signs that some are left out.
  private func place(
    _ shown: [Int?], x: Double, middle: Double
  ) -> (neurons: [Int: (Double, Double)], gaps: [(Double, Double)]) {
    var neurons: [Int: (Double, Double)] = [:]
    var gaps: [(Double, Double)] = []
    var y = middle - height(shown) / 2
    for neuron in shown {
      let step = neuron == nil ? Self.gap : Self.step
      if let neuron { neurons[neuron] = (x, y + step / 2) } else { gaps.append((x, y + step / 2)) }
      y += step
    }
    return (neurons, gaps)
  }

  /// A line between two neurons, with what a reader is told of it.
  private struct Line {
    let from: Int
    let to: Int
    let value: Double
    let tooltip: String
  }

  private func lines(to column: Int) -> [Line] {
    let (before, here) = (columns[column - 1], columns[column])
    guard here.flows.isEmpty else {
      return here.flows.map { flow in
        let way = "\(before.name)[\(flow.from)] → \(here.name)[\(flow.to)]: \(TickText.short(flow.value))"
        return Line(from: flow.from, to: flow.to, value: flow.value, tooltip: way)
      }
    }
    var lines: [Line] = []
    for case let from? in NetworkDrawing.shown(of: before) where from < here.weights.count {
      for case let to? in NetworkDrawing.shown(of: here) where to < here.weights[from].count {
        var tooltip = "\(here.name).weight[\(from), \(to)] = \(TickText.short(here.weights[from][to]))"
        if from < here.gradients.count, to < here.gradients[from].count {
          tooltip += ", gradient \(TickText.short(here.gradients[from][to]))"
        }
        lines.append(Line(from: from, to: to, value: here.weights[from][to], tooltip: tooltip))
      }
    }
    return lines
  }

  private func draw(
    _ line: Line, from start: (Double, Double), to end: (Double, Double), _ largest: Double, _ writer: inout SVGWriter
  ) {
    guard line.value.isFinite else { return }
    let share = largest > 0 ? abs(line.value) / largest : 0
    writer.line(
      start.0, start.1, end.0, end.1, Palette.sign(of: line.value), width: 0.5 + 3.2 * share, opacity: 0.25 + 0.7 * share,
      tooltip: line.tooltip)
  }

  private func drawSigns(_ size: Figure.Size, _ writer: inout SVGWriter) {
    var left = 12.0
    for (value, text) in [(1.0, signs.positive), (-1.0, signs.negative)] {
      writer.line(left, size.height - 12, left + 18, size.height - 12, Palette.sign(of: value), width: 3)
      writer.text(text, left + 24, size.height - 8, size: 11, room: size.width / 2 - 30)
      left += SVGWriter.width(of: text, size: 11) + 44
    }
  }
}
