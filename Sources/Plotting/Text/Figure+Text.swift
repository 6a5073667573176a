extension Figure {
  /// The picture as text: braille dots and blocks, or ASCII alone; no line is wider than the style says.
  public func text(_ style: TextFigureStyle = TextFigureStyle()) -> String {
    switch self {
    case .chart(let chart): TextChart(chart, style).text
    case .network(let network): network.text(style)
    case .images(let sheet): sheet.text(style)
    case .lines(let sheet):
      sheet.lines.map { (style.isUnicode ? $0 : $0.asASCII).cut(to: style.width, isUnicode: style.isUnicode) }.joined(
        separator: "\n")
    case .grid(let figures, _): figures.map { $0.text(style) }.joined(separator: "\n\n")
    }
  }
}
