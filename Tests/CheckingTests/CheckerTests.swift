import Checking
import Diagnostics
import Parsing
import Testing

@Suite struct CheckerTests {
  static let builtins: [String: Signature] = [
    "print": Signature(declaring: "*values, sep=' '"),
    "relu": Signature(declaring: "x"),
    "NameError": Signature(declaring: "*values"),
    "len": Signature(declaring: "value, /"),
    "train": Signature(declaring: "net, *, loss, epochs=20"),
  ]

  private func mistakes(_ text: String, names: Set<String> = [], isWhole: Bool = true, notesHidden: Bool = false) -> [String] {
    let (module, found) = Module.parse(Source(name: "t", text: text))
    #expect(found.isEmpty)
    let knowledge = Checker.Knowledge(builtins: Self.builtins, names: names, isWhole: isWhole, notesHidden: notesHidden)
    return Checker.check(module, knowledge).map { mistake in
      #expect(mistake.help != nil)
      let place = mistake.span?.start ?? (line: 0, column: 0)
      return "\(place.line):\(place.column) \(mistake.kind): \(mistake.message)"
    }
  }

  @Test(arguments: [
    ("x\ny = 1\nz = y", "1:1 NameError: x is not defined"),
    ("def f(a):\n    return a + b", "2:16 NameError: b is not defined"),
    ("[x for x in y]", "1:13 NameError: y is not defined"),
    ("[x for x in [1]]\nx", "2:1 NameError: x is not defined"),
    ("print(f\"{x:>{1}}\")", "1:10 NameError: x is not defined"),
    ("def f(x=y): pass", "1:9 NameError: y is not defined"),
    ("break", "1:1 SyntaxError: break stands outside of any loop"),
    ("for i in [1]:\n    def f():\n        continue", "3:9 SyntaxError: continue stands outside of any loop"),
    ("for i in [1]: pass\nelse:\n    break", "3:5 SyntaxError: break stands outside of any loop"),
    ("return 1", "1:1 SyntaxError: return stands outside of any function"),
    ("relu()", "1:1 TypeError: relu is missing its argument x"),
    ("relu(1, 2)", "1:9 TypeError: relu takes at most 1 argument by position, but gets 2"),
    ("relu(1, y=2)", "1:9 TypeError: relu has no argument y"),
    ("relu(1, x=2)", "1:9 TypeError: relu gets x twice, by position and by name"),
    ("train(1, 2)", "1:10 TypeError: train takes at most 1 argument by position, but gets 2"),
    ("train(1)", "1:1 TypeError: train is missing its argument loss"),
    ("len(value=1)", "1:5 TypeError: len has no argument value"),
    ("def f(a, *, b): pass\nf(1, 2)", "2:6 TypeError: f takes at most 1 argument by position, but gets 2"),
    ("def f(x: [3]): pass\nf([1, 2])", "2:3 ShapeError: f expects x: [3], but receives [2]"),
    ("def f(x: [n], y: [n + 1]): pass\nf([1, 2], [1])", "2:11 ShapeError: f expects y: [n + 1], but receives [1]"),
    ("def f(x: [n, m], n): pass\nf([[1]], 2)", "2:3 ShapeError: f expects x: [n, m], but receives [1, 1]"),
    ("x\ndef f(x: [3]): pass\nf([1, 2])", "3:3 ShapeError: f expects x: [3], but receives [2]"),
    ("def f(x: []): pass\nf([1])", "2:3 ShapeError: f expects x: [], but receives [1]"),
    ("def f(x: [n, ..., 3]): pass\nf(x=[1])", "2:5 ShapeError: f expects x: [n, ..., 3], but receives [1]"),
  ])
  func `a certain mistake is found before anything runs`(text: String, said: String) {
    #expect(mistakes(text).contains(said))
  }

  @Test(arguments: [
    "def f(): return g()\ndef g(): return 1", "if 1:\n    x = 1\nprint(x)", "try:\n    y\nexcept NameError:\n    pass",
    "import a.b as c, d\nfrom e import f as g\nprint(c, d, g)", "(a, *b), c = [1, 2], 3\nprint(a, b, c)",
    "for i, j in [(1, 2)]: print(i, j)\nprint(i)", "def f(*r, **k): return r, k\nf(1, 2, x=3)",
    "def f(a): pass\nf(*[1])\nf(**{'a': 1})", "relu = print\nrelu(1, 2)", "def f(relu): return relu(1, 2)",
    "def f(x: [n]): pass\nf([[1, 2], [3]])", "def f(x: [n * m]): pass\nf([1, 2])",
    "def f(x: [2]): pass\ndef f(x: [3]): pass\nf([1, 2, 3])", "def f(x: [n], k): pass\ny = 2\nf([1], y)",
    "while 1:\n    try: pass\n    finally: break",
  ])
  func `what may be right is not refused`(text: String) { #expect(mistakes(text) == []) }

  @Test func `a session's names count, and in a cell a function may wait for a later one`() {
    #expect(mistakes("x + 1", names: ["x"]) == [])
    #expect(mistakes("def f(): return later", isWhole: false) == [])
    #expect(mistakes("later", isWhole: false) == ["1:1 NameError: later is not defined"])
  }

  @Test func `a hidden builtin is noted where notes are wanted`() {
    #expect(mistakes("relu = 3", notesHidden: true) == ["1:1 note: relu hides the builtin of this name"])
    #expect(mistakes("relu = 3") == [])
  }
}
