/// A picture as a value: it can be shown as SVG and as text.
public indirect enum Figure: Equatable, Sendable {
  /// Marks between two axes.
  case chart(Chart)
  /// Several figures, row by row.
  case grid([Figure], columns: Int)
  case network(NetworkDrawing)
  case images(ImageSheet)
  case lines(TextSheet)

  /// Two charts laid over each other: the marks of both, within the axes of the first where it says what these are.
  ///
  /// - Returns: nil where one of the two is no chart.
  public func overlaid(with other: Figure) -> Figure? {
    guard case .chart(var chart) = self, case .chart(let upper) = other else { return nil }
    chart.marks += upper.marks
    chart.title = chart.title ?? upper.title
    chart.xAxis.label = chart.xAxis.label ?? upper.xAxis.label
    chart.yAxis.label = chart.yAxis.label ?? upper.yAxis.label
    if upper.xAxis.kind == .logarithmic { chart.xAxis.kind = .logarithmic }
    if upper.yAxis.kind == .logarithmic { chart.yAxis.kind = .logarithmic }
    chart.xAxis.isWhole = chart.xAxis.isWhole && upper.xAxis.isWhole
    chart.yAxis.isWhole = chart.yAxis.isWhole && upper.yAxis.isWhole
    if chart.xAxis.names.isEmpty { chart.xAxis.names = upper.xAxis.names }
    if upper.legend == .shown { chart.legend = .shown }
    return .chart(chart)
  }

  /// The chart, where the figure is one.
  public var chart: Chart? {
    if case .chart(let chart) = self { chart } else { nil }
  }
}

/// Pictures of rows of pixels, with a line below each.
public struct ImageSheet: Equatable, Sendable {
  public var title: String?
  public var images: [Grid]
  /// Below the images; may be fewer.
  public var labels: [String]
  public var columns: Int

  public init(_ images: [Grid], labels: [String] = [], columns: Int = 8, title: String? = nil) {
    self.images = images
    self.labels = labels
    self.columns = max(1, columns)
    self.title = title
  }

  var rows: Int { (images.count + columns - 1) / columns }
}
