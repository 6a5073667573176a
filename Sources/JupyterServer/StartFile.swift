import Glibc
import JupyterWire

extension StartFile {
  /// Reads the file that a kernel is given, which must exist.
  public init(contentsOf path: String) throws(ServerError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadableConnectionFile(path: path, code: errno) }
    defer { close(file) }
    // A connection file has a few hundred bytes; what is longer is cut, and is then no JSON.
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    while count < bytes.count {
      let length = bytes[count...].withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if length < 0 && errno == EINTR { continue }
      if length < 0 { throw .unreadableConnectionFile(path: path, code: errno) }
      if length == 0 { break }
      count += length
    }
    do { try self.init(parsing: Array(bytes[..<count])) } catch { throw .connectionFile(path: path, error) }
  }
}
