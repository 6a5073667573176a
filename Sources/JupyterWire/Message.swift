/// One message of the Jupyter protocol.
public struct Message: Equatable, Sendable {
  /// The route to the client (ROUTER sockets) or the topic (the publishing socket).
  public var identities: [[UInt8]]
  public var header: Header
  /// The header of the request that this message follows from; empty if there is none.
  public var parent: JSON.Object
  public var metadata: JSON.Object
  public var content: JSON.Object
  public var buffers: [[UInt8]]

  public init(
    identities: [[UInt8]] = [], header: Header, parent: JSON.Object = [:], metadata: JSON.Object = [:],
    content: JSON.Object = [:], buffers: [[UInt8]] = []
  ) {
    self.identities = identities
    self.header = header
    self.parent = parent
    self.metadata = metadata
    self.content = content
    self.buffers = buffers
  }
}

/// Which message it is, and whose.
public struct Header: Equatable, Sendable {
  public var id: String
  public var type: String
  public var session: String
  /// All fields, among them those that only the sender knows.
  public var fields: JSON.Object

  /// When the message was written, by the clock of its sender.
  public var date: Timestamp? { fields["date"]?.string.flatMap { Timestamp($0) } }

  /// The protocol that the messages of this program follow.
  public static let version = "5.5"

  public init(id: String, type: String, session: String, username: String, date: String) {
    self.id = id
    self.type = type
    self.session = session
    fields = [
      "msg_id": .string(id), "session": .string(session), "username": .string(username), "date": .string(date),
      "msg_type": .string(type), "version": .string(Self.version),
    ]
  }

  /// `nil` if the fields do not say which message it is.
  public init?(fields: JSON.Object) {
    guard let id = fields["msg_id"]?.string, let type = fields["msg_type"]?.string else { return nil }
    self.id = id
    self.type = type
    session = fields["session"]?.string ?? ""
    self.fields = fields
  }
}
