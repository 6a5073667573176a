extension Figure {
  /// What a screen reader says first.
  public var title: String {
    switch self {
    case .chart(let chart): chart.title ?? "chart"
    case .network(let network): network.title ?? "network"
    case .images(let sheet): sheet.title ?? "images"
    case .lines(let sheet): sheet.title
    case .grid(let figures, _): figures.map(\.title).joined(separator: "; ")
    }
  }

  /// What the figure shows, in a sentence or two.
  public var summary: String {
    switch self {
    case .chart(let chart): chart.summary
    case .network(let network):
      "A network: " + network.columns.map { "\($0.name) with \($0.count)" }.joined(separator: ", ") + "."
    case .images(let sheet): "\(sheet.images.count) images."
    case .lines(let sheet): sheet.lines.joined(separator: " ")
    case .grid(let figures, _): figures.map(\.summary).joined(separator: " ")
    }
  }
}

extension Chart {
  fileprivate var summary: String {
    guard !isEmpty else { return "Nothing to show." }
    var sentences = marks.compactMap(\.summary)
    if sentences.count > 8 { sentences = sentences.prefix(8) + ["And more."] }
    if hidden > 0 { sentences.append("\(hidden) numbers have no place on these axes and are left out.") }
    return sentences.joined(separator: " ")
  }

  /// Points that are not finite, or not above zero on a logarithmic axis.
  private var hidden: Int {
    marks.reduce(0) { sum, mark in
      switch mark {
      case .line(let series): sum + (series.isFaint ? 0 : zip(series.x, series.y).count { !isShown($0, $1) })
      case .points(let points): sum + zip(points.x, points.y).count { !isShown($0, $1) }
      default: sum
      }
    }
  }
}

extension Mark {
  fileprivate var summary: String? {
    switch self {
    case .line(let series):
      guard !series.isFaint else { return nil }
      let name = series.name.map { "Line \($0)" } ?? "A line"
      guard let first = series.y.first, let last = series.y.last else { return "\(name) without points." }
      return "\(name) of \(series.y.count) points from \(TickText.short(first)) to \(TickText.short(last))."
    case .points(let points): return "\(points.x.count) points."
    case .bars(let values): return "\(values.count) bars."
    case .histogram(_, let counts, _): return "A histogram of \(TickText.short(counts.reduce(0, +), figures: 6)) values."
    case .cells(let cells): return "\(cells.grid.rows) by \(cells.grid.columns) cells."
    case .regions(let regions): return "Regions of \(Set(regions.classes.values.filter(\.isFinite)).count) classes."
    case .contours(_, let levels): return "Contours at \(levels.count) levels."
    case .horizontalRule(let value, let label): return "\(label ?? "A line") at \(TickText.short(value))."
    case .verticalRule(let value, let label): return "\(label ?? "A line") at \(TickText.short(value))."
    }
  }
}
