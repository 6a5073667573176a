import FoundationEssentials

extension Canvas {
  /// A picture as a PNG file on white ground, for documents on paper.
  public struct File: Equatable, Sendable {
    /// In Base64.
    public var text: String
    /// In the picture's own pixels, of which each is several of the file.
    public var width: Int
    public var height: Int
  }

  /// Dots of the file for each pixel: sharp in print, and at twice the letters' size on screens.
  private static let density = 2.0

  /// - Returns: nil where none can be drawn.
  public static func file(of svg: String) -> File? {
    guard let size = size(of: svg) else { return nil }
    let (width, height) = (size.width.rounded(.up), size.height.rounded(.up))
    guard max(width, height) * density <= Double(most) else { return nil }
    let drawn = Size(width: size.width * density, height: size.height * density)
    let canvas = Canvas(svg: svg, drawn: drawn, width: Int(width * density), height: Int(height * density), ground: 0xFFFFFF)
    return canvas?.png().map { File(text: Data($0).base64EncodedString(), width: Int(width), height: Int(height)) }
  }
}
