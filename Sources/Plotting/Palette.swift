/// Colours that can be told apart with any eyes, and read on white and on black.
///
/// After M. Okabe and K. Ito, "Color universal design", 2008, brought to a middle lightness.
enum Palette {
  static let series: [Color] = [
    Color(0x2E86DE), Color(0xE1701A), Color(0x17A077), Color(0xC8559B), Color(0x8C6BD8), Color(0xA98A1D), Color(0x2FA4B5),
    Color(0xD1495B),
  ]

  static func series(_ i: Int) -> Color { series[((i % series.count) + series.count) % series.count] }

  /// Text and axes: the same contrast, above 4, on white and on black.
  static let ink = Color(0x7A7D82)
  /// Lines behind the data.
  static let faint = Color(0x8F9399)
}

public struct Color: Equatable, Hashable, Sendable {
  public let red: UInt8
  public let green: UInt8
  public let blue: UInt8

  public init(_ rgb: Int) {
    red = UInt8(rgb >> 16 & 255)
    green = UInt8(rgb >> 8 & 255)
    blue = UInt8(rgb & 255)
  }

  /// As SVG writes it.
  var hex: String {
    let digits = Array("0123456789abcdef")
    return "#" + [red, green, blue].map { String([digits[Int($0 >> 4)], digits[Int($0 & 15)]]) }.joined()
  }

  /// A mixture: 0 is this colour, 1 the other.
  func mixed(with other: Color, _ share: Double) -> Color {
    func mix(_ a: UInt8, _ b: UInt8) -> Int { Int((Double(a) + (Double(b) - Double(a)) * share).rounded()) }
    return Color(mix(red, other.red) << 16 | mix(green, other.green) << 8 | mix(blue, other.blue))
  }

  /// Seen lightness from 0 to 1, for choosing text upon it.
  var lightness: Double { (0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)) / 255 }

  /// For terminals with 24 bits of colour.
  func foreground() -> String { "\u{1B}[38;2;\(red);\(green);\(blue)m" }
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
