extension ChartDrawing {
  mutating func draw(_ mark: Mark) {
    switch mark {
    case .line(let series): draw(series)
    case .points(let points): draw(points)
    case .bars(let values): drawBars(values)
    case .histogram(let edges, let counts, _): drawHistogram(edges, counts)
    case .cells(let cells): draw(cells)
    case .regions(let regions): draw(regions)
    case .contours(let cells, let levels): drawContours(cells, levels)
    case .horizontalRule(let value, let label):
      guard let (_, height) = place(x.range.upperBound, value) else { return }
      writer.line(plot.left, height, plot.right, height, Palette.axis, width: 1.2)
      if let label { writer.text(label, plot.right - 4, height - 5, anchor: .end, size: 11) }
    case .verticalRule(let value, let label):
      guard let (across, _) = place(value, y.range.upperBound) else { return }
      writer.line(across, plot.top, across, plot.bottom, Palette.axis, width: 1.2)
      if let label { writer.text(label, across + 5, plot.top + 12, size: 11) }
    }
  }

  private mutating func nextColor() -> Color {
    defer { colorNumber += 1 }
    return Palette.series(colorNumber)
  }

  private mutating func draw(_ series: Series) {
    let index = series.colorIndex ?? colorNumber
    if series.colorIndex == nil { colorNumber += 1 }
    let color = Palette.series(index)
    var pieces: [[(Double, Double)]] = [[]]
    for (i, valueX) in series.x.enumerated() {
      if let place = place(valueX, series.y[i]) {
        pieces[pieces.count - 1].append(place)
      } else if pieces.last?.isEmpty == false {
        pieces.append([])
      }
    }
    // Single points between gaps: as many as there are places to tell them apart.
    var dots = Thinning()
    for piece in pieces where piece.count > 1 || piece.first.map({ dots.isNew($0) }) == true {
      writer.polyline(
        Thinning.line(piece, width: plot.width), color, width: series.isFaint ? 1 : 2, opacity: series.isFaint ? 0.4 : 1,
        dashes: series.isFaint ? [] : Palette.dashes(index))
    }
    guard !series.isFaint, series.x.count <= 40 else { return }
    for (valueX, valueY) in zip(series.x, series.y) {
      guard let (across, height) = place(valueX, valueY) else { continue }
      let tooltip = "\(series.name.map { $0 + ": " } ?? "")\(TickText.short(valueX)), \(TickText.short(valueY))"
      writer.circle(across, height, 2.8, fill: color, tooltip: tooltip)
    }
  }

  private mutating func draw(_ points: Points) {
    var (single, rim) = points.classes.isEmpty ? (nextColor(), nil) : (nil, Palette.paper)
    // Upon colours that measure something no colour of our own stands out.
    if single != nil, chart.coloredCells != nil { (single, rim) = (Color(0x1B1B1B), Color(0xFFFFFF)) }
    let radius = points.x.count > 600 ? 2.2 : points.x.count > 200 ? 3.0 : 3.8
    guard points.x.count <= 2000 else { return drawMany(points, single, radius) }
    let hasTooltips = points.x.count <= 400
    for i in points.x.indices {
      guard let (across, height) = place(points.x[i], points.y[i]) else { continue }
      let number = points.classes.isEmpty ? 0 : points.classes[i]
      let name = points.names.indices.contains(number) ? points.names[number] + ": " : ""
      writer.circle(
        across, height, radius, fill: single ?? Palette.series(number), stroke: rim,
        opacity: 0.9,
        tooltip: hasTooltips ? "\(name)\(TickText.short(points.x[i])), \(TickText.short(points.y[i]))" : nil)
    }
  }

  /// Dots as lines without length, at most one of each colour for a pixel: so the picture stays small.
  private mutating func drawMany(_ points: Points, _ single: Color?, _ radius: Double) {
    var paths: [Int: String] = [:]
    var seen: [Int: Thinning] = [:]
    for i in points.x.indices {
      guard let (across, height) = place(points.x[i], points.y[i]), abs(across) < 1e5, abs(height) < 1e5 else { continue }
      let number = points.classes.isEmpty ? 0 : points.classes[i]
      guard seen[number, default: Thinning()].isNew((across, height)) else { continue }
      paths[number, default: ""] += "M\(Int(across.rounded())) \(Int(height.rounded()))h0"
    }
    for (number, path) in paths.sorted(by: { $0.key < $1.key }) {
      writer.path(path, single ?? Palette.series(number), width: 2 * radius, opacity: 0.9, isRound: true)
    }
  }

  /// Of more bars than pixels the longest of each pixel.
  private mutating func drawBars(_ values: [Double]) {
    let color = nextColor()
    let step = max(1, Int((Double(values.count) / max(1, plot.width)).rounded(.up)))
    for start in stride(from: 0, to: values.count, by: step) {
      let group = start..<min(start + step, values.count)
      guard let i = group.filter({ values[$0].isFinite }).max(by: { abs(values[$0]) < abs(values[$1]) }) else { continue }
      let name = chart.xAxis.names.indices.contains(i) ? chart.xAxis.names[i] + ": " : ""
      drawBar(
        Double(start) - 0.38, Double(group.upperBound - 1) + 0.38, values[i], color, tooltip: name + TickText.short(values[i]))
    }
  }

  private mutating func drawHistogram(_ edges: [Double], _ counts: [Double]) {
    let color = nextColor()
    for (i, count) in counts.enumerated() where i + 1 < edges.count {
      let tooltip = "\(TickText.short(edges[i])) to \(TickText.short(edges[i + 1])): \(TickText.short(count, figures: 6))"
      drawBar(edges[i], edges[i + 1], count, color, tooltip: tooltip)
    }
  }

  private mutating func drawBar(_ from: Double, _ to: Double, _ value: Double, _ color: Color, tooltip: String) {
    let ground = y.kind == .logarithmic ? y.range.lowerBound : min(max(0, y.range.lowerBound), y.range.upperBound)
    guard let (left, top) = place(from, value), let (right, bottom) = place(to, ground) else { return }
    writer.rectangle(
      left + 0.5, min(top, bottom), max(1, right - left - 1), abs(bottom - top), fill: color, opacity: 0.85, tooltip: tooltip)
  }

  private mutating func draw(_ cells: Cells) {
    let grid = cells.grid.shrunk(toRows: 120, columns: 160)
    guard let range = cells.grid.range, grid.rows > 0, grid.columns > 0 else { return }
    let ends = cells.colors.ends(of: range)
    let (width, height) = (plot.width / Double(grid.columns), plot.height / Double(grid.rows))
    let isFine = grid.rows * grid.columns > 2000
    func color(_ value: Double) -> Color? {
      guard value.isFinite else { return nil }
      let share = (value - ends.lowerBound) / (ends.upperBound - ends.lowerBound)
      return cells.colors.color(isFine ? (share * 80).rounded() / 80 : share)
    }
    for row in 0..<grid.rows {
      let top = plot.top + Double(cells.isTopDown ? row : grid.rows - 1 - row) * height
      var column = 0
      while column < grid.columns {
        let (start, fill) = (column, color(grid[row, column]))
        column += 1
        // Of fine grids, neighbours of one colour are one piece.
        while isFine, column < grid.columns, color(grid[row, column]) == fill { column += 1 }
        guard let fill else { continue }
        let (left, value) = (plot.left + Double(start) * width, grid[row, start])
        writer.rectangle(
          left, top, width * Double(column - start) + 0.3, height + 0.3, fill: fill, isCrisp: true,
          tooltip: isFine ? nil : tooltip(row, start, value))
        if cells.showsValues, width > 26, height > 13 {
          let text = [3, 2, 1].map { TickText.short(value, figures: $0) }.first { SVGWriter.width(of: $0, size: 11) <= width - 4 }
          guard let text else { continue }
          let ink = fill.lightness > 0.55 ? Color(0x1B1B1B) : Color(0xFFFFFF)
          writer.text(text, left + width / 2, top + height / 2 + 4, anchor: .middle, size: 11, color: ink)
        }
      }
    }
  }

  private func tooltip(_ row: Int, _ column: Int, _ value: Double) -> String {
    let first = chart.yAxis.names.indices.contains(row) ? chart.yAxis.names[row] : "\(row)"
    let second = chart.xAxis.names.indices.contains(column) ? chart.xAxis.names[column] : "\(column)"
    return "\(first), \(second): \(TickText.short(value))"
  }

  /// Each row as a few wide rectangles, one for every stretch of the same class.
  private mutating func draw(_ regions: Regions) {
    let grid = regions.classes
    guard grid.rows > 0, grid.columns > 0 else { return }
    func place(_ column: Int, _ row: Int) -> (Double, Double)? {
      self.place(
        regions.x.lowerBound + (regions.x.upperBound - regions.x.lowerBound) * Double(column) / Double(grid.columns),
        regions.y.lowerBound + (regions.y.upperBound - regions.y.lowerBound) * Double(row) / Double(grid.rows))
    }
    var areas = SVGWriter()
    for row in 0..<grid.rows {
      for stretch in stretches(of: grid, row: row) {
        guard let (left, top) = place(stretch.columns.lowerBound, row + 1),
          let (right, bottom) = place(stretch.columns.upperBound, row)
        else { continue }
        areas.rectangle(left, top, right - left + 0.5, bottom - top + 0.5, fill: Palette.series(stretch.kind), isCrisp: true)
      }
    }
    writer.insert(areas, opacity: 0.3)
  }

  private func stretches(of grid: Grid, row: Int) -> [(columns: Range<Int>, kind: Int)] {
    var found: [(columns: Range<Int>, kind: Int)] = []
    var start = 0
    while start < grid.columns {
      let value = grid[row, start]
      var end = start + 1
      while end < grid.columns, grid[row, end] == value { end += 1 }
      if value.isFinite, abs(value) < 1e6 { found.append((start..<end, Int(value))) }
      start = end
    }
    return found
  }

  private mutating func drawContours(_ cells: Cells, _ levels: [Double]) {
    let grid = cells.grid
    guard grid.rows > 1, grid.columns > 1, let low = levels.min(), let high = levels.max() else { return }
    let (xRange, yRange) = (cells.xRange, cells.yRange)
    func place(_ column: Double, _ row: Double) -> (Double, Double)? {
      self.place(
        xRange.lowerBound + (xRange.upperBound - xRange.lowerBound) * column / Double(grid.columns - 1),
        yRange.lowerBound + (yRange.upperBound - yRange.lowerBound) * row / Double(grid.rows - 1))
    }
    for level in levels {
      var data = ""
      for segment in MarchingSquares.segments(grid, level: level) {
        guard let (x1, y1) = place(segment.x1, segment.y1), let (x2, y2) = place(segment.x2, segment.y2) else { continue }
        data += "M\(x1.svg) \(y1.svg)L\(x2.svg) \(y2.svg)"
      }
      let share = high > low ? (level - low) / (high - low) : 0.5
      if !data.isEmpty { writer.path(data, ColorMap.sequential.color(0.3 + 0.45 * share), width: 1.3) }
    }
  }
}
