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
  case curveKeyAlone(field: String)
  case badCurveKey(field: String)

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
    case .curveKeyAlone(let field): "it has '\(field)' and not the other key; CurveZMQ needs both"
    case .badCurveKey(let field): "'\(field)' is no key of CurveZMQ; it must be 40 characters of Z85"
    }
  }
}
