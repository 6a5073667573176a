import Parsing
import Testing

@Suite struct CompletenessTests {
  @Test(arguments: [
    "", "x = 1", "f(1)", "# a remark", "x = 1\ny = 2", "if a: b", "def f(): return 1", "x = '''a\nb'''", "f(\n  1)",
    "def f():\n    return 1\n\n", "if a:\n    b\nc", "def f():\n    return 1\n\n\nf()", "for i in x:\n    y\n\n",
    "x = 1\n", "f(1,\n  2)", "x = [\n  1,\n]", "try:\n    x\nexcept ValueError:\n    y\n\n",
    "for i in x:\n    y\n# at the margin\nz",
  ])
  func `what is whole is run`(text: String) {
    #expect(Completeness(of: text) == .complete)
  }

  @Test(arguments: [
    ("f(", 4), ("x = [1,", 4), ("{", 4), ("f(\n    1,", 4), ("x = '''abc", 0), ("def f():", 4), ("def f():\n    x = 1", 4),
    ("if a:\n    if b:", 8), ("if a:\n    b", 4), ("try:\n    x", 4), ("@layer", 0), ("else_ = [", 4),
    ("def f():\n    return 1", 0), ("for x in y:\n    if x:\n        break", 4), ("if a:\n    pass", 0),
    ("if a:\n    raise e", 0),
    ("if a:\n    return_value = 1", 4), ("while True:\n    continue", 0), ("def f(x):\n", 4),
    ("for i in x:\n    y\n    z", 4), ("f\"\"\"{x}", 0), ("x = 1 + \\", 0), ("def f():\n    try:\n        x", 8),
  ])
  func `what is begun asks for a line of the right depth`(text: String, indent: Int) {
    #expect(Completeness(of: text) == .incomplete(indent: indent))
  }

  @Test(arguments: [
    "x = ", "f)", "x = \"abc", "f(\"abc", "if a\n", "1 +", "1 +* 2", "class A:", "x = 'abc", "f(1, 2]", "x = (1,\n$",
    "if x:\ny = 1", "try:\n    x\ny = 1", "x = 1 +", "else:", "if x:\n    y = = 2",
  ])
  func `what nothing can mend is shown its mistake`(text: String) {
    #expect(Completeness(of: text) == .invalid)
  }
}

@Suite struct SessionTextTests {
  @Test(arguments: [
    ("x = 1", SessionText.program), ("relu?", .question("relu", isWhole: false)), ("?", .question("", isWhole: false)),
    ("net.dense1 ?", .question("net.dense1", isWhole: false)), ("?relu", .question("relu", isWhole: false)),
    ("f??", .question("f", isWhole: true)), ("??f", .question("f", isWhole: true)),
    ("%time f(1)", .command("time", rest: "f(1)")),
    ("  %who ", .command("who", rest: "")), ("x % 2", .program), ("relu?\nx", .program), ("f(1)?", .program),
    ("%", .command("", rest: "")),
  ])
  func `a line is a program, a question or a command`(text: String, meaning: SessionText) {
    #expect(SessionText(text) == meaning)
  }
}
