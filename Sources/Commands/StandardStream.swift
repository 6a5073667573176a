import Glibc
import Synchronization

/// The process's own input and output, without a buffer of ours.
enum StandardStream {
  /// Why the standard output could not take all that was written; 0 while it could.
  private static let outputError = Atomic<Int32>(0)

  /// Writes all of a text.
  static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else {
          if descriptor == STDOUT_FILENO { outputError.store(errno, ordering: .relaxed) }
          return
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
  }

  /// What was lost of the standard output, in the system's words; nil where nothing was.
  static var loss: String? {
    let code = outputError.load(ordering: .relaxed)
    // A reader that has gone wants no more.
    return code == 0 || code == EPIPE ? nil : String(cString: strerror(code))
  }

  /// Makes the standard streams that the caller has closed lead nowhere: else the next file that is opened would become one.
  static func open() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = Glibc.open("/dev/null", O_RDWR)
    }
  }
}
