import Glibc
import Testing

@testable import LineEditing

@Suite struct LineReaderTests {
  @Test func `lines are given one by one, whatever their ends`() {
    withPipe("one\r\ntwo\n\nlast") { input in
      let reader = LineReader(input: input)
      var lines: [Reading] = []
      repeat { lines.append(reader.next { false }) } while lines.last != .endOfInput
      #expect(lines == [.text("one"), .text("two"), .text(""), .text("last"), .endOfInput])
    }
  }

  @Test func `an interrupt ends the wait and loses nothing`() {
    withPipe("whole\nhalf") { input in
      let reader = LineReader(input: input)
      #expect(reader.next { true } == .interrupted)
      #expect(reader.next { false } == .text("whole"))
    }
  }

  private func withPipe(_ text: String, _ body: (Int32) -> Void) {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let bytes = Array(text.utf8)
    #expect(write(ends[1], bytes, bytes.count) == bytes.count)
    close(ends[1])
    body(ends[0])
    close(ends[0])
  }
}
