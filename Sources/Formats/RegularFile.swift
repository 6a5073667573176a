import Glibc
import Tensors

/// A regular file, open for reading.
final class RegularFile {
  let path: String
  /// In bytes, as the system tells it.
  let size: Int
  private let descriptor: Int32

  /// Bytes between two looks at whether to stop.
  private static let block = 16 << 20

  init(_ path: String) throws(FileError) {
    try FileContents.check(path)
    // Without O_NONBLOCK opening a pipe would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(errno: errno, path) }
    var status = stat()
    let kind = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
    guard kind == S_IFREG else {
      let error = FileError(
        kind == 0 ? .system(String(cString: strerror(errno))) : kind == S_IFDIR ? .isDirectory : .notRegular, path)
      close(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// All bytes; fewer than `size` where the file was cut short meanwhile.
  func contents() throws(FileError) -> [UInt8] {
    var filled = 0
    var problem: FileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while filled < size, problem == nil, let start = buffer.baseAddress {
        if Interruption.isWanted { problem = FileError(.interrupted, path) }
        let got = read(descriptor, start + filled, min(size - filled, Self.block))
        if got < 0, errno == EINTR { continue }
        if got < 0 { problem = FileError(errno: errno, path) }
        if got <= 0 { break }
        filled += got
      }
      count = filled
    }
    if let problem { throw problem }
    return bytes
  }
}
