import Synchronization

/// Messages that other threads leave for the thread which owns a socket.
final class Outbox: Sendable {
  /// Signalled when something is left.
  let wake: Wake
  private let waiting = Mutex<[[[UInt8]]]>([])

  init() throws(ServerError) {
    wake = try Wake()
  }

  func post(_ frames: [[UInt8]]) {
    waiting.withLock { $0.append(frames) }
    wake.signal()
  }

  func takeAll() -> [[[UInt8]]] {
    wake.clear()
    return waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
