import Parsing
import Testing

/// The cursor stands where the text has a `|`.
@Suite struct CursorPlaceTests {
  private func place(_ marked: String, reachesBeyond: Bool = false) -> CursorPlace {
    let halves = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    return CursorPlace(halves.joined(), halves[0].utf8.count, reachesBeyond: reachesBeyond)
  }

  @Test(
    arguments: [
      ("sig|", .name, "sig"), ("sig|moid", .name, "sig"), ("y = π + größ|", .name, "größ"), ("|", .name, ""),
      ("net.de|", .attribute(of: ["net"]), "de"), ("net.dense1.|", .attribute(of: ["net", "dense1"]), ""),
      ("f(net . dense1 . we|", .attribute(of: ["net", "dense1"]), "we"), ("f(x).a.b|", .attribute(of: []), "b"),
      ("x[0].|", .attribute(of: []), ""), ("1.|", .text, ""), ("x = 12|", .text, ""),
      ("print(\"si|", .text, ""), ("'''long\nsi|", .text, ""), ("# si|", .text, ""), ("x = 1  # si|", .text, ""),
      ("# old\nsi|", .name, "si"), ("f\"{net.de|", .attribute(of: ["net"]), "de"), ("f\"{{si|", .text, ""),
      ("f'{a} and {si|", .name, "si"), ("f'{a} si|", .text, ""), ("import too|", .module, "too"),
      ("x = 3\nfrom tools import f|", .module, "f"), ("x = 3 +\nran|", .name, "ran"),
    ] as [(String, CursorPlace.Kind, String)])
  func `what could stand at the cursor is known`(text: String, kind: CursorPlace.Kind, word: String) {
    let place = place(text)
    #expect(place.kind == kind)
    #expect(place.word == word)
  }

  @Test(arguments: [
    ("f(1, |", "f"), ("net.dense1.f(x, g(2), |", "net.dense1.f"), ("f(\")\", |", "f"), ("f(\n  3,  # don't\n  fac|", "f"),
    ("f([1, |", nil), ("def f(a, |", nil), ("f(1)\n|", nil), ("(1, |", nil), ("f(x)(|", nil), ("f(loss=\"cro|", "f"),
  ])
  func `the call around the cursor is known`(text: String, call: String?) {
    #expect(place(text).call?.name == call)
  }

  @Test func `arguments given by name are known`() {
    #expect(place("f(1, a=2, b=g(c=3), |").call?.given == ["a", "b"])
    #expect(place("f(ra|te = 3)", reachesBeyond: true).isArgumentName)
    #expect(!place("f(ra|te == 3)", reachesBeyond: true).isArgumentName)
    #expect(!place("ra|te = 3", reachesBeyond: true).isArgumentName)
  }

  @Test(arguments: [
    ("rate = 3\n|", ["rate"]), ("a, (b, c) = 1, (2, 3)\n|", ["a", "b", "c"]), ("x[i] = 3; n.m = 4\n|", []),
    ("def f(a, b=g(q), *rest, c=None, **more):\n  |", ["f", "a", "b", "rest", "c", "more"]),
    ("for k, v in d.items():\n  |", ["k", "v"]), ("[w for w in xs if |", ["w"]), ("f = lambda p, q=1: |", ["f", "p", "q"]),
    ("try:\n  pass\nexcept E as err:\n  |", ["err"]), ("from m import g as h, k\n|", ["h", "k"]), ("if x in y: |", []),
  ])
  func `names that the text binds are known`(text: String, names: [String]) {
    #expect(place(text).boundNames == names)
  }

  @Test func `any cursor in any text has a place`() {
    for text in ["((([[[", "\"abc", "a.b.c.(", "日本.x", "f(g(h(", "....", "'''", "f'{f\"{", "f'{{{", "\\", "def", "lambda", "for"]
    {
      for offset in -1...(text.utf8.count + 1) {
        _ = CursorPlace(text, offset)
        _ = CursorPlace(text, offset, reachesBeyond: true)
      }
    }
  }

  /// Work that grows with the square of the length would take hours.
  @Test(.timeLimit(.minutes(2)), arguments: ["a.", "(", "lambda ", "def f(", "a = ", "for x in ", "f'{"])
  func `long texts take little time`(piece: String) {
    let text = String(repeating: piece, count: 100_000)
    #expect(CursorPlace(text, text.utf8.count).wordRange == text.utf8.count..<text.utf8.count)
  }
}
