extension Chart {
  /// The numbers along x that the marks reach; nil without any.
  var xData: ClosedRange<Double>? { range(xAxis) { $0.xExtent } }

  var yData: ClosedRange<Double>? { range(yAxis) { $0.yExtent } }

  private func range(_ axis: Axis, _ extent: (Mark) -> [Double]) -> ClosedRange<Double>? {
    var (low, high) = (Double.infinity, -Double.infinity)
    for mark in marks {
      for value in extent(mark) where value.isFinite && (axis.kind == .linear || value > 0) {
        low = min(low, value)
        high = max(high, value)
      }
    }
    return low <= high ? low...high : nil
  }

  /// Marks that fill their range to its edges want no space around it.
  var fillsAxes: Bool {
    marks.contains {
      switch $0 {
      case .cells, .regions: true
      default: false
      }
    }
  }

  /// The cells whose colours need a bar beside the chart.
  var coloredCells: Cells? {
    for mark in marks {
      if case .cells(let cells) = mark { return cells }
    }
    return nil
  }

  /// The names in the legend with their colours; none where there is nothing to tell apart.
  var legendEntries: [(name: String, color: Color)] {
    guard legend != .hidden else { return [] }
    var entries: [(name: String, color: Color)] = []
    var number = 0
    for mark in marks {
      switch mark {
      case .line(let series):
        let color = Palette.series(series.colorIndex ?? number)
        if series.colorIndex == nil { number += 1 }
        if let name = series.name, !series.isFaint { entries.append((name, color)) }
      case .points(let points):
        if points.classes.isEmpty {
          if let name = points.names.first { entries.append((name, Palette.series(number))) }
          number += 1
        } else {
          for (i, name) in points.names.enumerated() { entries.append((name, Palette.series(i))) }
        }
      case .histogram(_, _, let name):
        if let name { entries.append((name, Palette.series(number))) }
        number += 1
      case .bars: number += 1
      case .cells, .regions, .contours, .horizontalRule, .verticalRule: break
      }
    }
    return legend == .shown || entries.count > 1 ? entries : []
  }
}

extension Mark {
  var xExtent: [Double] {
    switch self {
    case .line(let series): series.x
    case .points(let points): points.x
    case .bars(let values): [-0.6, Double(max(1, values.count)) - 0.4]
    case .histogram(let edges, _, _): edges
    case .cells(let cells), .contours(let cells, _): [cells.xRange.lowerBound, cells.xRange.upperBound]
    case .regions(let regions): [regions.x.lowerBound, regions.x.upperBound]
    case .horizontalRule: []
    case .verticalRule(let value, _): [value]
    }
  }

  var yExtent: [Double] {
    switch self {
    case .line(let series): series.y
    case .points(let points): points.y
    case .bars(let values): values + [0]
    case .histogram(_, let counts, _): counts + [0]
    case .cells(let cells), .contours(let cells, _): [cells.yRange.lowerBound, cells.yRange.upperBound]
    case .regions(let regions): [regions.y.lowerBound, regions.y.upperBound]
    case .horizontalRule(let value, _): [value]
    case .verticalRule: []
    }
  }
}
