/// What a registration file says (protocol 5.6): the kernel chooses its ports, and tells them to who started it.
///
/// That ends the race for ports which are chosen by one process and bound by another.
public struct Registration: Equatable, Sendable {
  /// How the kernel's sockets are bound; without ports.
  public var connection: Connection
  /// Where the ports are told.
  public var ip: String
  public var port: Int
  /// How the starter calls this kernel, if it starts several.
  public var kernelID: String?
  /// How the starter wants to be told.
  var dialect: Dialect
  /// How long the starter may take to acknowledge the ports; a kernel that nobody knows of should not go on.
  public var patience = Duration.seconds(5)

  static let portField = "registration_port"
  static let addressField = "registration_ip"

  /// The protocol leaves the form of the two messages, the ports and the receipt for them, to each starter.
  enum Dialect: Equatable, Sendable {
    /// A delimiter, a signature, and one frame of content, as Jupyter and xeus have it.
    case plain
    /// `handshake_request` and `handshake_reply`, whole messages, as Positron has it; its file has no `registration_ip`.
    case message
  }

  init(_ fields: JSON.Object) throws(ConnectionError) {
    connection = try Connection(withoutPorts: fields)
    dialect = fields[Self.addressField] == nil ? .message : .plain
    ip = try dialect == .message ? connection.ip : fields.text(Self.addressField)
    port = try fields.port(Self.portField)
    kernelID = try fields["kernel_id"] == nil ? nil : fields.text("kernel_id")
  }

  /// The address of the starter's socket in ZeroMQ's form.
  public var address: String { connection.transport.address(ip, port: port) }
}

extension Registration {
  /// The frames that tell the ports of `connection`.
  public func report(of connection: Connection) -> [[UInt8]] {
    var fields = JSON.Object()
    if let kernelID { fields.append("kernel_id", .string(kernelID)) }
    for member in connection.portFields { fields.append(member.name, member.value) }
    switch dialect {
    case .plain: return signed(fields.bytes)
    // The empty frame is what the starter's socket, which answers one at a time, expects first.
    case .message:
      let message = Author(username: "kernel").write("handshake_request", fields, parent: nil, to: [[]])
      return Codec(key: connection.key).encode(message)
    }
  }

  /// Whether the frames are a receipt by someone who knows the key.
  public func isReceipt(_ frames: [[UInt8]]) -> Bool {
    switch dialect {
    case .plain:
      guard let delimiter = frames.firstIndex(of: Codec.delimiter), frames.count >= delimiter + 3 else { return false }
      let signer = Signer(key: connection.key)
      return !signer.signs || signer.verifies(frames[delimiter + 1], of: [frames[delimiter + 2]])
    case .message:
      guard let reply = try? Codec(key: connection.key).decode(frames) else { return false }
      return reply.header.type == "handshake_reply" && reply.content["status"] != "error"
    }
  }

  /// The frames of a plain message.
  public func signed(_ content: [UInt8]) -> [[UInt8]] {
    [Codec.delimiter, Signer(key: connection.key).signature(of: [content]), content]
  }
}

/// The file that a kernel is given when it starts: one of two kinds.
public enum StartFile: Equatable, Sendable {
  case connection(Connection)
  case registration(Registration)

  public init(parsing bytes: [UInt8]) throws(ConnectionError) {
    let fields = try JSON.Object(fileContent: bytes)
    if fields[Registration.portField] != nil {
      self = .registration(try Registration(fields))
    } else {
      self = .connection(try Connection(fields))
    }
  }
}
