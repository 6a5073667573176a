import Diagnostics
import Testing

@Suite struct RenderingTests {
  /// A mistake in a long line.
  private let long: Diagnostic = {
    let line = (10...40).map { "name\($0)" }.joined(separator: " + ")
    let source = Source(name: "long.bp", text: "x = 1\n" + line + "\n")
    let start = 6 + 15 * "name10 + ".utf8.count
    return Diagnostic("NameError", "a name is not defined", at: Span(source, start..<(start + 6)))
  }()

  // A row one column too wide is broken by the terminal, and the carets point at nothing.
  @Test(arguments: [30, 40, 60, 80, 100, 200, 400])
  func `the source shown is no wider than the terminal`(width: Int) {
    let rows = long.rendered(RenderingStyle(width: width)).split(separator: "\n").filter { $0.contains("│") }
    #expect(rows.count == 3)
    for row in rows { #expect(row.count <= width) }
  }

  @Test(arguments: [40, 60, 100, 400])
  func `the carets stand below what they mean`(width: Int) throws {
    let rows = long.rendered(RenderingStyle(width: width)).split(separator: "\n").filter { $0.contains("│") }
    let (line, carets) = (Array(rows[1]), Array(rows[2]))
    let marked = carets.indices.filter { carets[$0] == "^" }
    let span = try #require(long.span)
    #expect(String(marked.map { line[$0] }) == span.source.text(span.range))
  }

  @Test func `control characters of a program do not reach the terminal`() {
    let source = Source(name: "a.bp", text: "x = '\u{1B}[2J\u{202E}'\n")
    let text = Diagnostic("SyntaxError", "a \u{7} in it", at: Span(source, 0..<1)).rendered()
    #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 7 || $0.value == 0x202E })
  }
}
