extension Figure {
  /// The picture as SVG: readable on light and dark ground, without scripts, addresses or styles from elsewhere.
  ///
  /// - Parameter caption: a line above it, for what changes while it is shown.
  public func svg(caption: String? = nil) -> String {
    let content = fingerprint
    let (writer, size) = drawn(id: content)
    guard let caption else {
      return writer.document(width: size.width, height: size.height, title: title, description: summary, id: content)
    }
    var whole = SVGWriter()
    whole.text(caption, 8, 18, size: 12.5)
    whole.insert(writer, x: 0, y: 26)
    let width = max(size.width, SVGWriter.width(of: caption, size: 12.5) + 16)
    return whole.document(
      width: width, height: size.height + 26, title: title, description: "\(caption). \(summary)", id: content)
  }

  /// An id that is the same for the same figure, so that a picture does not change from run to run.
  private var fingerprint: String {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in "\(self)".utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return "bp" + String(state, radix: 36)
  }

  struct Size: Equatable {
    var width: Double
    var height: Double
  }

  func drawn(id: String) -> (SVGWriter, Size) {
    switch self {
    case .chart(let chart):
      var drawing = ChartDrawing(chart, id: id)
      return (drawing.draw(), Size(width: chart.width, height: chart.height))
    case .network(let network): return network.drawn()
    case .images(let sheet): return sheet.drawn()
    case .grid(let figures, let columns):
      let columns = max(1, min(columns, figures.count))
      var writer = SVGWriter()
      var (width, top) = (0.0, 0.0)
      for start in stride(from: 0, to: figures.count, by: columns) {
        var (left, height) = (0.0, 0.0)
        for i in start..<min(start + columns, figures.count) {
          let (part, size) = figures[i].drawn(id: "\(id)-\(i)")
          writer.insert(part, x: left, y: top)
          left += size.width
          height = max(height, size.height)
        }
        width = max(width, left)
        top += height
      }
      return (writer, Size(width: width, height: top))
    }
  }
}
