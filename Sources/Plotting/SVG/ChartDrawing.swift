/// Draws one chart: frame, grid lines, ticks, legend, then the marks.
struct ChartDrawing {
  let chart: Chart
  let id: String
  let x: Scale
  let y: Scale
  private(set) var plot: Box
  var writer = SVGWriter()
  /// The number of the next mark that takes a colour of its own.
  var colorNumber = 0

  struct Box {
    var left: Double
    var top: Double
    var width: Double
    var height: Double
    var right: Double { left + width }
    var bottom: Double { top + height }
  }

  private let yTicks: [(value: Double, text: String)]
  private let legend: [(name: String, color: Color)]
  private let legendRows: [[Int]]

  init(_ chart: Chart, id: String) {
    self.chart = chart
    self.id = id
    let padding = chart.fillsAxes ? 0 : 0.04
    x = Scale(chart.xAxis, data: chart.xData, padding: padding)
    y = Scale(chart.yAxis, data: chart.yData, padding: padding)
    legend = chart.legendEntries
    yTicks =
      chart.yAxis.names.isEmpty
      ? y.ticks(near: max(3, Int(chart.height / 55))) : chart.yAxis.names.enumerated().map { (Double($0), $1) }
    let widest = yTicks.map { SVGWriter.width(of: $0.text, size: 11.5) }.max() ?? 0
    let left = min(chart.width * 0.35, widest + 14) + (chart.yAxis.label == nil ? 4 : 22)
    let right = chart.coloredCells == nil ? 16.0 : 84
    var rows: [[Int]] = []
    var room = 0.0
    for (i, entry) in legend.enumerated() {
      let width = SVGWriter.width(of: entry.name) + 34
      if rows.isEmpty || width > room {
        rows.append([])
        room = chart.width - left - right
      }
      rows[rows.count - 1].append(i)
      room -= width
    }
    legendRows = rows
    let top = (chart.title == nil ? 14.0 : 38) + Double(rows.count) * 20
    let bottom = 30 + (chart.xAxis.label == nil ? 0.0 : 20)
    plot = Box(
      left: left, top: top, width: max(20, chart.width - left - right), height: max(20, chart.height - top - bottom))
  }

  mutating func draw() -> SVGWriter {
    if let title = chart.title { writer.text(title, plot.left, 22, size: 15, isBold: true) }
    drawLegend()
    drawAxes()
    let box = plot
    var inner = self
    inner.writer = SVGWriter()
    if chart.marks.isEmpty {
      writer.text("no data", box.left + box.width / 2, box.top + box.height / 2, anchor: .middle, size: 13)
    }
    for mark in chart.marks { inner.draw(mark) }
    let marks = inner.writer
    writer.clipped(id + "-c", box.left - 1, box.top - 1, box.width + 2, box.height + 2) { $0.insert(marks, x: 0, y: 0) }
    if let cells = chart.coloredCells { drawColorBar(cells) }
    return writer
  }

  /// The place of a pair of numbers; nil where they have none.
  func place(_ valueX: Double, _ valueY: Double) -> (Double, Double)? {
    guard let shareX = x.share(valueX), let shareY = y.share(valueY) else { return nil }
    let down = isTopDown ? shareY : 1 - shareY
    return (plot.left + shareX * plot.width, plot.top + down * plot.height)
  }

  /// Whether the y axis runs from the top, as the rows of a matrix.
  private var isTopDown: Bool { chart.coloredCells?.isTopDown ?? false }

  private mutating func drawLegend() {
    for (row, entries) in legendRows.enumerated() {
      var left = plot.left
      let middle = (chart.title == nil ? 16.0 : 40) + Double(row) * 20
      for i in entries {
        writer.rectangle(left, middle - 6, 16, 5, fill: legend[i].color)
        writer.text(legend[i].name, left + 22, middle + 1)
        left += SVGWriter.width(of: legend[i].name) + 34
      }
    }
  }

  private mutating func drawAxes() {
    let isGridded = !chart.fillsAxes
    for tick in yTicks {
      guard let (_, height) = place(midX, tick.value), height >= plot.top - 0.5, height <= plot.bottom + 0.5 else { continue }
      if isGridded { writer.line(plot.left, height, plot.right, height, Palette.faint, width: 0.7, opacity: 0.35) }
      writer.text(shortened(tick.text, to: plot.left - 8), plot.left - 8, height + 4, anchor: .end, size: 11.5)
    }
    for tick in xTicks {
      guard let (across, _) = place(tick.value, midY), across >= plot.left - 0.5, across <= plot.right + 0.5 else { continue }
      if isGridded, chart.xAxis.names.isEmpty {
        writer.line(across, plot.top, across, plot.bottom, Palette.faint, width: 0.7, opacity: 0.2)
      }
      writer.text(tick.text, across, plot.bottom + 17, anchor: .middle, size: 11.5)
    }
    writer.line(plot.left, plot.bottom, plot.right, plot.bottom, Palette.ink, width: 1)
    writer.line(plot.left, plot.top, plot.left, plot.bottom, Palette.ink, width: 1)
    if let label = chart.xAxis.label {
      writer.text(label, plot.left + plot.width / 2, plot.bottom + 38, anchor: .middle, size: 12.5)
    }
    if let label = chart.yAxis.label {
      writer.text(label, 16, plot.top + plot.height / 2, anchor: .middle, size: 12.5, turn: -90)
    }
  }

  // Any number that has a place will do: only the other coordinate is asked for.
  private var midX: Double { x.range.upperBound }
  private var midY: Double { y.range.upperBound }

  private var xTicks: [(value: Double, text: String)] {
    guard chart.xAxis.names.isEmpty else { return namedTicks }
    let widest = x.ticks(near: 6).map { SVGWriter.width(of: $0.text, size: 11.5) }.max() ?? 30
    return x.ticks(near: max(2, min(8, Int(plot.width / max(64, widest * 1.7)))))
  }

  /// Every name, or as many as have room.
  private var namedTicks: [(value: Double, text: String)] {
    let names = chart.xAxis.names
    let room = plot.width / Double(max(1, names.count))
    let widest = names.map { SVGWriter.width(of: $0, size: 11.5) + 8 }.max() ?? 0
    let step = widest <= room ? 1 : min(names.count, max(1, Int((min(widest, 90) / room).rounded(.up))))
    return stride(from: 0, to: names.count, by: step).map { (Double($0), shortened(names[$0], to: max(room * Double(step), 30))) }
  }

  private func shortened(_ text: String, to width: Double) -> String {
    guard SVGWriter.width(of: text, size: 11.5) > width, text.count > 4 else { return text }
    return String(text.prefix(max(3, Int(width / 7) - 1))) + "…"
  }

  private mutating func drawColorBar(_ cells: Cells) {
    guard let range = cells.grid.range else { return }
    let ends = cells.colors.ends(of: range)
    let (left, steps) = (plot.right + 14, 40)
    let height = plot.height / Double(steps)
    for i in 0..<steps {
      let share = (Double(i) + 0.5) / Double(steps)
      writer.rectangle(
        left, plot.bottom - Double(i + 1) * height, 12, height + 0.5, fill: cells.colors.color(share), isCrisp: true)
    }
    var axis = Axis()
    axis.limits = ends
    let scale = Scale(axis, data: nil)
    for tick in scale.ticks(near: 5) {
      guard let share = scale.share(tick.value), share >= -0.001, share <= 1.001 else { continue }
      writer.text(tick.text, left + 17, plot.bottom - share * plot.height + 4, size: 10.5)
    }
    if let label = cells.label { writer.text(label, chart.width - 8, plot.top - 8, anchor: .end, size: 11.5) }
  }
}
