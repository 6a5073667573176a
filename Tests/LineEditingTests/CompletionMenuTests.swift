import Testing

@testable import LineEditing

@Suite struct CompletionMenuTests {
  private func menu(_ count: Int) -> CompletionMenu {
    CompletionMenu((0..<count).map { Candidate("name\($0)", kind: "function", signature: "(x)") }, replacing: 0..<0)
  }

  private func rows(_ menu: CompletionMenu, width: Int) -> [String] {
    menu.rows(width: width).map { $0.map(\.text).joined() }
  }

  @Test(arguments: [10, 40, 80, 200])
  func `no row is wider than the terminal`(width: Int) {
    var menu = menu(300)
    for _ in 0..<20 {
      #expect(rows(menu, width: width).allSatisfy { DisplayWidth.of($0) <= width })
      #expect(rows(menu, width: width).count <= 10)
      menu.step(17)
    }
  }

  @Test func `arrows go through the grid`() {
    var menu = menu(7)
    menu.step(1)
    #expect(menu.choice?.text == "name0")
    // Two columns of eight are beside each other.
    menu.stepRow(1, width: 16)
    #expect(menu.choice?.text == "name2")
    menu.step(1)
    menu.stepRow(1, width: 16)
    #expect(menu.choice?.text == "name5")
    menu.stepRow(1, width: 16)
    #expect(menu.choice?.text == "name5")
    menu.stepRow(-1, width: 16)
    #expect(menu.choice?.text == "name3")
    menu.step(4)
    #expect(menu.choice?.text == "name0")
  }

  @Test func `the chosen one tells how it is called`() {
    var menu = menu(3)
    menu.step(-1)
    #expect(rows(menu, width: 40).last == "name2(x)")
  }
}
