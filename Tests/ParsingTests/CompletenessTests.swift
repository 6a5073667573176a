import Parsing
import Testing

@Suite struct CompletenessTests {
  @Test(arguments: [
    "", "x = 1", "x = 1\n", "f(1,\n  2)", "if x: y", "def f(x):\n    return x\n\n", "x = '''a\nb'''", "# a note",
    "x = [\n  1,\n]",
    "try:\n    x\nexcept ValueError:\n    y\n\n", "for i in x:\n    y\n# at the margin\nz",
  ])
  func `a whole text runs`(text: String) { #expect(Completeness(of: text) == .complete) }

  @Test(arguments: [
    ("f(1,", 4), ("x = [", 4), ("def f(x):", 4), ("def f(x):\n", 4), ("if x:\n    if y:", 8), ("if x:\n    y", 4),
    ("for i in x:\n    y\n    z", 4), ("x = '''abc", 0), ("f\"\"\"{x}", 0), ("try:\n    x", 4), ("@layer", 0), ("x = 1 + \\", 0),
    ("def f():\n    try:\n        x", 8),
  ])
  func `an open bracket, string or block waits for more`(text: String, indent: Int) {
    #expect(Completeness(of: text) == .incomplete(indent: indent))
  }

  @Test(arguments: [
    "1 +* 2", "class A:", "x = 'abc", "f(1, 2]", "x = (1,\n$", "if x:\ny = 1", "try:\n    x\ny = 1", "x = 1 +", "else:",
    "if x:\n    y = = 2",
  ])
  func `what no line can mend runs, and says its mistake`(text: String) { #expect(Completeness(of: text) == .invalid) }
}
