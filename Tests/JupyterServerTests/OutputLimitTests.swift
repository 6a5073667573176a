import JupyterWire
import Testing

@testable import JupyterServer

@Suite struct OutputLimitTests {
  private let most = OutputLimit.mostPrinted
  private let end = OutputLimit.endOfPrinted

  private func text(_ letter: Character, _ count: Int) -> String { String(repeating: letter, count: count) }

  @Test func `what is not too much is printed as it is`() {
    let limit = OutputLimit()
    #expect(limit.cut(text("a", most), to: .standard) == text("a", most))
    #expect(limit.takeEnd().isEmpty)
  }

  @Test func `of too much the beginning and the end are printed, and how much is not`() {
    let limit = OutputLimit()
    let shown = limit.cut(text("a", most - 1) + text("b", end * 3), to: .standard)
    #expect(shown.hasPrefix(text("a", most - 1) + "b\n[This cell has printed 8 MB: "))
    #expect(limit.cut("c\n", to: .standard).isEmpty)
    #expect(limit.cut("d", to: .error).isEmpty)
    let rest = limit.takeEnd()
    #expect(rest.map(\.stream) == [.standard, .standard, .standard, .error])
    #expect(rest.map(\.text) == ["[127 KB left out]\n", text("b", end), "c\n", "d"])
    #expect(limit.takeEnd().isEmpty)
  }

  @Test func `text that goes on for ever takes no more room`() {
    let limit = OutputLimit()
    for _ in 0..<100 { _ = limit.cut(text("a", most / 10), to: .standard) }
    for _ in 0..<20_000 { _ = limit.cut("a", to: .standard) }
    #expect(limit.takeEnd().reduce(0) { $0 + $1.text.utf8.count } < end * 2)
  }

  @Test(arguments: [(10, "1 KB"), (3 << 10, "3 KB"), (3 << 19, "1.5 MB"), (30 << 20, "30.0 MB")])
  func `sizes are told in the nearest unit`(bytes: Int, text: String) { #expect(size(bytes) == text) }

  @Test func `prints that change the stream again and again take no more room`() {
    let limit = OutputLimit()
    _ = limit.cut(text("a", most), to: .standard)
    for i in 0..<20_000 { _ = limit.cut("b", to: i % 2 == 0 ? .standard : .error) }
    #expect(limit.takeEnd().count < 1000)
  }

  @Test func `after the output was removed there is room again`() {
    let limit = OutputLimit()
    _ = limit.cut(text("a", most * 2), to: .standard)
    limit.reset()
    #expect(limit.takeEnd().isEmpty)
    #expect(limit.cut("b", to: .standard) == "b")
  }

  @Test(arguments: ["x", "ä", "🧠"])
  func `of a long value's text the middle is left out, between characters`(letter: String) throws {
    let text = String(repeating: letter, count: OutputLimit.longestText)
    let whole = MIMEBundle(data: ["text/plain": .string("a" + text), "text/html": .string(text)])
    let shown = try #require(whole.shortened.data["text/plain"]?.string)
    #expect(shown.hasPrefix("a" + letter) && shown.hasSuffix(letter) && shown.contains(" left out: "))
    #expect(shown.utf8.count < OutputLimit.longestText + 100)
    #expect(shown.allSatisfy { $0 != "\u{FFFD}" })
    #expect(whole.shortened.data["text/html"] == whole.data["text/html"])
    let short = MIMEBundle(data: ["text/plain": .string(letter)])
    #expect(short.shortened == short)
  }
}
