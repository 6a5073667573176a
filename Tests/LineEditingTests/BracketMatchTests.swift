import Testing

@testable import LineEditing

@Suite struct BracketMatchTests {
  @Test(arguments: [
    ("f(x)|", 1, 3), ("f|(x)", 1, 3), ("f(|x)", 1, 3), ("f([x], {y})|", 1, 10), ("f([x]|, {y})", 2, 4), ("(a\nb)|", 0, 4),
  ])
  func `a bracket at the cursor finds its partner`(text: String, one: Int, other: Int) throws {
    let found = try #require(places(text))
    #expect([found.0, found.1].sorted() == [one, other])
  }

  @Test(arguments: ["f(x|", "f(x]|", "|x(y)", "", ")|", "([)]|"])
  func `a bracket without a partner has none`(text: String) {
    #expect(places(text) == nil)
  }

  @Test func `brackets in strings are letters`() throws {
    let characters = Array("f(')')")
    let styles = characters.indices.map { (2...4).contains($0) ? TextRole.string : .plain }
    let found = try #require(BracketMatch.places(characters, cursor: 6, styles: styles))
    #expect(found == (5, 1))
    #expect(BracketMatch.places(characters, cursor: 4, styles: styles) == nil)
  }

  private func places(_ text: String) -> (Int, Int)? {
    var characters = Array(text)
    let cursor = characters.firstIndex(of: "|") ?? 0
    characters.removeAll { $0 == "|" }
    return BracketMatch.places(characters, cursor: cursor, styles: [])
  }
}
