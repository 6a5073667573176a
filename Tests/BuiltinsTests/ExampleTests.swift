import Builtins
import Diagnostics
import Execution
import Parsing
import Testing

/// Every builtin's example is run, and must print what its last comments say.
@Suite struct ExampleTests {
  @Test(arguments: Builtin.all.map(\.title))
  func `an example prints what it says`(title: String) throws {
    let builtin = try #require(Builtin.all.first { $0.title == title })
    // help has its words checked elsewhere.
    try expectExample(builtin.example, printsNothingElse: builtin.name != "help")
  }

  @Test(arguments: Help.names)
  func `every name of the language has help, and its example holds`(name: String) throws {
    let help = try #require(Help(of: name))
    #expect(help.paragraph.hasSuffix("."), "\(help.paragraph)")
    if let example = help.example, Builtin.named(name) == nil { try expectExample(example) }
  }

  @Test(arguments: Help.names, [60, 88])
  func `help fits the width, but for the lines of an example`(name: String, width: Int) throws {
    let help = try #require(Help(of: name))
    let text = help.page(style: TextStyle(width: width)).text
    for line in text.split(separator: "\n") where !line.hasPrefix("    ") { #expect(line.count < width) }
    for line in help.example?.split(separator: "\n") ?? [] { #expect(line.count <= 56, "\(line)") }
  }

  @Test func `a mistyped name leads to the nearest`() {
    #expect(Help.nearest(to: "sofmax") == "softmax")
    #expect(Help.nearest(to: "nonsense_all_through") == nil)
  }

  /// Runs an example, and compares what it prints with its last comments.
  private func expectExample(_ example: String, printsNothingElse: Bool = true) throws {
    let lines = example.split(separator: "\n", omittingEmptySubsequences: false)
    let code = lines.filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    let expected = lines.filter { $0.hasPrefix("#") }.map { $0.dropFirst(2) + "\n" }.joined()
    let outcome = run(code)
    #expect(outcome.error == nil)
    if printsNothingElse { #expect(outcome.output == expected) }
  }

  @Test func `every builtin says what it does`() {
    for builtin in Builtin.all {
      #expect(builtin.help.count > 10, "\(builtin.name)")
      #expect(builtin.help.contains("."), "\(builtin.name)")
      #expect(!builtin.example.isEmpty, "\(builtin.name)")
    }
  }

  @Test func `no name is taken twice`() {
    let titles = Builtin.all.map(\.title)
    #expect(Set(titles).count == titles.count)
  }
}

extension Builtin {
  fileprivate var title: String { owner.map { "\($0).\(name)" } ?? name }
}
