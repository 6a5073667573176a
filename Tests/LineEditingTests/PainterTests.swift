import Testing

@testable import LineEditing

@Suite struct PainterTests {
  private func layout(_ text: String, width: Int) -> BlockLayout {
    BlockLayout(Array(text), cursor: text.count, styles: [], prompt: "> ", continuation: "  ", width: width)
  }

  @Test func `what was drawn is drawn over`() {
    var painter = Painter(hasColor: false)
    _ = painter.paint(layout("a\nb\nc", width: 20), below: [], columns: 20, height: 10)
    let next = painter.paint(layout("x", width: 20), below: [], columns: 20, height: 10)
    #expect(next == "\u{1B}[?25l\u{1B}[2A\r\u{1B}[J> x\r\u{1B}[3C\u{1B}[?25h")
  }

  // The terminal breaks what it shows anew when it becomes narrower; going up by the old rows would leave their starts behind.
  @Test(arguments: [(20, 2), (10, 4), (8, 6), (5, 8)])
  func `a narrower terminal has more rows above the cursor`(columns: Int, above: Int) {
    var painter = Painter(hasColor: false)
    _ = painter.paint(layout(String(repeating: "a", count: 36), width: 18), below: [], columns: 18, height: 10)
    let next = painter.paint(layout("x", width: columns), below: [], columns: columns, height: 10)
    #expect(next.hasPrefix("\u{1B}[?25l\u{1B}[\(above)A"))
  }

  @Test func `a block higher than the terminal shows the rows around the cursor, and all of them at its end`() {
    var painter = Painter(hasColor: false)
    let block = layout((1...50).map { "x\($0)" }.joined(separator: "\n"), width: 20)
    let shown = painter.paint(block, below: [], columns: 20, height: 10)
    #expect(shown.contains("x42") && shown.contains("x50") && !shown.contains("x41"))
    let finished = painter.finish(block, columns: 20)
    #expect(finished.hasPrefix("\u{1B}[8A\r\u{1B}[J> x1\r\n  x2"))
    #expect(finished.hasSuffix("  x50\r\n"))
  }

  @Test func `colours are written only where there are any`() {
    let layout = BlockLayout(Array("if"), cursor: 0, styles: [.keyword, .keyword], prompt: "> ", continuation: "", width: 20)
    var plain = Painter(hasColor: false)
    #expect(!plain.paint(layout, below: [], columns: 20, height: 5).contains("m"))
    var coloured = Painter(hasColor: true)
    #expect(coloured.paint(layout, below: [], columns: 20, height: 5).contains("\u{1B}[35mif\u{1B}[0m"))
  }

  // Some terminals draw a thumb and its colour side by side: what follows would stand two columns too far to the right.
  @Test(arguments: [("👍🏽x", "> 👍🏽\r\u{1B}[4Cx"), ("❤️x", "> ❤️\r\u{1B}[4Cx"), ("日éx", "> 日éx")])
  func `the cursor is put behind a character of doubtful width`(text: String, shown: String) {
    var painter = Painter(hasColor: false)
    #expect(painter.finish(layout(text, width: 20), columns: 20) == "\r\u{1B}[J" + shown + "\r\n")
  }

  @Test func `a character of doubtful width does not go over the edge`() {
    #expect(layout("aaa👍🏽", width: 8).rows.count == 2)
    #expect(layout("aa👍🏽b", width: 8).rows.count == 1)
  }
}
