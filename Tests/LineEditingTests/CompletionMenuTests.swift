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
    var menu = menu(9)
    menu.step(1)
    #expect(menu.choice?.text == "name0")
    // Two columns of eight are beside each other.
    menu.stepRow(1, width: 16)
    #expect(menu.choice?.text == "name2")
    menu.step(5)
    menu.stepRow(1, width: 16)
    #expect(menu.choice?.text == "name7")
    menu.stepRow(-1, width: 16)
    #expect(menu.choice?.text == "name5")
    menu.step(4)
    #expect(menu.choice?.text == "name0")
  }

  @Test func `the chosen one tells how it is called`() {
    var menu = menu(9)
    menu.step(-1)
    #expect(rows(menu, width: 40).last == "name8(x)")
  }

  @Test func `few stand one below the other, with what they are`() {
    let menu = CompletionMenu(
      [
        Candidate("train", kind: "function", signature: "(net, data)"), Candidate("net", kind: "network", facts: "3 layers"),
        Candidate("units=", kind: "parameter", signature: "= 3", facts: "a whole number"), Candidate("pi", kind: "name"),
      ], replacing: 0..<0)
    #expect(
      rows(menu, width: 60) == [
        "train   (net, data)", "net     network  3 layers", "units=  = 3  a whole number", "pi      name",
      ])
  }

  @Test func `what a row has no room for is told below`() {
    var menu = CompletionMenu(
      [Candidate("train", signature: "(net, data, loss, optimizer)"), Candidate("trace")], replacing: 0..<0)
    #expect(rows(menu, width: 24) == ["train  (net, data, los…", "trace"])
    menu.step(1)
    #expect(rows(menu, width: 24).suffix(2) == ["train(net, data, loss,", "optimizer)"])
  }
}
