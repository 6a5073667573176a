import JupyterServer
import Testing

@testable import Commands

@Suite struct KernelHistoryTests {
  private var history: KernelHistory {
    var history = KernelHistory()
    for (i, input) in ["a = 1", "b = 2", "a + b", "a = 1"].enumerated() {
      history.add(input, line: i + 1, output: i == 2 ? "3" : nil)
    }
    return history
  }

  @Test(arguments: [
    (HistoryRequest.Access.tail(count: 2), [3, 4]), (.range(session: 0, start: 2, stop: 4), [2, 3]),
    (.range(session: 0, start: 3, stop: nil), [3, 4]), (.range(session: 5, start: 0, stop: nil), []),
    (.search(pattern: "a*", count: nil, unique: false), [1, 3, 4]), (.search(pattern: "a*", count: nil, unique: true), [3, 4]),
    (.search(pattern: "? = ?", count: 1, unique: false), [4]), (.search(pattern: "*b", count: nil, unique: false), [3]),
    (.search(pattern: "nothing", count: nil, unique: false), []),
  ])
  func `lines are found`(access: HistoryRequest.Access, lines: [Int]) {
    #expect(history.entries(HistoryRequest(access)).map(\.line) == lines)
  }

  @Test func `outputs come when they are asked for`() {
    #expect(history.entries(HistoryRequest(.tail(count: 2))).map(\.output) == [nil, nil])
    #expect(history.entries(HistoryRequest(.tail(count: 2), includesOutput: true)).map(\.output) == ["3", nil])
  }
}
