import Testing
import Threads

@Suite struct MonitorTests {
  @Test func `who waits sees the change that was waited for`() async {
    let count = Monitor(0)
    async let seen = Task.detached { count.wait { $0 >= 100 ? $0 : nil } }.value
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask { for _ in 0..<25 { count.withLock { $0 += 1 } } }
      }
    }
    #expect(await seen == 100)
  }

  @Test func `what is taken while waiting is seen by the others`() async {
    let items = Monitor([1, 2, 3])
    async let isEmpty = Task.detached { items.wait { $0.isEmpty ? true : nil } }.value
    for _ in 0..<3 { _ = items.wait { $0.popLast() } }
    #expect(await isEmpty)
  }
}
