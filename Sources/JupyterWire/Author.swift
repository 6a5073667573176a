import Glibc
import Synchronization

/// Writes the messages of one session and numbers them.
public final class Author: Sendable {
  public let session: String
  private let username: String
  private let count = Atomic(0)

  public init(username: String) {
    self.username = username
    var random = SystemRandomNumberGenerator()
    session = (0..<2).map { _ in
      let digits = String(random.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// A new message that follows from `parent`.
  public func write(
    _ type: String, _ content: JSON.Object, metadata: JSON.Object = [:], parent: Header?, to identities: [[UInt8]] = []
  ) -> Message {
    let number = count.add(1, ordering: .relaxed).newValue
    let header = Header(
      id: "\(session)_\(number)", type: type, session: session, username: username, date: timestamp())
    return Message(
      identities: identities, header: header, parent: parent?.fields ?? [:], metadata: metadata, content: content)
  }
}

/// The time in UTC as ISO 8601 writes it, to the microsecond: `2026-01-31T12:00:00.000000Z`.
private func timestamp() -> String {
  var now = timespec()
  var date = tm()
  clock_gettime(CLOCK_REALTIME, &now)
  gmtime_r(&now.tv_sec, &date)
  func padded(_ number: Int32, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
  return padded(date.tm_year + 1900, 4) + "-" + padded(date.tm_mon + 1) + "-" + padded(date.tm_mday) + "T"
    + padded(date.tm_hour) + ":" + padded(date.tm_min) + ":" + padded(date.tm_sec) + "."
    + padded(Int32(now.tv_nsec / 1000), 6) + "Z"
}
