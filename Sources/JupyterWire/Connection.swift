/// What a connection file says: where the kernel's sockets are bound and how messages are signed.
public struct Connection: Equatable, Sendable {
  public enum Transport: String, Equatable, Sendable {
    case tcp
    case ipc
  }

  /// The sockets of a kernel, each with the name of its port in the connection file.
  public enum Channel: String, CaseIterable, Equatable, Sendable {
    case shell = "shell_port"
    case iopub = "iopub_port"
    case stdin = "stdin_port"
    case control = "control_port"
    case heartbeat = "hb_port"
  }

  public var transport: Transport
  /// An address for `tcp`, the beginning of a path for `ipc`.
  public var ip: String
  /// The port of each channel; 0 lets the system choose (`tcp` only).
  public var ports: [Channel: Int]
  /// The secret that signs the messages; empty: they are not signed.
  public var key: [UInt8]

  public init(transport: Transport, ip: String, ports: [Channel: Int], key: [UInt8]) {
    self.transport = transport
    self.ip = ip
    self.ports = ports
    self.key = key
  }

  /// The address of a channel's socket in ZeroMQ's form.
  public func address(of channel: Channel) -> String {
    let port = ports[channel] ?? 0
    switch transport {
    case .ipc: return "ipc://\(ip)-\(port)"
    // ZeroMQ binds to addresses and interfaces, not to names of hosts.
    case .tcp where ip == "localhost": return "tcp://127.0.0.1:\(port)"
    case .tcp where ip.contains(":"): return "tcp://[\(ip)]:\(port)"
    case .tcp: return "tcp://\(ip):\(port)"
    }
  }

  /// Whether no other machine can reach the sockets.
  public var isLocal: Bool {
    transport == .ipc || ip == "localhost" || ip == "::1" || ip.hasPrefix("127.")
  }
}

/// What is wrong with a connection file.
public enum ConnectionError: Error, Equatable, Sendable, CustomStringConvertible {
  case malformed(JSONError)
  case notAnObject
  case missing(field: String)
  case wrongType(field: String, expected: String)
  case unknownTransport(String)
  case unknownSignatureScheme(String)
  case portOutOfRange(field: String, Int)
  case portUsedTwice(Int)
  case unsigned(ip: String)

  public var description: String {
    switch self {
    case .malformed(let error): "it is not JSON: \(error)"
    case .notAnObject: "it is not a JSON object"
    case .missing(let field): "it has no '\(field)'"
    case .wrongType(let field, let expected): "'\(field)' must be \(expected)"
    case .unknownTransport(let name): "transport '\(name)' is not known; it must be 'tcp' or 'ipc'"
    case .unknownSignatureScheme(let name): "signature_scheme '\(name)' is not known; it must be 'hmac-sha256'"
    case .portOutOfRange(let field, let port): "'\(field)' is \(port); a port is between 1 and 65535"
    case .portUsedTwice(let port): "port \(port) stands for two sockets"
    case .unsigned(let ip): "its key is empty, so anyone who reaches \(ip) could run code; give a key or use 127.0.0.1"
    }
  }
}

extension Connection {
  /// Reads the text of a connection file.
  public init(parsing bytes: [UInt8]) throws(ConnectionError) {
    let json: JSON
    do { json = try JSON(parsing: bytes) } catch { throw .malformed(error) }
    guard let fields = json.object else { throw .notAnObject }

    let transportName = try fields["transport"] == nil ? "tcp" : fields.text("transport")
    guard let transport = Transport(rawValue: transportName) else { throw .unknownTransport(transportName) }
    let key = try Array(fields.text("key").utf8)
    // The scheme says nothing where nothing is signed.
    if !key.isEmpty, fields["signature_scheme"] != nil, case let scheme = try fields.text("signature_scheme"),
      scheme != "hmac-sha256"
    {
      throw .unknownSignatureScheme(scheme)
    }
    self.init(transport: transport, ip: try fields.text("ip"), ports: [:], key: key)
    for channel in Channel.allCases {
      let port = try fields.port(channel.rawValue)
      if ports.values.contains(port) { throw .portUsedTwice(port) }
      ports[channel] = port
    }
    if key.isEmpty && !isLocal { throw .unsigned(ip: ip) }
  }
}

extension JSON.Object {
  fileprivate func text(_ field: String) throws(ConnectionError) -> String {
    guard let value = self[field] else { throw .missing(field: field) }
    guard let text = value.string else { throw .wrongType(field: field, expected: "a text") }
    return text
  }

  fileprivate func port(_ field: String) throws(ConnectionError) -> Int {
    guard let value = self[field] else { throw .missing(field: field) }
    guard let port = value.integer else { throw .wrongType(field: field, expected: "a whole number") }
    guard (1...65535).contains(port) else { throw .portOutOfRange(field: field, port) }
    return port
  }
}
