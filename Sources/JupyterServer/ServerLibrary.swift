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
    do {
      _ = try Socket(.router, in: Context())
      return true
    } catch {
      return false
    }
  }
}
