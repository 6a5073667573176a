extension Figure {
  /// The picture as SVG: readable on light and dark ground, without scripts, addresses or styles from elsewhere.
  ///
  /// - Parameter caption: lines above it, for what changes while it is shown.
  public func svg(caption: String? = nil) -> String {
    let (writer, size) = drawn(id: Self.idMark)
    var whole = SVGWriter()
    var (width, height) = (size.width, size.height)
    if let caption {
      // SVG takes several spaces for one; a wide one keeps the parts of a line apart.
      let lines = caption.split(separator: "\n").map { String($0).replacing("  ", with: "\u{2003}") }
      for (i, line) in lines.enumerated() { whole.text(line, 8, 18 + 18 * Double(i), size: 12.5) }
      let space = 8 + 18 * Double(lines.count)
      whole.insert(writer, x: 0, y: space)
      width = max(width, (lines.map { SVGWriter.width(of: $0, size: 12.5) }.max() ?? 0) + 16)
      height += space
    } else {
      whole = writer
    }
    // A page cuts what is wider than its column, or hides it: what is too wide is shown smaller.
    let scale = min(1, Self.widest / width)
    let description = caption.map { "\($0). \(summary)" } ?? summary
    let text = whole.document(width: width, height: height, scale: scale, title: title, description: description, id: Self.idMark)
    return text.replacing(Self.idMark, with: Self.fingerprint(text))
  }

  /// The style of every picture on dark ground, for those who draw it without knowing the reader's theme.
  public static let darkStyle = SVGWriter.darkRules

  /// Points; about what a notebook has beside its margins.
  private static let widest = 860.0

  /// Stands for the picture's id until the picture is known. No text of a figure has it: control characters are left out.
  private static let idMark = "\u{1}id\u{1}"

  /// An id that is the same for the same picture, so that it does not change from run to run, and that no other picture of the
  /// same page has.
  private static func fingerprint(_ text: String) -> String {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
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
    case .lines(let sheet): return sheet.drawn()
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
