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
  private let legend: [LegendEntry]
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
      ? y.ticks(near: max(1, min(10, Int((chart.height - 70) / 42)))) : chart.yAxis.names.enumerated().map { (Double($0), $1) }
    let widest = yTicks.map { SVGWriter.width(of: $0.text, size: 11.5) }.max() ?? 0
    let left = min(chart.width * 0.35, widest + 14) + (chart.yAxis.label == nil ? 4 : 22)
    let right = chart.coloredCells == nil ? 16.0 : 84
    legendRows = ChartDrawing.rows(legend, width: chart.width - left - right, most: max(1, Int(chart.height * 0.3 / 20)))
    let top = (chart.title == nil ? 14.0 : 38) + Double(legendRows.count) * 20
    let bottom = 30 + (chart.xAxis.label == nil ? 0.0 : 20)
    plot = Box(
      left: left, top: top, width: max(20, chart.width - left - right), height: max(20, chart.height - top - bottom))
  }

  /// The legend's entries row by row; beyond the last row the rest is only counted.
  private static func rows(_ legend: [LegendEntry], width: Double, most: Int) -> [[Int]] {
    var rows: [[Int]] = []
    var room = 0.0
    for (i, entry) in legend.enumerated() {
      let needed = min(width, SVGWriter.width(of: entry.name) + 34)
      if rows.isEmpty || needed > room {
        guard rows.count < most else { break }
        rows.append([])
        room = width
      }
      rows[rows.count - 1].append(i)
      room -= needed
    }
    return rows
  }

  mutating func draw() -> SVGWriter {
    if let title = chart.title {
      writer.text(title, plot.left, 22, size: 15, isBold: true, room: chart.width - plot.left - 8)
    }
    drawLegend()
    drawAxes()
    let box = plot
    var inner = self
    inner.writer = SVGWriter()
    if chart.isEmpty {
      writer.text("nothing to show", box.left + box.width / 2, box.top + box.height / 2, anchor: .middle, size: 13)
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
        draw(legend[i].sign, legend[i].index, left, middle - 3.5)
        let isLast = row == legendRows.count - 1 && i == entries.last && i < legend.count - 1
        let text = isLast ? "… \(legend.count - i) more" : legend[i].name
        writer.text(text, left + 22, middle + 1, room: plot.right - left - 22)
        left += SVGWriter.width(of: text) + 34
      }
    }
  }

  private mutating func draw(_ sign: LegendEntry.Sign, _ index: Int, _ left: Double, _ middle: Double) {
    let color = Palette.series(index)
    switch sign {
    case .line: writer.line(left, middle, left + 16, middle, color, width: 3, dashes: Palette.dashes(index))
    case .dot: writer.circle(left + 9, middle, 4, fill: color)
    case .area: writer.rectangle(left, middle - 4, 16, 8, fill: color, opacity: 0.85)
    }
  }

  private mutating func drawAxes() {
    let isGridded = !chart.fillsAxes
    for tick in yTicks {
      guard let (_, height) = place(midX, tick.value), height >= plot.top - 0.5, height <= plot.bottom + 0.5 else { continue }
      if isGridded { writer.line(plot.left, height, plot.right, height, Palette.faint, width: 0.7, opacity: 0.35) }
      writer.text(tick.text, plot.left - 8, height + 4, anchor: .end, size: 11.5, room: plot.left - 10)
    }
    for tick in xTicks {
      guard let (across, _) = place(tick.value, midY), across >= plot.left - 0.5, across <= plot.right + 0.5 else { continue }
      if isGridded, chart.xAxis.names.isEmpty {
        writer.line(across, plot.top, across, plot.bottom, Palette.faint, width: 0.7, opacity: 0.2)
      }
      writer.text(tick.text, across, plot.bottom + 17, anchor: .middle, size: 11.5, room: nameRoom)
    }
    writer.line(plot.left, plot.bottom, plot.right, plot.bottom, Palette.axis, width: 1)
    writer.line(plot.left, plot.top, plot.left, plot.bottom, Palette.axis, width: 1)
    if let label = chart.xAxis.label {
      writer.text(
        label, plot.left + plot.width / 2, plot.bottom + 38, anchor: .middle, size: 12.5,
        room: 2 * min(plot.left + plot.width / 2, chart.width - plot.left - plot.width / 2))
    }
    if let label = chart.yAxis.label {
      let middle = plot.top + plot.height / 2
      writer.text(
        label, 16, middle, anchor: .middle, size: 12.5, turn: -90, room: 2 * min(middle, chart.height - middle))
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
    return stride(from: 0, to: names.count, by: nameStep).map { (Double($0), names[$0]) }
  }

  /// The width of a name's place below the axis.
  private var nameRoom: Double {
    chart.xAxis.names.isEmpty ? .infinity : max(plot.width / Double(chart.xAxis.names.count) * Double(nameStep) - 12, 24)
  }

  private var nameStep: Int {
    let names = chart.xAxis.names
    let room = plot.width / Double(max(1, names.count))
    let widest = names.map { SVGWriter.width(of: $0, size: 11.5) + 14 }.max() ?? 0
    return widest <= room ? 1 : min(max(1, names.count), max(1, Int((min(widest, 100) / room).rounded(.up))))
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
    if let label = cells.label { writer.text(label, chart.width - 8, plot.top - 8, anchor: .end, size: 11.5, room: 130) }
  }
}
