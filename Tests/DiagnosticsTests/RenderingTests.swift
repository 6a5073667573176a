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

  /// A diagnostic at the first place of a piece of text.
  private func rendered(_ text: String, at piece: String, help: String? = nil, label: String? = nil, width: Int = 80) -> [String]
  {
    let source = Source(name: "t.bp", text: text)
    let range = text.utf8.firstRange(of: piece.utf8).map {
      text.utf8.distance(from: text.startIndex, to: $0.lowerBound)..<text.utf8.distance(from: text.startIndex, to: $0.upperBound)
    }
    let diagnostic = Diagnostic("NameError", "x is not defined", at: Span(source, range ?? 0..<0), label: label, help: help)
    return diagnostic.rendered(RenderingStyle(width: width)).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
  }

  @Test func `an error says what, where with the line before, and what to do`() {
    #expect(
      rendered("a = 1\nb = a + xx\n", at: "xx", help: "give it a value", label: "this one") == [
        "NameError: x is not defined",
        "  ┌ t.bp:2:9",
        "1 │ a = 1",
        "2 │ b = a + xx",
        "  │         ^^ this one",
        "  help: give it a value",
      ])
  }

  @Test(arguments: [
    ("\t\tb = xx", "        b = xx", "            ^^"),
    ("日本 = xx", "日本 = xx", "       ^^"),
    ("e\u{301} = xx", "e\u{301} = xx", "    ^^"),
    ("\"👍🏽\" + xx", "\"👍🏽\" + xx", "       ^^"),
    ("a\tb xx", "a    b xx", "       ^^"),
    ("\u{1B}[31m xx", "\u{FFFD}[31m xx", "      ^^"),
    ("\u{202E}a xx", "\u{FFFD}a xx", "   ^^"),
  ])
  func `carets stand under their characters`(text: String, line: String, carets: String) {
    #expect(rendered(text, at: "xx").dropFirst(2) == ["1 │ " + line, "  │ " + carets])
  }

  @Test func `carets of a wide word are as wide`() {
    #expect(rendered("a + 日本", at: "日本").last == "  │     ^^^^")
  }

  @Test func `a long line is cut around what matters`() {
    let text = String(repeating: "a + ", count: 50) + "xx" + String(repeating: " + b", count: 50)
    let lines = rendered(text, at: "xx", width: 40)
    #expect(lines.dropFirst(2) == ["1 │ …+ a + a + a + a + xx + b + b + b +…", "  │                    ^^"])
    #expect(lines.allSatisfy { $0.count <= 40 })
  }

  @Test func `a span over several lines is marked on its first`() {
    let lines = rendered("f(1,\n  2)", at: "f(1,\n  2)")
    #expect(lines.suffix(2) == ["1 │ f(1,", "  │ ^^^^"])
  }

  @Test func `a place at the end of a text is behind its last character`() {
    let source = Source(name: "t.bp", text: "x = 1 +")
    let lines = Diagnostic("SyntaxError", "a value is missing", at: Span(source, 7..<7)).rendered()
    #expect(lines.hasSuffix("1 │ x = 1 +\n  │        ^"))
  }

  @Test func `columns count characters and lines end as they may`() {
    let source = Source(name: "t.bp", text: "a\r\nbé日x\rlast")
    #expect(source.lineCount == 3)
    #expect((1...3).map(source.line) == ["a", "bé日x", "last"])
    #expect(source.place(of: 9) == (2, 4))
    #expect(source.place(of: 11) == (3, 1))
  }

  @Test func `calls that led there are listed, and those that repeat are folded`() {
    let source = Source(name: "t.bp", text: "f(0)\nf(n + 1)\ng(n)\n")
    let outer = Diagnostic.CallSite(function: "", span: Span(source, 0..<4))
    let inner = Diagnostic.CallSite(function: "f", span: Span(source, 5..<13))
    let other = Diagnostic.CallSite(function: "g", span: Span(source, 14..<18))
    func calls(_ calls: [Diagnostic.CallSite]) -> [String] {
      Diagnostic("RecursionError", "too deep", calls: calls).rendered().split(separator: "\n").dropFirst().map(String.init)
    }
    #expect(
      calls([outer] + Array(repeating: inner, count: 998)) == [
        "  called from t.bp:1  f(0)",
        "  called from t.bp:2 in f  f(n + 1)  (998 times)",
      ])
    let turns = calls((0..<20).map { $0.isMultiple(of: 2) ? inner : other })
    #expect(turns.count == 9)
    #expect(turns[4] == "  … 12 more calls")
  }

  @Test func `colours are only where they are wanted, and control characters of a text nowhere`() {
    let diagnostic = Diagnostic("ValueError", "bad \u{1B}[2J text", help: "no \u{7} bell")
    #expect(diagnostic.rendered() == "ValueError: bad \u{FFFD}[2J text\n  help: no \u{FFFD} bell")
    #expect(diagnostic.rendered(RenderingStyle(emphasis: .color)).contains("\u{1B}[1;31mValueError: "))
  }
}
