import Diagnostics
import Parsing
import Testing

@Suite struct RecoveryTests {
  private func mistakes(_ text: String) -> [String] {
    Module.parse(Source(name: "t", text: text)).diagnostics.map { mistake in
      let place = mistake.span?.start ?? (line: 0, column: 0)
      return "\(place.line):\(place.column) \(mistake.message)"
    }
  }

  @Test func `reading goes on behind each mistake`() {
    #expect(
      mistakes("x = 1 +\nif y\n    z = (\n        3]\n    class A:\n        pass\nfor in 3: pass\nok = 1\n") == [
        "1:8 expected a value, but the line ends",
        "2:4 a : is missing at the end of this if",
        "4:10 this ] does not close the ( of line 3",
        "7:5 expected a name, but found in",
      ])
  }

  @Test(arguments: [
    ("f(1,\nx = 2\ny = = 3\n", ["1:2 this ( is never closed"]),
    ("'''abc\nx = = 2\n", ["1:1 this string is never closed"]),
    ("x = 1)\ny = 2]\n", ["1:6 there is no bracket for this ) to close", "2:6 there is no bracket for this ] to close"]),
    (
      "x = 'a\ny = \"b\n",
      ["1:5 this string is not closed before the end of its line", "2:5 this string is not closed before the end of its line"]
    ),
  ])
  func `what only follows from a mistake is not told`(text: String, said: [String]) {
    #expect(mistakes(text) == said)
  }

  @Test(arguments: [
    ("(", "brackets are nested deeper than 100"), ("-", "this chain has more than 1000 links"),
    ("not ", "this chain has more than 1000 links"), ("lambda: ", "this is nested deeper than 100"),
    ("x if y else ", "this chain has more than 1000 links"), ("a.", "this chain has more than 1000 links"),
    ("a ** ", "this chain has more than 1000 links"), ("a = ", "this chain has more than 1000 links"),
    ("[x for x in ", "brackets are nested deeper than 100"), ("f(", "brackets are nested deeper than 100"),
  ])
  func `endless nesting is one mistake`(piece: String, said: String) {
    let found = Module.parse(Source(name: "t", text: String(repeating: piece, count: 100_000) + "x")).diagnostics
    #expect(found.map(\.message) == [said])
  }

  @Test func `blocks deeper than fifty are refused`() {
    let text = (0..<60).map { String(repeating: " ", count: $0) + "if x:\n" }.joined() + String(repeating: " ", count: 60) + "y"
    #expect(mistakes(text) == ["52:1 blocks are nested deeper than 50"])
  }

  @Test(arguments: [
    "", "\n", "\r\n\r\n", "\u{FEFF}x = 1", "# only", "x = 1 # é", "\tx", "\u{0}", "x\u{0}", "\\", "\u{FEFF}", "f'{", "f'{x!",
    "\"", "0x", "@", "\u{c}x",
  ])
  func `no text is too strange to be read`(text: String) {
    let (module, found) = Module.parse(Source(name: "t", text: text))
    // Every mistake has its place within the text, and a remedy.
    for mistake in found {
      #expect(mistake.help != nil)
      #expect((mistake.span?.range.upperBound ?? .max) <= max(text.utf8.count, 1))
    }
    #expect(module.dump.isEmpty == module.statements.isEmpty)
  }
}
