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

  /// Whether there is nothing to be seen.
  var isEmpty: Bool {
    !marks.contains { mark in
      switch mark {
      case .line(let series): series.x.indices.contains { isShown(series.x[$0], series.y[$0]) }
      case .points(let points): points.x.indices.contains { isShown(points.x[$0], points.y[$0]) }
      case .bars(let values), .histogram(_, let values, _): values.contains(where: \.isFinite)
      case .cells(let cells), .contours(let cells, _): cells.grid.range != nil
      case .regions(let regions): regions.classes.range != nil
      case .horizontalRule, .verticalRule: true
      }
    }
  }

  /// Whether a pair of numbers has a place on these axes.
  func isShown(_ x: Double, _ y: Double) -> Bool {
    func hasPlace(_ value: Double, _ axis: Axis) -> Bool { value.isFinite && (axis.kind == .linear || value > 0) }
    return hasPlace(x, xAxis) && hasPlace(y, yAxis)
  }

  /// What the legend tells apart; nothing where there is only one thing.
  var legendEntries: [LegendEntry] {
    guard legend != .hidden else { return [] }
    var entries: [LegendEntry] = []
    var number = 0
    for mark in marks {
      switch mark {
      case .line(let series):
        let index = series.colorIndex ?? number
        if series.colorIndex == nil { number += 1 }
        if let name = series.name, !series.isFaint { entries.append(LegendEntry(name: name, index: index, sign: .line)) }
      case .points(let points):
        if points.classes.isEmpty {
          if let name = points.names.first { entries.append(LegendEntry(name: name, index: number, sign: .dot)) }
          number += 1
        } else {
          for (i, name) in points.names.enumerated() { entries.append(LegendEntry(name: name, index: i, sign: .dot)) }
        }
      case .histogram(_, _, let name):
        if let name { entries.append(LegendEntry(name: name, index: number, sign: .area)) }
        number += 1
      case .bars: number += 1
      case .cells, .regions, .contours, .horizontalRule, .verticalRule: break
      }
    }
    return legend == .shown || entries.count > 1 ? entries : []
  }
}

/// A name in the legend, with the number of its colour.
struct LegendEntry: Equatable {
  let name: String
  let index: Int
  let sign: Sign

  enum Sign {
    case line, dot, area
  }

  var color: Color { Palette.series(index) }
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
