/// Gathers the elements of an SVG picture.
struct SVGWriter {
  private(set) var body = ""

  enum Anchor: String {
    case start, middle, end
  }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ color: Color, width: Double = 1, opacity: Double = 1,
    dashes: [Int] = [], tooltip: String? = nil
  ) {
    body += "<line x1=\"\(x1.svg)\" y1=\"\(y1.svg)\" x2=\"\(x2.svg)\" y2=\"\(y2.svg)\"\(SVGWriter.paint(stroke: color))"
    body += " stroke-width=\"\(width.svg)\"\(SVGWriter.dashed(dashes))" + SVGWriter.opacity(opacity, of: "stroke")
    body += SVGWriter.closing("line", tooltip)
  }

  /// A line through points; of a single one a dot as wide.
  mutating func polyline(_ points: [(Double, Double)], _ color: Color, width: Double, opacity: Double = 1, dashes: [Int] = []) {
    guard let first = points.first else { return }
    guard points.count > 1 else { return circle(first.0, first.1, width, fill: color, opacity: opacity) }
    let places = points.map { "\($0.0.svg),\($0.1.svg)" }.joined(separator: " ")
    body += "<polyline points=\"\(places)\" fill=\"none\"\(SVGWriter.paint(stroke: color)) stroke-width=\"\(width.svg)\""
    body += " stroke-linejoin=\"round\" stroke-linecap=\"\(dashes.isEmpty ? "round" : "butt")\"\(SVGWriter.dashed(dashes))"
    body += SVGWriter.opacity(opacity, of: "stroke") + "/>\n"
  }

  /// - Parameter isRound: whether a line without length is a dot.
  mutating func path(_ data: String, _ color: Color, width: Double, opacity: Double = 1, isRound: Bool = false) {
    body += "<path d=\"\(data)\" fill=\"none\"\(SVGWriter.paint(stroke: color)) stroke-width=\"\(width.svg)\""
    body += (isRound ? " stroke-linecap=\"round\"" : "") + SVGWriter.opacity(opacity, of: "stroke") + "/>\n"
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: Color?, stroke: Color? = nil, opacity: Double = 1,
    isCrisp: Bool = false, tooltip: String? = nil
  ) {
    body += "<rect x=\"\(x.svg)\" y=\"\(y.svg)\" width=\"\(max(0, width).svg)\" height=\"\(max(0, height).svg)\""
    body += SVGWriter.paint(fill: fill, stroke: stroke) + SVGWriter.opacity(opacity, of: stroke == nil ? "fill" : nil)
    // Neighbours without a seam between them.
    if isCrisp { body += " shape-rendering=\"crispEdges\"" }
    body += SVGWriter.closing("rect", tooltip)
  }

  mutating func circle(
    _ x: Double, _ y: Double, _ radius: Double, fill: Color, stroke: Color? = nil, opacity: Double = 1, tooltip: String? = nil
  ) {
    body += "<circle cx=\"\(x.svg)\" cy=\"\(y.svg)\" r=\"\(radius.svg)\""
    body += SVGWriter.paint(fill: fill, stroke: stroke) + (stroke == nil ? "" : " stroke-width=\"0.8\"")
    body += SVGWriter.opacity(opacity, of: stroke == nil ? "fill" : nil)
    body += SVGWriter.closing("circle", tooltip)
  }

  /// - Parameters:
  ///   - turn: in degrees around the text's place.
  ///   - room: what is wider is cut, and told whole as a tooltip.
  mutating func text(
    _ text: String, _ x: Double, _ y: Double, anchor: Anchor = .start, size: Double = 12, isBold: Bool = false,
    color: Color = Palette.ink, turn: Double = 0, room: Double = .infinity, isFixed: Bool = false
  ) {
    let shown = SVGWriter.shortened(text, to: room, size: isBold ? size * SVGWriter.boldness : size)
    body += "<text x=\"\(x.svg)\" y=\"\(y.svg)\" font-size=\"\(size.svg)\"\(SVGWriter.paint(fill: color))"
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    if isBold { body += " font-weight=\"600\"" }
    if isFixed { body += " xml:space=\"preserve\" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\"" }
    if turn != 0 { body += " transform=\"rotate(\(turn.svg) \(x.svg) \(y.svg))\"" }
    body += ">\(shown.asMarkup())" + (shown == text ? "" : "<title>\(text.asMarkup())</title>") + "</text>\n"
  }

  /// Shapes that are pale together, so that where they overlap nothing shows.
  mutating func insert(_ other: SVGWriter, opacity: Double) {
    body += "<g opacity=\"\(opacity.svg)\">\n\(other.body)</g>\n"
  }

  /// Another picture, at a place of this one.
  mutating func insert(_ other: SVGWriter, x: Double, y: Double) {
    body += "<g transform=\"translate(\(x.svg) \(y.svg))\">\n\(other.body)</g>\n"
  }

  /// Marks that nothing of may lie outside a rectangle.
  mutating func clipped(
    _ id: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ draw: (inout SVGWriter) -> Void
  ) {
    var inner = SVGWriter()
    draw(&inner)
    guard !inner.body.isEmpty else { return }
    body +=
      "<clipPath id=\"\(id)\"><rect x=\"\(x.svg)\" y=\"\(y.svg)\" width=\"\(width.svg)\" height=\"\(height.svg)\"/></clipPath>\n"
    body += "<g clip-path=\"url(#\(id))\">\n\(inner.body)</g>\n"
  }

  /// The colours of an element, and the classes by which they change with the reader's theme.
  private static func paint(fill: Color? = nil, stroke: Color? = nil) -> String {
    var classes: [String] = []
    var text = fill == nil && stroke == nil ? " fill=\"none\"" : ""
    for (property, color) in [("fill", fill), ("stroke", stroke)] {
      guard let color else { continue }
      text += " \(property)=\"\(color.hex)\""
      if color.dark != nil { classes.append(className(property, color)) }
    }
    return text + (classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\"")
  }

  private static func className(_ property: String, _ color: Color) -> String { "bp-\(property)-\(color.hexDigits)" }

  /// The colours on dark ground. An image takes no style from the page around it, but it knows the reader's theme.
  private static let themes = "<style>@media (prefers-color-scheme:dark){\(darkRules)}</style>"

  static let darkRules = Palette.themed.flatMap { color in
    ["fill", "stroke"].map { ".\(className($0, color)){\($0):\(Color(color.dark ?? 0).hex)}" }
  }.joined()

  private static func dashed(_ dashes: [Int]) -> String {
    dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes.map(String.init).joined(separator: " "))\""
  }

  /// - Parameter paint: the one thing that is painted: its own opacity takes no second canvas, which of hundreds of points is
  ///   slow (librsvg drew 500 of them in 270 ms).
  private static func opacity(_ opacity: Double, of paint: String?) -> String {
    opacity < 1 ? " \(paint.map { "\($0)-" } ?? "")opacity=\"\(opacity.svg)\"" : ""
  }

  private static func closing(_ element: String, _ tooltip: String?) -> String {
    tooltip.map { "><title>\($0.asMarkup())</title></\(element)>\n" } ?? "/>\n"
  }

  /// The whole picture, with a title and a description for those who cannot see it.
  func document(
    width: Double, height: Double, scale: Double = 1, title: String, description: String, id: String
  ) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\((width * scale).svg)" height="\((height * scale).svg)" viewBox="0 0 \(width.svg) \(height.svg)" \
    role="img" aria-labelledby="\(id)-t \(id)-d" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif">
    <title id="\(id)-t">\(title.asMarkup())</title>
    <desc id="\(id)-d">\(description.asMarkup())</desc>
    \(SVGWriter.themes)
    \(body)</svg>

    """
  }

  /// How much wider bold letters are.
  static let boldness = 1.13

  /// About how wide a text will be, after the letters of DejaVu Sans, which is among the widest.
  static func width(of text: String, size: Double = 12) -> Double {
    text.unicodeScalars.reduce(0) { $0 + width(of: $1) } * size
  }

  private static func width(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "m", "w", "M", "W", "@", "%", "←", "→": 0.9
    case "i", "l", "j", "I", " ", ".", ",", ":", ";", "'", "|", "!", "(", ")", "[", "]", "f", "t", "r": 0.38
    case "A"..."Z": 0.68
    // Block elements, and the wide space that stands for two.
    case "\u{2580}"..."\u{259F}": 0.78
    case "\u{2003}": 1
    default: scalar.value > 0x2E80 ? 1 : 0.64
    }
  }

  /// The text, or its beginning where it is wider than there is room.
  static func shortened(_ text: String, to room: Double, size: Double) -> String {
    guard width(of: text, size: size) > room else { return text }
    var kept = ""
    var used = width(of: "…", size: size)
    for character in text {
      used += width(of: String(character), size: size)
      guard used <= room else { break }
      kept.append(character)
    }
    return kept + "…"
  }
}

extension Double {
  /// At most two decimals.
  var svg: String {
    let limit = 1e7
    let value = isFinite ? Swift.min(Swift.max(self, -limit), limit) : 0
    let hundredths = Int((value * 100).rounded())
    let (whole, part) = (abs(hundredths) / 100, abs(hundredths) % 100)
    let sign = hundredths < 0 ? "-" : ""
    if part == 0 { return "\(sign)\(whole)" }
    return part % 10 == 0 ? "\(sign)\(whole).\(part / 10)" : "\(sign)\(whole).\(part < 10 ? "0" : "")\(part)"
  }
}
