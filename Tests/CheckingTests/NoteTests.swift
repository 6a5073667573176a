import Checking
import Diagnostics
import Parsing
import Testing

/// What the checker tells of names that hide builtins.
@Suite struct NoteTests {
  private func check(_ text: String) -> [Diagnostic] {
    let (module, mistakes) = Module.parse(Source(name: "t.bp", text: text))
    #expect(mistakes.isEmpty)
    return Checker.check(
      module,
      Checker.Knowledge(builtins: ["sum": Signature(declaring: "values"), "print": Signature([])], notesHidden: true))
  }

  @Test(arguments: ["sum = 3", "for sum in [1, 2]:\n    pass", "def sum(x):\n    return x", "sum, b = 1, 2"])
  func `a builtin that is hidden is noted once`(text: String) {
    let notes = check(text + "\nsum = 4\n")
    #expect(notes.map(\.message) == ["sum hides the builtin of this name"])
    #expect(notes.allSatisfy { !$0.isError && $0.help == "del sum brings it back" })
  }

  @Test(arguments: ["def f(sum):\n    return sum", "total = sum([1, 2])", "x = [sum for sum in [1, 2]]"])
  func `names of functions and comprehensions are their own`(text: String) {
    #expect(check(text).isEmpty)
  }

  @Test func `after del the builtin is called again`() {
    #expect(check("sum = 3\ndel sum\nsum([1, 2])\n").filter(\.isError).isEmpty)
  }

  @Test func `a call of what hides it says where`() {
    let found = check("sum = 3\nsum([1, 2])\n").filter(\.isError)
    #expect(found.map(\.message) == ["sum is an int here, which cannot be called"])
    #expect(found.first?.help == "line 1 hides the builtin sum: choose another name there; del sum brings it back")
  }
}
