import CZeroMQ

/// ZeroMQ, which carries the messages.
public enum ServerLibrary {
  public static var version: String {
    var (major, minor, patch): (CInt, CInt, CInt) = (0, 0, 0)
    zmq_version(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }

  /// Whether sockets can be made.
  public static var works: Bool {
    guard let context = zmq_ctx_new() else { return false }
    defer { zmq_ctx_term(context) }
    guard let socket = zmq_socket(context, ZMQ_ROUTER) else { return false }
    return zmq_close(socket) == 0
  }
}
