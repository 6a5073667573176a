import Synchronization

/// Writes the messages of one session and numbers them.
public final class Author: Sendable {
  public let session: String
  private let username: String
  private let count = Atomic(0)

  public init(username: String) {
    self.username = username
    session = Self.randomID()
  }

  /// 32 hexadecimal digits that nobody else has.
  public static func randomID() -> String {
    var random = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
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
      id: "\(session)_\(number)", type: type, session: session, username: username, date: Timestamp.now.description)
    return Message(
      identities: identities, header: header, parent: parent?.fields ?? [:], metadata: metadata, content: content)
  }
}
