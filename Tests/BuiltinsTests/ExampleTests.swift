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
    let lines = builtin.example.split(separator: "\n", omittingEmptySubsequences: false)
    let code = lines.filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    let expected = lines.filter { $0.hasPrefix("#") }.map { $0.dropFirst(2) + "\n" }.joined()
    let outcome = run(code)
    #expect(outcome.error == nil)
    // help and exit have their words checked elsewhere.
    if builtin.name != "help" { #expect(outcome.output == expected) }
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
