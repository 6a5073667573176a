import Diagnostics
import Parsing
import Testing

@Suite struct FormatterTests {
  private func formatted(_ text: String) -> String? { Module.format(Source(name: "t", text: text)).text }

  @Test(arguments: [
    ("x=1", "x = 1\n"), ("x   =  1 # one", "x = 1  # one\n"), ("a=b=c", "a = b = c\n"), ("a,b=b,a", "a, b = b, a\n"),
    ("a,(b,*c)=d", "a, (b, *c) = d\n"), ("x+=1;y-=2", "x += 1\ny -= 2\n"), ("x@=y", "x @= y\n"), ("x;", "x;\n"),
    ("x;y;", "x\ny;\n"),
    ("del x,y[0]", "del x, y[0]\n"), ("assert(x),'why'", "assert (x), \"why\"\n"),
    ("raise ValueError('a')from e", "raise ValueError(\"a\") from e\n"),
    ("import a.b as c,d", "import a.b as c, d\n"), ("from a . b import (c,d as e)", "from a.b import c, d as e\n"),
    ("return_=3", "return_ = 3\n"), ("pass", "pass\n"), ("", ""), ("\n\n  \n", ""), ("# only", "# only\n"),
  ])
  func `simple statements`(text: String, form: String) { #expect(formatted(text) == form) }

  @Test(arguments: [
    ("a+b*c-d**-e", "a + b * c - d ** -e\n"), ("- x", "-x\n"), ("a- -b", "a - -b\n"), ("not(x)", "not (x)\n"),
    ("~ x&y|z", "~x & y | z\n"),
    ("a<b<=c!=d", "a < b <= c != d\n"), ("x  not   in y is  not z", "x not in y is not z\n"),
    ("a if b else c", "a if b else c\n"),
    ("print ( * a , b , c = 1 , ** d )", "print(*a, b, c=1, **d)\n"), ("f (x) [0] . y", "f(x)[0].y\n"), ("1 .real", "1 .real\n"),
    ("1.5.real", "1.5.real\n"), ("lambda:0", "lambda: 0\n"), ("lambda x,*y,z=1,**k:x+y", "lambda x, *y, z=1, **k: x + y\n"),
    ("{'a':1,**b}", "{\"a\": 1, **b}\n"), ("[ x for x in y if x ]", "[x for x in y if x]\n"),
    ("{k:v for k,v in d}", "{k: v for k, v in d}\n"),
    ("f(x for i,x in y)", "f(x for i, x in y)\n"), ("( a , )", "(a,)\n"), ("()", "()\n"), ("[ ]", "[]\n"), ("(a)", "a\n"),
    ("((a))", "a\n"),
    ("(a)+(b)", "(a) + (b)\n"), ("((a))+(((b,c)))", "(a) + (b, c)\n"), ("x=(1,2)", "x = (1, 2)\n"), ("x = (yes)", "x = yes\n"),
    ("@layer\ndef f(x): pass", "@layer\ndef f(x):\n    pass\n"),
    ("1_000+0xFF+1E5", "1_000 + 0xFF + 1E5\n"), ("...", "...\n"), ("x[...,None]", "x[..., None]\n"),
  ])
  func `expressions`(text: String, form: String) { #expect(formatted(text) == form) }

  @Test(arguments: [
    ("x[1:2]", "x[1:2]\n"), ("x[ : , - 1 ]", "x[:, -1]\n"), ("x[a:b:c]", "x[a:b:c]\n"), ("x[::-1]", "x[::-1]\n"),
    ("x[a+1:]", "x[a + 1 :]\n"), ("x[:n-1]", "x[: n - 1]\n"), ("x[a.b:f(c)]", "x[a.b : f(c)]\n"), ("x[::n*2]", "x[:: n * 2]\n"),
    ("x[1:2,a+1:b]", "x[1:2, a + 1 : b]\n"), ("x[lambda:1]", "x[lambda: 1]\n"), ("x[{a:b}]", "x[{a: b}]\n"), ("x[1,]", "x[1,]\n"),
  ])
  func `slices`(text: String, form: String) { #expect(formatted(text) == form) }

  @Test(arguments: [
    ("'a'", "\"a\"\n"), ("'say \"x\"'", "'say \"x\"'\n"), ("'it\\'s'", "'it\\'s'\n"), ("r'\\d'", "r'\\d'\n"),
    ("f'{x}'", "f\"{x}\"\n"),
    ("f'{d[\"k\"]}'", "f'{d[\"k\"]}'\n"), ("'a'   'b'", "\"a\" \"b\"\n"), ("'''a\n  b'''", "'''a\n  b'''\n"),
    ("f( '''a\n  b''' , 1 )", "f('''a\n  b''', 1)\n"),
  ])
  func `strings keep what they say`(text: String, form: String) { #expect(formatted(text) == form) }

  @Test(arguments: [
    ("if x :y", "if x:\n    y\n"), ("if (x):\n  y\nelif z: w\nelse: v", "if x:\n    y\nelif z:\n    w\nelse:\n    v\n"),
    ("while x:\n\ty", "while x:\n    y\n"), ("for a,b in(c):\n      d", "for a, b in c:\n    d\n"),
    ("if x:\n\n\n    y", "if x:\n    y\n"),
    (
      "try:x\nexcept(A,B)as e:y\nexcept:z\nfinally:w",
      "try:\n    x\nexcept (A, B) as e:\n    y\nexcept:\n    z\nfinally:\n    w\n"
    ),
    ("with no_grad()as n,freeze(net):x", "with no_grad() as n, freeze(net):\n    x\n"),
    (
      "def f(x:[b,2*n],y=1,*,z:[...]=None)->[b]:return x", "def f(x: [b, 2 * n], y=1, *, z: [...] = None) -> [b]:\n    return x\n"
    ),
    ("x = 1 + \\\n    2", "x = 1 + 2\n"), ("if x: y; z", "if x:\n    y\n    z\n"),
  ])
  func `blocks`(text: String, form: String) { #expect(formatted(text) == form) }

  @Test(arguments: [
    ("a\n\n\n\n\nb", "a\n\n\nb\n"), ("\n\na", "a\n"), ("if a:\n    b\n\n\n    c", "if a:\n    b\n\n    c\n"),
    ("if a:\n    b\n\nelse:\n    c", "if a:\n    b\nelse:\n    c\n"), ("a\ndef f(): b\nc", "a\n\ndef f():\n    b\n\nc\n"),
    ("a\n# of f\n@layer\ndef f(x): b", "a\n\n# of f\n@layer\ndef f(x):\n    b\n"),
    ("a\n\n# of f\ndef f(): b", "a\n\n# of f\ndef f():\n    b\n"),
    ("def f():\n    def g(): pass\n    return g", "def f():\n    def g():\n        pass\n\n    return g\n"),
    ("def f(): a\n\n\ndef g(): b", "def f():\n    a\n\n\ndef g():\n    b\n"),
  ])
  func `empty lines are the writer's, within bounds, and part functions`(text: String, form: String) {
    #expect(formatted(text) == form)
  }

  @Test(arguments: [
    ("#a\n#!b\n##c\n#:d", "# a\n# !b\n##c\n#:d\n"), ("#!/usr/bin/env bpsh\nx", "#!/usr/bin/env bpsh\nx\n"),
    ("x #   a  ", "x  #   a\n"), ("#\u{301}a\u{2028}", "# \u{301}a\u{2028}\n"),
    ("if a: # b\n  c # d\n  # e\n# f\ng", "if a:  # b\n    c  # d\n    # e\n# f\ng\n"),
    ("if a:\n        b\n    # deeper than the next\nc", "if a:\n    b\n# deeper than the next\nc\n"),
    ("if a:\n    b\n\n    # end\n\nc", "if a:\n    b\n\n    # end\n\nc\n"),
    ("if a:\n    # first\n    b", "if a:\n    # first\n    b\n"),
    (
      "f(# open\n  a, # one\n  # two\n  b # three\n  # four\n)",
      "f(  # open\n    a,  # one\n    # two\n    b,  # three\n    # four\n)\n"
    ),
    ("f(\n  # nothing\n)", "f(\n    # nothing\n)\n"), ("x = (\n  a # one\n  + b\n)", "x = (\n    a  # one\n    + b\n)\n"),
    ("x = [\n  1,\n\n  # b\n  2\n]", "x = [\n    1,\n\n    # b\n    2,\n]\n"), ("a; b # c", "a\nb  # c\n"),
    ("x = 1 \\\n # c\n", "x = 1  # c\n"),
  ])
  func `comments stay with what they are about`(text: String, form: String) { #expect(formatted(text) == form) }

  @Test(arguments: [
    "f(x #\n.y, 2)", "f(k=a #\n+ b, m=1)", "x = (a #\n.b(c #\n(d)))", "y = {k #\n: v, w: #\nz}", "z = x[a #\n: b]",
    "f(k= #\n3, *a #\n)", "for i in (a #\n.b): pass", "f(lambda x #\n: x + #\n1)", "f(not #\nx, 1)", "g(a #\nif b else #\nc, 2)",
    "def h(a #\n= 1, *, #\nb: [n #\n] = 2): pass", "x = [1, 2 #\n][0]", "x[f(1, #\n2)] = a #\n", "f((a + [ #\n1] + b), 3)",
  ])
  func `comments may stand between any two words of a line`(text: String) throws {
    let form = try #require(formatted(text))
    #expect(form.count { $0 == "#" } == text.count { $0 == "#" })
    #expect(formatted(form) == form)
  }

  @Test(arguments: [
    ("f(a,\n  b)", "f(a, b)\n"), ("f(a,\n  b,)", "f(\n    a,\n    b,\n)\n"), ("f([1,\n 2])", "f([1, 2])\n"),
    ("x = [[1,],]", "x = [\n    [\n        1,\n    ],\n]\n"),
    ("t([\n[1,2],\n[3,4],\n])", "t([\n    [1, 2],\n    [3, 4],\n])\n"), ("f(*[\na,\n])", "f(*[\n    a,\n])\n"),
    ("f(\n  [a],\n)", "f(\n    [a],\n)\n"),
  ])
  func `a last comma keeps elements on lines of their own`(text: String, form: String) { #expect(formatted(text) == form) }

  private static let name = "a_name_of_forty_characters_and_no_more__"

  @Test(arguments: [
    ("f(N, N, N)", "f(\n    N,\n    N,\n    N,\n)\n"), ("x = f(N, g(N, N))", "x = f(\n    N,\n    g(N, N),\n)\n"),
    ("x = N + N + N", "x = (\n    N\n    + N\n    + N\n)\n"), ("x = f(N) + g(N, N)", "x = f(N) + g(\n    N,\n    N,\n)\n"),
    ("return_ = N if N else N", "return_ = (\n    N\n    if N\n    else N\n)\n"),
    ("if N and N and N: pass", "if (\n    N\n    and N\n    and N\n):\n    pass\n"),
    ("f(k=N + N + N, m=1)", "f(\n    k=(\n        N\n        + N\n        + N\n    ),\n    m=1,\n)\n"),
    ("f(N + N + N)", "f(\n    N\n    + N\n    + N\n)\n"),
    ("x = [N for N in N if N]", "x = [\n    N\n    for N in N\n    if N\n]\n"),
    ("from N import N, N", "from N import (\n    N,\n    N,\n)\n"),
    ("x = N, N, N", "x = (\n    N,\n    N,\n    N,\n)\n"), ("assert N, N + N", "assert N, (\n    N + N\n)\n"),
    ("xxxxxxxxxxxxxxxxxxxx = N[N]", "xxxxxxxxxxxxxxxxxxxx = (\n    N[N]\n)\n"),
    ("x = 'N' 'N' 'N'", "x = (\n    \"N\"\n    \"N\"\n    \"N\"\n)\n"), ("f = lambda x: N + N + x", "f = lambda x: N + N + x\n"),
    ("def f(N, y=N): pass", "def f(N, y=N):\n    pass\n"),
    ("def f(N, *, y=N, z=N): pass", "def f(\n    N,\n    *,\n    y=N,\n    z=N,\n):\n    pass\n"),
    ("import N, N, N", "import N, N, N\n"), ("N.N(N).N", "N.N(\n    N\n).N\n"),
    (
      "x = N(N, N) * N(N, N)",
      "x = (\n    N(\n        N,\n        N,\n    )\n    * N(\n        N,\n        N,\n    )\n)\n"
    ),
    (
      "return_ = N if N else N(N, [N, N])",
      "return_ = (\n    N\n    if N\n    else N(\n        N,\n        [N, N],\n    )\n)\n"
    ),
    (
      "x[f(\n    1,  # one\n)] = N + N + N",
      "x[\n    f(\n        1,  # one\n    )\n] = (\n    N\n    + N\n    + N\n)\n"
    ),
  ])
  func `what is too long is broken at the brackets that help`(text: String, form: String) {
    let spelled = { (text: String) in text.replacing("N", with: Self.name) }
    #expect(formatted(spelled(text)) == spelled(form))
    #expect(formatted(spelled(form)) == spelled(form))
  }

  @Test func `a list of numbers is set like words`() {
    let numbers = (0..<60).map { "\($0 * 100)" }
    let lines = formatted("x = [\(numbers.joined(separator: ","))]")?.split(separator: "\n") ?? []
    #expect(lines.count == 6 && lines.dropFirst().dropLast().allSatisfy { $0.count <= 100 && $0.hasSuffix(",") })
  }

  @Test func `brackets around one number stay without a comma, which would make a tuple of it`() {
    let number = String(repeating: "1", count: 100) + ".0"
    #expect(formatted("f((-\(number)), 2)") == "f(\n    (\n        -\(number)\n    ),\n    2,\n)\n")
  }

  @Test func `no brackets are put around what is as deep as can be`() {
    let deep = String(repeating: "(a - ", count: 99) + "b" + String(repeating: ")", count: 99)
    let text = "x = [1, \(deep) + c + d]"
    #expect(formatted(text).flatMap { formatted($0) } == formatted(text))
  }

  @Test func `the mark and the line ends of a file stay`() {
    #expect(formatted("\u{FEFF}x=1\r\nif x:\r\n  y # a\r\n") == "\u{FEFF}x = 1\r\nif x:\r\n    y  # a\r\n")
    #expect(formatted("x=1\ry=2\r") == "x = 1\ny = 2\n")
  }

  @Test func `what does not parse has no form, and its mistakes are told`() {
    let (text, mistakes) = Module.format(Source(name: "t", text: "x = (1\n"))
    #expect(text == nil)
    #expect(mistakes.map(\.message) == ["this ( is never closed"])
  }
}
