import FoundationEssentials
import Testing

@testable import Pictures

/// A red square on nothing, in the left half; its colour is another by a class.
private let half = """
  <svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 20 10">\
  <style>@media (prefers-color-scheme:dark){.ink{fill:#00ff00}}</style>\
  <rect class="ink" width="10" height="10" fill="#ff0000"/></svg>
  """

@Suite(.enabled(if: Canvas.canDraw, "librsvg is not here"))
struct CanvasTests {
  private func canvas(style: String? = nil, ground: Int? = nil) -> Canvas? {
    Canvas(svg: half, style: style, drawn: Canvas.Size(width: 20, height: 10), width: 24, height: 10, ground: ground)
  }

  @Test func `a picture says how large it is`() {
    #expect(Canvas.size(of: half) == Canvas.Size(width: 20, height: 10))
    #expect(Canvas.size(of: "no picture") == nil)
    #expect(Canvas.size(of: "") == nil)
  }

  @Test func `what has no colour is clear, or the ground`() throws {
    let clear = try #require(canvas())
    #expect(clear.pixels[5] == 0xFFFF_0000 && clear.pixels[15] == 0 && clear.pixels[22] == 0)
    let grounded = try #require(canvas(ground: 0x123456))
    #expect(grounded.pixels[5] == 0xFFFF_0000 && grounded.pixels[15] == 0xFF12_3456 && grounded.pixels[22] == 0xFF12_3456)
  }

  @Test func `a style goes before the picture's attributes, and its own theme is not taken`() throws {
    #expect(try #require(canvas(style: ".ink{fill:#0000ff}")).pixels[5] == 0xFF00_00FF)
  }

  @Test func `sizes beyond reason are refused`() {
    for (width, height) in [(0, 10), (10, -1), (Canvas.most + 1, 10)] {
      #expect(Canvas(svg: half, drawn: Canvas.Size(width: 1, height: 1), width: width, height: height) == nil)
    }
    #expect(Canvas(svg: "<svg", drawn: Canvas.Size(width: 1, height: 1), width: 4, height: 4) == nil)
  }

  @Test func `a file in PNG says its size`() throws {
    let png = try #require(canvas()?.png())
    #expect(png.starts(with: [0x89] + Array("PNG\r\n\u{1A}\n".utf8)))
    #expect(png[16..<24].elementsEqual([0, 0, 0, 24, 0, 0, 0, 10]))
  }

  /// Few colours on a ground, as charts are; few on none; more than a palette holds.
  @Test(arguments: [
    ("<rect width='9' height='10' fill='#ff0000'/>", 0x123456 as Int?), ("<rect width='9' height='10' fill='#ff0000'/>", nil),
    (
      """
      <linearGradient id='g'><stop stop-color='#ff0000'/><stop offset='1' stop-color='#0000ff'/></linearGradient>\
      <rect width='400' height='10' fill='url(#g)'/>
      """, 0xFFFFFF
    ),
  ])
  func `what is drawn in a PNG is what was written`(drawing: String, ground: Int?) throws {
    let size = Canvas.Size(width: 400, height: 10)
    func drawn(_ content: String) throws -> Canvas {
      try #require(
        Canvas(
          svg: "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='10'>\(content)</svg>", drawn: size, width: 400,
          height: 10,
          ground: ground))
    }
    let written = try drawn(drawing)
    let png = try #require(written.png())
    #expect(
      try drawn("<image width='400' height='10' href='data:image/png;base64,\(Data(png).base64EncodedString())'/>") == written)
  }

  @Test(arguments: [(Int.min, 2), (0, 2), (16, 16), (5000, 256)])
  func `sixels have no more colours than asked for`(colors: Int, most: Int) throws {
    guard Canvas.canMakeSixels, let sixels = canvas(ground: 0xFFFFFF)?.sixels(colors: colors) else { return }
    let text = String(decoding: sixels, as: UTF8.self)
    #expect(text.hasPrefix("\u{1B}P") && text.hasSuffix("\u{1B}\\"))
    #expect(text.contains("\"1;1;24;10"))
    let registers = text.split(separator: "#").filter { $0.contains(";2;") }.count
    #expect((1...most).contains(registers))
  }

  @Test func `kitty is sent pieces of 4096 bytes, the last marked`() {
    let commands = KittyPicture.commands([UInt8](repeating: 7, count: 7000), "a=T")
    #expect(commands.count == 3)
    #expect(commands[0].hasPrefix("\u{1B}_Ga=T,m=1;Bwc") && commands[1].hasPrefix("\u{1B}_Gm=1;"))
    #expect(commands[2].hasPrefix("\u{1B}_Gm=0;") && commands.allSatisfy { $0.hasSuffix("\u{1B}\\") })
    #expect(KittyPicture.commands([], "a=T") == ["\u{1B}_Ga=T,m=0;\u{1B}\\"])
  }

  @Test func `iTerm2 is sent a file with its size in cells`() throws {
    let shown = try #require(canvas())
    let text = try #require(PictureProtocol.iterm2.encoded(shown, columns: 3, rows: 1, colors: 256))
    #expect(text.hasPrefix("\u{1B}]1337;File=inline=1;size=") && text.hasSuffix("\u{7}\n"))
    #expect(text.contains(";width=3;height=1;preserveAspectRatio=1:iVBORw0KGgo"))
  }
}
