// Marks as dots, signs and blocks.
extension TextChart {
  /// The sign of a class, where colours cannot tell it.
  func marker(_ entry: LegendEntry) -> String {
    chart.marks.contains { $0.isClassed } ? String(entry.index % 10) : String(signs[entry.index % signs.count])
  }

  var signs: [Character] { Array(style.isUnicode ? "●▲■◆○△□◇" : "ox+#%@=~") }

  mutating func draw(_ mark: Mark) {
    switch mark {
    case .line(let series):
      let color = Palette.series(series.colorIndex ?? colorNumber)
      let number = series.colorIndex ?? colorNumber
      if series.colorIndex == nil { colorNumber += 1 }
      draw(series, color, number)
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
    var piece: [(Int, Int)] = []
    for (valueX, valueY) in zip(series.x, series.y) {
      guard let place = dot(valueX, valueY) else {
        finish(piece, color, number)
        piece = []
        continue
      }
      if let last = piece.last {
        canvas.line(clamped(last.0), clamped(last.1), clamped(place.0), clamped(place.1), color)
        piece = [last, place]
      } else {
        piece = [place]
      }
    }
    finish(piece, color, number)
    // Without colours a few signs tell the lines apart.
    guard !style.hasColor, chart.legendEntries.count > 1, !series.x.isEmpty else { return }
    for share in [0.15, 0.5, 0.85] {
      let i = min(series.x.count - 1, Int(share * Double(series.x.count)))
      if let (across, height) = dot(series.x[i], series.y[i]) { sign(signs[number % signs.count], across, height, color) }
    }
  }

  /// A single point between gaps is drawn large enough to be seen.
  private mutating func finish(_ piece: [(Int, Int)], _ color: Color, _ number: Int) {
    guard piece.count == 1, let (across, height) = piece.first else { return }
    sign(signs[number % signs.count], across, height, color)
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

  /// A bar from the ground, which lies between two rows, to its value in eighths of a row; below the ground in whole ones.
  private mutating func fill(_ from: Double, _ to: Double, _ value: Double, _ color: Color) {
    let ground = y.kind == .logarithmic ? y.range.lowerBound : min(max(0, y.range.lowerBound), y.range.upperBound)
    guard value.isFinite, let left = x.share(from), let right = x.share(to), let end = y.share(value), let low = y.share(ground)
    else { return }
    let rows = Double(canvas.rows)
    let first = Int((min(max(left, 0), 1) * Double(canvas.columns)).rounded())
    let last = max(first + 1, Int((min(max(right, 0), 1) * Double(canvas.columns)).rounded()))
    // The ground is the lower edge of the row that its number stands beside.
    let base = low > 0.97 ? rows : Double(canvas.rows - 1 - (row(of: ground) ?? canvas.rows - 1))
    let (up, down) = (min(1, (end - low) / max(1 - low, 1e-9)) * (rows - base), min(1, (low - end) / max(low, 1e-9)) * base)
    let eighths = Array(style.isUnicode ? "▁▂▃▄▅▆▇█" : "_.-:=+##")
    for row in 0..<canvas.rows {
      let floor = Double(canvas.rows - 1 - row)
      let isBelow = floor < base
      let covered =
        value < ground ? (isBelow && floor >= (base - down).rounded() ? 1 : 0) : isBelow ? 0 : min(1, base + up - floor)
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
        guard text.count < width, grid[row, column].isFinite else { continue }
        let shown = cells.isTopDown ? row : grid.rows - 1 - row
        let line = (2 * shown + 1) * canvas.rows / (2 * grid.rows)
        let start = (2 * column + 1) * canvas.columns / (2 * grid.columns) - text.count / 2
        for (i, character) in text.enumerated() { canvas.set(character, start + i, line) }
      }
    }
  }

  func shade(_ share: Double, _ colors: ColorMap) -> String {
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
  var isFaint: Bool {
    if case .line(let series) = self { series.isFaint } else { false }
  }

  /// Whether classes are told by digits.
  fileprivate var isClassed: Bool {
    if case .points(let points) = self { !points.classes.isEmpty } else { false }
  }
}
