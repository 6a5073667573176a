/// Draws a chart with characters.
struct TextChart {
  let chart: Chart
  let style: TextFigureStyle
  let x: Scale
  let y: Scale
  var canvas: TextCanvas
  private let gutter: Int
  private let yTicks: [(value: Double, text: String)]
  var colorNumber = 0

  init(_ whole: Chart, _ style: TextFigureStyle) {
    // What lies behind a line cannot be told from it here.
    var chart = whole
    chart.marks.removeAll(where: \.isFaint)
    self.chart = chart
    self.style = style
    let padding = chart.fillsAxes ? 0 : 0.02
    x = Scale(chart.xAxis, data: chart.xData, padding: padding)
    y = Scale(chart.yAxis, data: chart.yData, padding: padding)
    let rows = chart.yAxis.names.isEmpty ? style.height : max(style.height, min(40, chart.yAxis.names.count))
    yTicks =
      chart.yAxis.names.isEmpty
      ? y.ticks(near: max(2, rows / 3)) : chart.yAxis.names.enumerated().map { (Double($0), $1.printable) }
    gutter = min(style.width / 3, yTicks.map(\.text.columns).max() ?? 0)
    canvas = TextCanvas(columns: style.width - gutter - 2, rows: rows, style: style)
    for mark in chart.marks { draw(mark) }
  }

  var text: String {
    var lines: [String] = []
    if let title = chart.title { lines.append(spelled(title, to: style.width).centred(in: style.width)) }
    lines += legendLines
    if let label = chart.yAxis.label { lines.append(spelled(label, to: style.width)) }
    let corner = style.isUnicode ? ("┤", "│", "└", "─") : ("+", "|", "+", "-")
    var labels: [Int: String] = [:]
    for tick in yTicks {
      if let row = row(of: tick.value), labels[row] == nil { labels[row] = spelled(tick.text, to: gutter) }
    }
    for row in 0..<canvas.rows {
      let label = labels[row]
      lines.append(
        ((label ?? "").indented(to: gutter) + " " + (label == nil ? corner.1 : corner.0) + canvas.row(row)).trimmedRight)
    }
    lines.append(String(repeating: " ", count: gutter) + " " + corner.2 + String(repeating: corner.3, count: canvas.columns))
    lines.append(tickLine)
    if let label = chart.xAxis.label {
      lines.append(String(repeating: " ", count: gutter + 2) + spelled(label, to: canvas.columns).centred(in: canvas.columns))
    }
    if let cells = chart.coloredCells, cells.grid.range != nil { lines.append(scaleLine(cells)) }
    if chart.isEmpty { lines.append("nothing to show".centred(in: style.width)) }
    return lines.joined(separator: "\n")
  }

  private func spelled(_ text: String, to width: Int) -> String { Plotting.spelled(text, to: width, style) }

  // MARK: Places

  /// Shares of the axes as dots.
  func dot(_ valueX: Double, _ valueY: Double) -> (Int, Int)? {
    guard let across = x.share(valueX), let up = y.share(valueY), abs(across) < 1e6, abs(up) < 1e6 else { return nil }
    let down = isTopDown ? up : 1 - up
    return (Int((across * Double(canvas.dotColumns - 1)).rounded()), Int((down * Double(canvas.dotRows - 1)).rounded()))
  }

  var isTopDown: Bool { chart.coloredCells?.isTopDown ?? false }

  func row(of value: Double) -> Int? {
    guard let share = y.share(value), share >= -0.001, share <= 1.001 else { return nil }
    let down = isTopDown ? share : 1 - share
    let place = chart.fillsAxes ? Int(down * Double(canvas.rows)) : Int((down * Double(canvas.rows - 1)).rounded())
    return min(canvas.rows - 1, max(0, place))
  }

  private var tickLine: String {
    let ticks =
      chart.xAxis.names.isEmpty
      ? x.ticks(near: max(2, canvas.columns / 12)) : chart.xAxis.names.enumerated().map { (Double($0), $1.printable) }
    var line = ""
    var free = 0
    for tick in ticks {
      guard let share = x.share(tick.value), share >= -0.001, share <= 1.001 else { continue }
      let text = spelled(tick.text, to: 12)
      let middle = gutter + 2 + Int((share * Double(canvas.columns - 1)).rounded())
      let start = min(max(0, middle - text.columns / 2), style.width - text.columns)
      guard start >= free else { continue }
      line = line.padded(to: start) + text
      free = start + text.columns + 1
    }
    return line
  }

  private var legendLines: [String] {
    var lines: [String] = []
    var line = ""
    var length = 0
    for entry in chart.legendEntries {
      let sign = style.hasColor ? (style.isUnicode ? "━━" : "--") : marker(entry)
      // A class that is called as its sign is told by that.
      let name = sign == entry.name ? "" : " " + spelled(entry.name, to: style.width - 6)
      let width = sign.count + name.columns + 2
      if length + width > style.width + 2, length > 0 {
        lines.append(line.trimmedRight)
        (line, length) = ("", 0)
      }
      line += (style.hasColor ? entry.color.foreground() + sign + "\u{1B}[0m" : sign) + name + "  "
      length += width
    }
    if length > 0 { lines.append(line.trimmedRight) }
    let most = max(3, style.height / 2)
    guard lines.count > most else { return lines }
    return lines.prefix(most) + ["\(style.isUnicode ? "…" : "..") \(lines.count - most) more lines of names"]
  }

  private func scaleLine(_ cells: Cells) -> String {
    guard let range = cells.grid.range else { return "" }
    let ends = cells.colors.ends(of: range)
    let count = min(20, max(5, style.width / 4))
    let bar = (0..<count).map { shade(Double($0) / Double(count - 1), cells.colors) }.joined()
    let (low, high) = (TickText.short(ends.lowerBound, figures: 3), TickText.short(ends.upperBound, figures: 3))
    let room = style.width - low.count - count - high.count - 3
    let name = cells.label.map { " " + spelled($0, to: max(0, room)) } ?? ""
    return "\(low) \(bar) \(high)\(name)"
  }
}
