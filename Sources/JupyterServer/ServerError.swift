import Glibc
import JupyterWire

/// Why a server cannot start.
public enum ServerError: Error, Equatable, Sendable, CustomStringConvertible {
  case unreadableConnectionFile(path: String, code: Int32)
  case connectionFile(path: String, ConnectionError)
  case socket(SocketError)
  case notAcknowledged(address: String)
  case thread(name: String, code: Int32)
  case system(operation: String, code: Int32)

  public var description: String {
    switch self {
    case .unreadableConnectionFile(let path, let code): "cannot read the connection file \(path): \(words(for: code))"
    case .connectionFile(let path, let error): "the connection file \(path) is of no use: \(error)"
    case .socket(let error): "cannot open the kernel's sockets: \(error)"
    case .notAcknowledged(let address): "nobody at \(address) has acknowledged the kernel's ports"
    case .thread(let name, let code): "cannot start the thread '\(name)': \(words(for: code))"
    case .system(let operation, let code): "\(operation) failed: \(words(for: code))"
    }
  }
}

private func words(for code: Int32) -> String {
  String(cString: strerror(code))
}
