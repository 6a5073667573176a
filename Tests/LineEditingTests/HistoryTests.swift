import FoundationEssentials
import Glibc
import Testing

@testable import LineEditing

@Suite struct HistoryTests {
  @Test(arguments: ["plain", "two\nlines", "back\\slash\\n", "\r\n", "日本"])
  func `an entry is kept in one line`(text: String) {
    let line = History.encoded(text)
    #expect(!line.contains("\n"))
    #expect(History.decoded(line) == text)
  }

  @Test func `what repeats the last, or is blank, is left out`() {
    var history = History()
    for entry in ["a", "a", "  ", "b", "a"] { history.add(entry) }
    #expect(history.entries == ["a", "b", "a"])
  }

  private func withFile(_ body: (String) throws -> Void) rethrows {
    let path = FileManager.default.temporaryDirectory.appending(path: "bp-\(UInt64.random(in: 0...UInt64.max))").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test func `sessions side by side keep their entries in one file`() {
    withFile { path in
      var (one, two) = (History(path: path), History(path: path))
      one.add("a")
      two.add("b\nc")
      one.add("d")
      #expect(History(path: path).entries == ["a", "b\nc", "d"])
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }
  }

  @Test func `what cannot be read begins a new history`() {
    withFile { path in
      #expect(History(path: path).entries.isEmpty)
      #expect(History(path: "/").entries.isEmpty)
      try? Data([0xFF, 0xFE, 0x0A, 0x67, 0x0A]).write(to: URL(filePath: path))
      #expect(History(path: path).entries == ["g"])
    }
  }

  @Test func `of a very long file the end is kept`() throws {
    try withFile { path in
      let line = String(repeating: "x", count: 999)
      let text = (0..<6000).map { "\($0) \(line)\n" }.joined()
      try Data(text.utf8).write(to: URL(filePath: path))
      let history = History(path: path)
      #expect(history.entries.last == "5999 \(line)")
      #expect(history.entries.count < 5000)
      #expect(try Data(contentsOf: URL(filePath: path)).count < 5 << 20)
      #expect(History(path: path).entries == history.entries)
    }
  }
}
