import CPictures
import Glibc

/// Pixels that an SVG picture was drawn on.
public struct Canvas: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// `0xRRGGBB`; nil where what has no colour is clear.
  let ground: Int?
  /// `0xAARRGGBB`, row by row, colours multiplied by the opacity.
  private(set) var pixels: [UInt32]

  /// Whether pictures can be drawn here: librsvg is there.
  public static var canDraw: Bool { bp_svg_is_there() }

  /// Whether sixels can be made here: libsixel is there.
  public static var canMakeSixels: Bool { bp_sixel_is_there() }

  /// More pixels than any screen has are no picture but a mistake.
  static let most = 16_384

  public struct Size: Equatable, Sendable {
    public var width: Double
    public var height: Double

    public init(width: Double, height: Double) {
      self.width = width
      self.height = height
    }
  }

  /// The size that a picture gives itself; nil for what is no picture, or where none can be drawn.
  public static func size(of svg: String) -> Size? {
    var svg = svg
    var (width, height) = (0.0, 0.0)
    let isKnown = svg.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { bp_svg_size($0.baseAddress, $0.count, &width, &height) }
    }
    return isKnown && width > 0 && height > 0 ? Size(width: width, height: height) : nil
  }

  /// Draws a picture into the upper left of a canvas.
  ///
  /// - Parameters:
  ///   - style: CSS that goes before the picture's own attributes.
  ///   - drawn: the pixels that the picture takes.
  ///   - ground: `0xRRGGBB`; nil: what has no colour stays clear.
  /// - Returns: nil where it cannot be drawn.
  public init?(svg: String, style: String? = nil, drawn: Size, width: Int, height: Int, ground: Int? = nil) {
    guard (1...Self.most).contains(width), (1...Self.most).contains(height) else { return nil }
    self.width = width
    self.height = height
    self.ground = ground
    pixels = [UInt32](repeating: ground.map { 0xFF00_0000 | UInt32($0 & 0xFFFFFF) } ?? 0, count: width * height)
    var (svg, style) = (svg, style ?? "")
    let isDrawn = svg.withUTF8 { svg in
      style.withUTF8 { style in
        svg.withMemoryRebound(to: CChar.self) { svg in
          style.withMemoryRebound(to: CChar.self) { style in
            bp_svg_draw(
              svg.baseAddress, svg.count, style.isEmpty ? nil : style.baseAddress, style.count, drawn.width, drawn.height,
              &pixels, Int32(width), Int32(height))
          }
        }
      }
    }
    guard isDrawn else { return nil }
  }

  /// The canvas as sixels; they have no clear parts, so that it needs a ground.
  ///
  /// - Parameter colors: the most that the terminal has registers for.
  public func sixels(colors: Int) -> [UInt8]? {
    guard let ground else { return nil }
    var count = 0
    let most = Int32(min(max(colors, 2), 256))
    return Self.taken(
      bp_sixel_encode(pixels, Int32(width), Int32(height), most, UInt32(ground & 0xFFFFFF), &count), count)
  }

  private static func taken(_ start: UnsafeMutablePointer<UInt8>?, _ count: Int) -> [UInt8]? {
    guard let start else { return nil }
    defer { free(start) }
    return Array(UnsafeBufferPointer(start: start, count: count))
  }
}
