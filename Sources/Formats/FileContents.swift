import Glibc
import Tensors

/// Why a file could not be read.
public struct FileError: Error, Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    case notFound
    /// The folder that a file is to be written to does not exist.
    case noFolder
    case invalidPath
    case isDirectory
    /// A socket, a pipe, a device.
    case notRegular
    case noPermission
    case notWritable
    case tooLarge(bytes: Int)
    /// The thread was asked to stop.
    case interrupted
    /// What the system says.
    case system(String)
  }

  public var kind: Kind
  public var path: String

  init(_ kind: Kind, _ path: String) {
    self.kind = kind
    self.path = path
  }

  /// What the system's error number says.
  init(errno number: Int32, _ path: String) {
    switch number {
    case ENOENT, ENOTDIR: self.init(.notFound, path)
    case EACCES, EPERM: self.init(.noPermission, path)
    default: self.init(.system(String(cString: strerror(number))), path)
    }
  }
}

extension FileError {
  public var message: String {
    switch kind {
    case .notFound: "there is no file \(path)"
    case .noFolder: "there is no folder for \(path)"
    case .invalidPath: "a path cannot hold the character \\0"
    case .isDirectory: "\(path) is a folder, not a file"
    case .notRegular: "\(path) is not a regular file"
    case .noPermission: "\(path) may not be read"
    case .notWritable: "\(path) may not be written"
    case .tooLarge(let bytes): "\(path) has \(bytes) bytes, which is too much to read at once"
    case .interrupted: "interrupted"
    case .system(let reason): "\(path) cannot be read: \(reason)"
    }
  }

  /// Why a file could not be written, without its name.
  public var reason: String {
    switch kind {
    case .noFolder, .notFound: "there is no such folder"
    case .invalidPath: "a path cannot hold the character \\0"
    case .isDirectory: "it is a folder"
    case .noPermission, .notWritable: "permission denied"
    case .system(let reason): reason
    case .notRegular, .tooLarge, .interrupted: message
    }
  }

  public var help: String? {
    switch kind {
    case .notFound: "paths are relative to the script or notebook"
    case .noFolder: "make the folder first, or write into one that is there"
    case .isDirectory: "list_files(\"\(path)\") shows what is in it"
    case .noPermission, .notWritable: "change its permissions, or copy it"
    case .notRegular, .invalidPath, .tooLarge, .interrupted, .system: nil
    }
  }
}

/// Reads and writes files whole.
public enum FileContents {
  private static let limit = 1 << 31

  /// All bytes of a file.
  public static func read(_ path: String) throws(FileError) -> [UInt8] {
    let file = try RegularFile(path)
    guard file.size < limit else { throw FileError(.tooLarge(bytes: file.size), path) }
    return try file.contents()
  }

  /// Writes a file that is there anew, whole or not at all: a link stays one, and its owner and permissions stay as they are.
  public static func rewrite(_ bytes: [UInt8], to path: String) throws(FileError) {
    try check(path)
    guard let target = realPath(path) else { throw FileError(errno: errno, path) }
    var status = stat()
    guard stat(target, &status) == 0 else { throw FileError(errno: errno, path) }
    guard access(target, W_OK) == 0 else {
      throw FileError(errno == EACCES ? .notWritable : .system(String(cString: strerror(errno))), path)
    }
    try write(pieces: CollectionOfOne(bytes), to: target, like: status)
  }

  /// Writes a file whole or not at all: under a temporary name, synced, then renamed.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try write(pieces: CollectionOfOne(bytes), to: path)
  }

  /// The same in pieces, between which it asks whether to stop.
  public static func write(pieces: some Sequence<[UInt8]>, to path: String) throws(FileError) {
    try write(pieces: pieces, to: path, like: nil)
  }

  /// - Parameter status: of a file whose owner and permissions it takes over; it is for its owner alone until then.
  private static func write(pieces: some Sequence<[UInt8]>, to path: String, like status: stat?) throws(FileError) {
    try check(path)
    let temporary = "\(path).\(getpid()).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, status == nil ? 0o644 : 0o600)
    guard descriptor >= 0 else { throw errno == ENOENT ? FileError(.noFolder, path) : FileError(errno: errno, path) }
    var problem: FileError?
    for piece in pieces {
      if Interruption.isWanted {
        problem = FileError(.interrupted, path)
      } else {
        problem = write(piece, to: descriptor).map { FileError(errno: $0, path) }
      }
      if problem != nil { break }
    }
    if let status, problem == nil {
      // Only the system's own user gives files away; a change of owner takes permissions along, so it comes first.
      _ = fchown(descriptor, status.st_uid, status.st_gid)
      if fchmod(descriptor, status.st_mode & 0o7777) != 0 { problem = FileError(errno: errno, path) }
    }
    if problem == nil, fsync(descriptor) != 0 { problem = FileError(errno: errno, path) }
    close(descriptor)
    if problem == nil, rename(temporary, path) != 0 { problem = FileError(errno: errno, path) }
    if let problem {
      unlink(temporary)
      throw problem
    }
  }

  /// Writes all bytes; the system's number of an error, or nil.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count, let start = buffer.baseAddress {
        let count = Glibc.write(descriptor, start + written, buffer.count - written)
        if count == 0 { return EIO }
        if count < 0, errno != EINTR { return errno }
        written += max(count, 0)
      }
      return nil
    }
  }

  /// To the system a path ends at a byte of 0, so what stands behind it would be ignored.
  static func check(_ path: String) throws(FileError) {
    guard !path.utf8.contains(0) else { throw FileError(.invalidPath, path) }
  }
}
