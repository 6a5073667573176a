import Glibc
import Testing
import Threads

@testable import JupyterServer

@Suite struct InterruptSignalTests {
  @Test func `each signal is an interrupt, and the last one ends the thread`() throws {
    // Before the thread starts, which inherits it: a signal that is not blocked would end the tests.
    InterruptSignal.block()
    let count = Monitor(0)
    let signal = try InterruptSignal { _ in count.withLock { $0 += 1 } }
    for expected in 1...3 {
      signal.thread.withLock { $0?.send(signal: SIGINT) }
      _ = count.wait { $0 == expected ? true : nil }
    }
    signal.end()
    #expect(count.withLock { $0 } == 3)
  }
}
