/// Draws a chart with characters.
struct TextChart {
  let chart: Chart
  let style: TextFigureStyle
  let x: Scale
  let y: Scale
  var canvas: TextCanvas
  private let gutter: Int
  private let yTicks: [(value: Double, text: String)]
  private var colorNumber = 0

  init(_ chart: Chart, _ style: TextFigureStyle) {
    self.chart = chart
    self.style = style
    let padding = chart.fillsAxes ? 0 : 0.02
    x = Scale(chart.xAxis, data: chart.xData, padding: padding)
    y = Scale(chart.yAxis, data: chart.yData, padding: padding)
    let rows = chart.yAxis.names.isEmpty ? style.height : max(style.height, min(40, chart.yAxis.names.count))
    yTicks =
      chart.yAxis.names.isEmpty
      ? y.ticks(near: max(2, rows / 3)) : chart.yAxis.names.enumerated().map { (Double($0), $1.printable) }
    gutter = min(style.width / 3, yTicks.map(\.text.count).max() ?? 0)
    canvas = TextCanvas(columns: style.width - gutter - 2, rows: rows, style: style)
    for mark in chart.marks { draw(mark) }
  }

  var text: String {
    var lines: [String] = []
    if let title = chart.title { lines.append(title.printable.cut(to: style.width).centred(in: style.width).trimmedRight) }
    lines += legendLines
    if let label = chart.yAxis.label { lines.append(label.printable.cut(to: style.width)) }
    let corner = style.isUnicode ? ("┤", "│", "└", "─") : ("+", "|", "+", "-")
    var labels: [Int: String] = [:]
    for tick in yTicks {
      if let row = row(of: tick.value), labels[row] == nil { labels[row] = tick.text.cut(to: gutter, isUnicode: style.isUnicode) }
    }
    for row in 0..<canvas.rows {
      let label = labels[row]
      lines.append(
        ((label ?? "").indented(to: gutter) + " " + (label == nil ? corner.1 : corner.0) + canvas.row(row)).trimmedRight)
    }
    lines.append(String(repeating: " ", count: gutter) + " " + corner.2 + String(repeating: corner.3, count: canvas.columns))
    lines.append(tickLine)
    if let label = chart.xAxis.label {
      lines.append(
        (String(repeating: " ", count: gutter + 2) + label.printable.cut(to: canvas.columns).centred(in: canvas.columns)))
    }
    if let cells = chart.coloredCells { lines.append(scaleLine(cells)) }
    if chart.marks.isEmpty { lines.append("no data".centred(in: style.width)) }
    return lines.joined(separator: "\n")
  }

  // MARK: Places

  /// Shares of the axes as dots.
  private func dot(_ valueX: Double, _ valueY: Double) -> (Int, Int)? {
    guard let across = x.share(valueX), let up = y.share(valueY), abs(across) < 1e6, abs(up) < 1e6 else { return nil }
    let down = isTopDown ? up : 1 - up
    return (Int((across * Double(canvas.dotColumns - 1)).rounded()), Int((down * Double(canvas.dotRows - 1)).rounded()))
  }

  private var isTopDown: Bool { chart.coloredCells?.isTopDown ?? false }

  private func row(of value: Double) -> Int? {
    guard let share = y.share(value), share >= -0.001, share <= 1.001 else { return nil }
    let down = isTopDown ? share : 1 - share
    let place = chart.fillsAxes ? Int(down * Double(canvas.rows)) : Int((down * Double(canvas.rows - 1)).rounded())
    return min(canvas.rows - 1, max(0, place))
  }

  private var tickLine: String {
    let ticks =
      chart.xAxis.names.isEmpty
      ? x.ticks(near: max(2, canvas.columns / 12)) : chart.xAxis.names.enumerated().map { (Double($0), $1.printable) }
    var line = [Character](repeating: " ", count: style.width)
    var free = 0
    for tick in ticks {
      guard let share = x.share(tick.value), share >= -0.001, share <= 1.001 else { continue }
      let text = Array(tick.text.cut(to: 12, isUnicode: style.isUnicode))
      let middle = gutter + 2 + Int((share * Double(canvas.columns - 1)).rounded())
      let start = min(max(0, middle - text.count / 2), style.width - text.count)
      guard start >= free else { continue }
      for (i, character) in text.enumerated() { line[start + i] = character }
      free = start + text.count + 1
    }
    return String(line).trimmedRight
  }

  private var legendLines: [String] {
    let entries = chart.legendEntries
    guard !entries.isEmpty else { return [] }
    var lines: [String] = []
    var line = ""
    var length = 0
    for (i, entry) in entries.enumerated() {
      let mark = style.hasColor ? entry.color.foreground() + (style.isUnicode ? "━━" : "--") + "\u{1B}[0m" : marker(i)
      let name = entry.name.printable.cut(to: style.width - 6)
      let width = name.count + (style.hasColor ? 3 : 2) + 2
      if length + width > style.width, length > 0 {
        lines.append(line.trimmedRight)
        (line, length) = ("", 0)
      }
      line += "\(mark) \(name)  "
      length += width
    }
    return lines + [line.trimmedRight]
  }

  private func scaleLine(_ cells: Cells) -> String {
    guard let range = cells.grid.range else { return "" }
    let ends = cells.colors.ends(of: range)
    let count = min(20, max(5, style.width / 4))
    let bar = (0..<count).map { shade(Double($0) / Double(count - 1), cells.colors) }.joined()
    let name = cells.label.map { " " + $0.printable } ?? ""
    return
      "\(TickText.short(ends.lowerBound, figures: 3)) \(bar) \(TickText.short(ends.upperBound, figures: 3))\(name.cut(to: max(0, style.width - count - 16)))"
  }

  // MARK: Marks

  /// The sign of a class, where colours cannot tell it.
  private func marker(_ i: Int) -> String {
    chart.marks.contains { $0.isClassed } ? String(i % 10) : String(signs[i % signs.count])
  }

  private var signs: [Character] { Array(style.isUnicode ? "●▲■◆○△□◇" : "ox+#%@=~") }

  private mutating func draw(_ mark: Mark) {
    switch mark {
    case .line(let series):
      let color = Palette.series(series.colorIndex ?? colorNumber)
      let number = colorNumber
      if series.colorIndex == nil { colorNumber += 1 }
      if !series.isFaint { draw(series, color, number) }
    case .points(let points): draw(points)
    case .bars(let values):
      for (i, value) in values.enumerated() { fill(Double(i) - 0.35, Double(i) + 0.35, value, Palette.series(colorNumber)) }
      colorNumber += 1
    case .histogram(let edges, let counts, _):
      for (i, count) in counts.enumerated() where i + 1 < edges.count {
        fill(edges[i], edges[i + 1], count, Palette.series(colorNumber))
      }
      colorNumber += 1
    case .cells(let cells): draw(cells)
    case .regions(let regions): draw(regions)
    case .contours(let cells, let levels): drawContours(cells, levels)
    case .horizontalRule(let value, _):
      for column in stride(from: 0, to: canvas.dotColumns, by: 3) {
        if let (_, height) = dot(x.range.upperBound, value) { canvas.dot(column, height, Palette.ink) }
      }
    case .verticalRule(let value, _):
      for row in stride(from: 0, to: canvas.dotRows, by: 3) {
        if let (across, _) = dot(value, y.range.upperBound) { canvas.dot(across, row, Palette.ink) }
      }
    }
  }

  private mutating func draw(_ series: Series, _ color: Color, _ number: Int) {
    var last: (Int, Int)?
    for (valueX, valueY) in zip(series.x, series.y) {
      guard let place = dot(valueX, valueY) else {
        last = nil
        continue
      }
      if let last {
        canvas.line(clamped(last.0), clamped(last.1), clamped(place.0), clamped(place.1), color)
      } else {
        canvas.dot(place.0, place.1, color)
      }
      last = place
    }
    // Without colours a few signs tell the lines apart.
    guard !style.hasColor, chart.legendEntries.count > 1, !series.x.isEmpty else { return }
    for share in [0.15, 0.5, 0.85] {
      let i = min(series.x.count - 1, Int(share * Double(series.x.count)))
      if let (across, height) = dot(series.x[i], series.y[i]) { sign(signs[number % signs.count], across, height, color) }
    }
  }

  /// Far outside is far enough: a line there is cut off anyway.
  private func clamped(_ place: Int) -> Int { min(max(place, -2000), 4000) }

  private mutating func sign(_ character: Character, _ x: Int, _ y: Int, _ color: Color) {
    canvas.set(character, style.isUnicode ? x / 2 : x, style.isUnicode ? y / 4 : y, color)
  }

  private mutating func draw(_ points: Points) {
    let number = colorNumber
    if points.classes.isEmpty { colorNumber += 1 }
    let isFine = points.classes.isEmpty && points.x.count > 60
    for i in points.x.indices {
      guard let (across, height) = dot(points.x[i], points.y[i]) else { continue }
      if isFine {
        canvas.dot(across, height, Palette.series(number))
      } else if points.classes.isEmpty {
        sign(signs[number % signs.count], across, height, Palette.series(number))
      } else {
        let kind = points.classes[i]
        sign(style.hasColor && style.isUnicode ? "●" : Character(String(abs(kind) % 10)), across, height, Palette.series(kind))
      }
    }
  }

  private mutating func fill(_ from: Double, _ to: Double, _ value: Double, _ color: Color) {
    let ground = y.kind == .logarithmic ? y.range.lowerBound : min(max(0, y.range.lowerBound), y.range.upperBound)
    guard value.isFinite, let left = x.share(from), let right = x.share(to), let top = y.share(value), let low = y.share(ground)
    else { return }
    let first = Int((left * Double(canvas.columns)).rounded())
    let last = max(first + 1, Int((right * Double(canvas.columns)).rounded()))
    let eighths = Array(style.isUnicode ? "▁▂▃▄▅▆▇█" : "_.-:=+##")
    let rows = Double(canvas.rows)
    for row in 0..<canvas.rows {
      let floor = Double(canvas.rows - 1 - row)
      let covered = min(1, max(top, low) * rows - floor) - max(0, min(top, low) * rows - floor)
      guard covered > 0.06 else { continue }
      for column in first..<last { canvas.set(eighths[min(7, Int(covered * 8))], column, row, color) }
    }
  }

  private mutating func draw(_ cells: Cells) {
    guard let range = cells.grid.range else { return }
    let ends = cells.colors.ends(of: range)
    let grid = cells.grid.shrunk(toRows: canvas.rows, columns: canvas.columns)
    guard grid.rows > 0, grid.columns > 0 else { return }
    for row in 0..<canvas.rows {
      let line = row * grid.rows / canvas.rows
      for column in 0..<canvas.columns {
        let value = grid[cells.isTopDown ? line : grid.rows - 1 - line, column * grid.columns / canvas.columns]
        guard value.isFinite else { continue }
        let share = (value - ends.lowerBound) / (ends.upperBound - ends.lowerBound)
        if style.hasColor {
          canvas.set(" ", column, row, nil, ground: cells.colors.color(share))
        } else {
          canvas.set(Character(shade(share, cells.colors)), column, row)
        }
      }
    }
    guard cells.showsValues, !style.hasColor || style.isUnicode else { return }
    write(valuesOf: grid, cells)
  }

  /// The value of each cell in its middle, where there is room.
  private mutating func write(valuesOf grid: Grid, _ cells: Cells) {
    let width = canvas.columns / grid.columns
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        let text = TickText.short(grid[row, column], figures: 3)
        guard text.count < width else { continue }
        let shown = cells.isTopDown ? row : grid.rows - 1 - row
        let line = (2 * shown + 1) * canvas.rows / (2 * grid.rows)
        let start = (2 * column + 1) * canvas.columns / (2 * grid.columns) - text.count / 2
        for (i, character) in text.enumerated() { canvas.set(character, start + i, line) }
      }
    }
  }

  private func shade(_ share: Double, _ colors: ColorMap) -> String {
    if style.hasColor { return colors.color(share).background() + " \u{1B}[0m" }
    let shades = Array(style.isUnicode ? " ░▒▓█" : " .:-=+*#%@")
    return String(shades[min(shades.count - 1, max(0, Int(share * Double(shades.count))))])
  }

  private mutating func draw(_ regions: Regions) {
    let grid = regions.classes
    guard grid.rows > 0, grid.columns > 0 else { return }
    let shades = Array(style.isUnicode ? "·░▒▓:-" : ".:-=+~")
    for row in 0..<canvas.rows {
      for column in 0..<canvas.columns {
        let value = grid[grid.rows - 1 - row * grid.rows / canvas.rows, column * grid.columns / canvas.columns]
        guard value.isFinite else { continue }
        let kind = abs(Int(value))
        if style.hasColor {
          canvas.set(" ", column, row, nil, ground: Palette.series(kind).mixed(with: Color(0x202020), 0.6))
        } else {
          canvas.set(shades[kind % shades.count], column, row)
        }
      }
    }
  }

  private mutating func drawContours(_ cells: Cells, _ levels: [Double]) {
    let grid = cells.grid
    guard grid.rows > 1, grid.columns > 1, let low = levels.min(), let high = levels.max() else { return }
    let (across, up) = (cells.xRange, cells.yRange)
    func place(_ column: Double, _ row: Double) -> (Int, Int)? {
      dot(
        across.lowerBound + (across.upperBound - across.lowerBound) * column / Double(grid.columns - 1),
        up.lowerBound + (up.upperBound - up.lowerBound) * row / Double(grid.rows - 1))
    }
    for level in levels {
      let color = ColorMap.sequential.color(high > low ? 0.15 + 0.7 * (level - low) / (high - low) : 0.5)
      for segment in MarchingSquares.segments(grid, level: level) {
        guard let from = place(segment.x1, segment.y1), let to = place(segment.x2, segment.y2) else { continue }
        canvas.line(clamped(from.0), clamped(from.1), clamped(to.0), clamped(to.1), color)
      }
    }
  }
}

extension Mark {
  /// Whether classes are told by digits.
  fileprivate var isClassed: Bool {
    if case .points(let points) = self { !points.classes.isEmpty } else { false }
  }
}
