/// What a connection file says: where the kernel's sockets are bound and how messages are signed.
public struct Connection: Equatable, Sendable {
  public enum Transport: String, Equatable, Sendable {
    case tcp
    case ipc

    /// An address in ZeroMQ's form.
    func address(_ ip: String, port: Int) -> String {
      switch self {
      case .ipc: "ipc://\(ip)-\(port)"
      // ZeroMQ binds to addresses and interfaces, not to names of hosts.
      case .tcp where ip == "localhost": "tcp://127.0.0.1:\(port)"
      case .tcp where ip.contains(":"): "tcp://[\(ip)]:\(port)"
      case .tcp: "tcp://\(ip):\(port)"
      }
    }
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
  /// The keys that encrypt what travels, if that is wanted.
  public var curve: CurveKeys?

  public init(transport: Transport, ip: String, ports: [Channel: Int], key: [UInt8], curve: CurveKeys? = nil) {
    self.transport = transport
    self.ip = ip
    self.ports = ports
    self.key = key
    self.curve = curve
  }

  /// The address of a channel's socket in ZeroMQ's form.
  public func address(of channel: Channel) -> String {
    transport.address(ip, port: ports[channel] ?? 0)
  }

  /// Whether no other machine can reach the sockets.
  public var isLocal: Bool {
    transport == .ipc || ip == "localhost" || ip == "::1" || ip.hasPrefix("127.")
  }
}
