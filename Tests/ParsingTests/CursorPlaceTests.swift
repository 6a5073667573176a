import Parsing
import Testing

/// The cursor stands where the text has a `|`.
@Suite struct CursorPlaceTests {
  private func place(_ marked: String, reachesBeyond: Bool = false) -> CursorPlace {
    let halves = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    return CursorPlace(halves.joined(), halves[0].utf8.count, reachesBeyond: reachesBeyond)
  }

  private static func behind(_ name: String) -> CursorPlace.Kind { .attribute(of: Reference(dotted: name)) }
  private static func behind(_ base: Reference.Base, _ links: Reference.Link...) -> CursorPlace.Kind {
    .attribute(of: Reference(base, links))
  }
  private static func key(_ name: String, _ quote: String?) -> CursorPlace.Kind {
    .key(of: Reference(dotted: name), quote: quote)
  }

  @Test(
    arguments: [
      ("sig|", .name, "sig"), ("sig|moid", .name, "sig"), ("y = π + größ|", .name, "größ"), ("|", .name, ""),
      ("net.de|", behind("net"), "de"), ("net.dense1.|", behind("net.dense1"), ""),
      ("f(net . dense1 . we|", behind("net.dense1"), "we"), ("x = [1, 2\nnet.de|", behind("net"), "de"),
      ("1.|", .text, ""), ("x = 12|", .text, ""), ("f(\"si|", .string(quote: "\""), "si"),
      ("f('a|b')", .string(quote: "'"), "a"), ("'''long\nsi|", .text, "long\nsi"),
      ("d[\"al|", key("d", "\""), "al"), ("d[|", key("d", nil), ""), ("a.b['d|", key("a.b", "'"), "d"), ("x = [|", .name, ""),
      ("# si|", .text, ""), ("x = 1  # si|", .text, ""), ("# old\nsi|", .name, "si"), ("f\"{net.de|", behind("net"), "de"),
      ("f\"{{si|", .text, ""), ("f'{a} and {si|", .name, "si"), ("f'{a} si|", .text, ""), ("x = 3 +\nran|", .name, "ran"),
    ] as [(String, CursorPlace.Kind, String)])
  func `what could stand at the cursor is known`(text: String, kind: CursorPlace.Kind, word: String) {
    let place = place(text)
    #expect(place.kind == kind)
    #expect(place.word == word)
  }

  @Test(
    arguments: [
      ("f(x).a.b|", behind(.name("f"), .call, .attribute("a"))), ("x[0].|", behind(.name("x"), .item(key: nil))),
      ("x[1:].|", behind(.name("x"), .slice)), ("d['a'].|", behind(.name("d"), .item(key: "a"))),
      ("\"abc\".up|", behind(.literal(type: "str"))), ("[1, (2)].|", behind(.literal(type: "list"))),
      ("{}.|", behind(.literal(type: "dict"))), ("(1, 2).|", behind(.literal(type: "tuple"))), ("(a + b).|", behind(.unknown)),
    ] as [(String, CursorPlace.Kind)])
  func `what stands before a dot is read`(text: String, kind: CursorPlace.Kind) {
    #expect(place(text).kind == kind)
  }

  @Test(
    arguments: [
      ("import too|", .module(within: []), "too"), ("import lib.to|", .module(within: ["lib"]), "to"),
      ("from to|", .module(within: []), "to"), ("from tools im|", .name, "im"), ("import tools as t|", .text, "t"),
      ("x = 3\nfrom tools import f|", .member(ofModule: "tools"), "f"), ("x = (1,\nimport a, b|", .module(within: []), "b"),
    ] as [(String, CursorPlace.Kind, String)])
  func `what is imported is known`(text: String, kind: CursorPlace.Kind, word: String) {
    #expect(place(text).kind == kind)
    #expect(place(text).word == word)
  }

  @Test(arguments: [
    ("f(1, |", "f"), ("net.dense1.f(x, g(2), |", "net.dense1.f"), ("f(\")\", |", "f"), ("f(\n  3,  # don't\n  fac|", "f"),
    ("f([1, |", "f"), ("f(x[1, |", nil), ("f({1: |", nil), ("def f(a, |", nil), ("f(1)\n|", nil), ("(1, |", nil), ("f(x)(|", ""),
    ("f(loss=\"cro|", "f"), ("if (a|", nil),
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

  @Test(
    arguments: [
      ("f(|", 0, nil, true, false), ("f(a|", 0, nil, true, false), ("f(a, b|", 1, nil, true, false),
      ("f(a, b + c|", 1, nil, false, false), ("f(x=1, |", 0, nil, true, false), ("f(1, x=|", 1, "x", true, false),
      ("f(1, x=ad|", 1, "x", true, false), ("f(x=[a, b|", 0, "x", true, true), ("f([a + b|", 0, nil, false, true),
      ("f(g(1, 2), [3, 4], |", 2, nil, true, false),
    ] as [(String, Int, String?, Bool, Bool)])
  func `the argument at the cursor is known`(text: String, position: Int, name: String?, begins: Bool, isInList: Bool) {
    let call = place(text).call
    #expect(call?.position == position)
    #expect(call?.argument == name)
    #expect(call?.beginsValue == begins)
    #expect(call?.isInList == isInList)
  }

  @Test(
    arguments: [
      ("x = tensor([1])\n|", Reference(.name("tensor"), [.call])), ("x = y = net.dense1; |", nil),
      ("x = 'a'\n|", Reference(.literal(type: "str"))), ("x = a + b\n|", nil), ("x = a\nx = b + c\n|", nil),
      ("def f():\n  x = d['k'][1:]\n  |", Reference(.name("d"), [.item(key: "k"), .slice])),
    ] as [(String, Reference?)])
  func `what a name was bound to is known where it is a value`(text: String, origin: Reference?) {
    #expect(place(text).origins["x"] == origin)
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
