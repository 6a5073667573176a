/// Colours that can be told apart with any eyes, and read on white and on black.
///
/// After M. Okabe and K. Ito, "Color universal design", 2008, brought to a middle lightness.
enum Palette {
  static let series: [Color] = [
    Color(0x2E86DE), Color(0xE1701A), Color(0x17A077), Color(0xC8559B), Color(0x8C6BD8), Color(0xA98A1D), Color(0x2796A8),
    Color(0xD1495B), Color(0x6C7F99), Color(0x9E6640),
  ]

  static func series(_ i: Int) -> Color { series[((i % series.count) + series.count) % series.count] }

  /// The strokes and gaps of a line, in pixels: where colours begin again, lines are told apart by these.
  static func dashes(_ i: Int) -> [Int] { [[], [7, 4], [2, 4]][abs(i / series.count) % 3] }

  /// Titles and what stands beside the axes.
  static let ink = Color(0x32383F, dark: 0xD3D8DE)
  /// The axes, and rules across the chart.
  static let axis = Color(0x6E7781, dark: 0x8B949E)
  /// Lines behind the data.
  static let faint = Color(0x8F9399)
  /// The ground of the page, for what is to stand out from its neighbours.
  static let paper = Color(0xFFFFFF, dark: 0x111111)
  /// The inside of a neuron.
  static let neuron = Color(0xF4F6F8, dark: 0x262B31)
  /// Signs: of weights, and of what paths add.
  static func sign(of value: Double) -> Color { value < 0 ? series[1] : series[0] }

  /// Those that follow the reader's theme.
  static let themed = [ink, axis, paper, neuron]
}

public struct Color: Equatable, Hashable, Sendable {
  public let red: UInt8
  public let green: UInt8
  public let blue: UInt8
  /// What takes its place on dark ground; nil where it is good on both.
  let dark: Int?

  /// - Parameter rgb: eight bits each, as `0xRRGGBB`.
  public init(_ rgb: Int, dark: Int? = nil) {
    red = UInt8(rgb >> 16 & 255)
    green = UInt8(rgb >> 8 & 255)
    blue = UInt8(rgb & 255)
    self.dark = dark
  }

  /// As SVG writes it.
  var hex: String { "#" + hexDigits }

  var hexDigits: String {
    let digits = Array("0123456789abcdef")
    return [red, green, blue].map { String([digits[Int($0 >> 4)], digits[Int($0 & 15)]]) }.joined()
  }

  /// A mixture: 0 is this colour, 1 the other.
  func mixed(with other: Color, _ share: Double) -> Color {
    func mix(_ a: UInt8, _ b: UInt8) -> Int { Int((Double(a) + (Double(b) - Double(a)) * share).rounded()) }
    return Color(mix(red, other.red) << 16 | mix(green, other.green) << 8 | mix(blue, other.blue))
  }

  /// Seen lightness from 0 to 1, for choosing text upon it.
  var lightness: Double { (0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)) / 255 }

  /// For terminals with 24 bits of colour, whose ground is not known: between the two themes.
  func foreground() -> String {
    let seen = dark.map { mixed(with: Color($0), 0.5) } ?? self
    return "\u{1B}[38;2;\(seen.red);\(seen.green);\(seen.blue)m"
  }

  func background() -> String { "\u{1B}[48;2;\(red);\(green);\(blue)m" }
}

/// How values become colours.
public enum ColorMap: Equatable, Sendable {
  /// From dark to light, for what has no middle: points of matplotlib's viridis (S. van der Walt and N. Smith, 2015).
  case sequential
  /// Two colours around zero.
  case diverging
  case grey

  /// - Parameter share: from 0 to 1.
  func color(_ share: Double) -> Color {
    let stops = stops
    guard share.isFinite else { return Palette.faint }
    let place = min(max(share, 0), 1) * Double(stops.count - 1)
    let i = min(Int(place), stops.count - 2)
    return stops[i].mixed(with: stops[i + 1], place - Double(i))
  }

  private var stops: [Color] {
    switch self {
    case .sequential:
      [
        Color(0x440154), Color(0x482878), Color(0x3E4A89), Color(0x31688E), Color(0x26828E), Color(0x1F9E89), Color(0x35B779),
        Color(0x6DCD59), Color(0xB4DE2C), Color(0xFDE725),
      ]
    case .diverging: [Color(0x1F5FA8), Color(0x6FA8DC), Color(0xECECEC), Color(0xE9A25C), Color(0xB8540B)]
    case .grey: [Color(0x000000), Color(0xFFFFFF)]
    }
  }

  /// The values at the ends of the colours: around zero the same size on both sides.
  func ends(of range: ClosedRange<Double>) -> ClosedRange<Double> {
    if self == .diverging {
      let size = max(abs(range.lowerBound), abs(range.upperBound))
      return size > 0 ? -size...size : -1...1
    }
    return range.lowerBound < range.upperBound ? range : (range.lowerBound - 0.5)...(range.lowerBound + 0.5)
  }
}
