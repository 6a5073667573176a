import Glibc

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
    case tooLarge(bytes: Int)
    /// What the system says.
    case system(String)
  }

  public var kind: Kind
  public var path: String

  init(_ kind: Kind, _ path: String) {
    self.kind = kind
    self.path = path
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
    case .tooLarge(let bytes): "\(path) has \(bytes) bytes, which is too much to read at once"
    case .system(let reason): "\(path) cannot be read: \(reason)"
    }
  }

  public var help: String? {
    switch kind {
    case .notFound: "paths are relative to the script or notebook"
    case .noFolder: "make the folder first, or write into one that is there"
    case .isDirectory: "list_files(\"\(path)\") shows what is in it"
    case .noPermission: "change its permissions, or copy it"
    case .notRegular, .invalidPath, .tooLarge, .system: nil
    }
  }
}

/// Reads regular files.
public enum FileContents {
  private static let limit = 1 << 31

  /// All bytes of a file.
  public static func read(_ path: String) throws(FileError) -> [UInt8] {
    try check(path)
    // Without O_NONBLOCK opening a pipe would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw FileError(.isDirectory, path)
    default: throw FileError(.notRegular, path)
    }
    let size = Int(status.st_size)
    guard size < limit else { throw FileError(.tooLarge(bytes: size), path) }
    var filled = 0
    var problem: FileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while filled < size, let start = buffer.baseAddress {
        let got = Glibc.read(descriptor, start + filled, size - filled)
        if got < 0, errno == EINTR { continue }
        if got < 0 { problem = failure(path) }
        if got <= 0 { break }
        filled += got
      }
      count = filled
    }
    if let problem { throw problem }
    return bytes
  }

  /// Writes a file whole or not at all: under a temporary name, synced, then renamed.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try check(path)
    let temporary = "\(path).\(getpid()).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw errno == ENOENT ? FileError(.noFolder, path) : failure(path) }
    var problem: FileError?
    var written = 0
    bytes.withUnsafeBytes { buffer in
      while written < buffer.count, let start = buffer.baseAddress {
        let count = Glibc.write(descriptor, start + written, buffer.count - written)
        if count < 0, errno == EINTR { continue }
        if count < 0 { problem = failure(path) }
        if count <= 0 { break }
        written += count
      }
    }
    if problem == nil, fsync(descriptor) != 0 { problem = failure(path) }
    close(descriptor)
    if problem == nil, rename(temporary, path) != 0 { problem = failure(path) }
    if let problem {
      unlink(temporary)
      throw problem
    }
  }

  /// The names in a folder, in order, without `.` and `..`.
  public static func names(in path: String) throws(FileError) -> [String] {
    try check(path)
    guard let folder = opendir(path) else { throw failure(path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// To the system a path ends at a byte of 0, so what stands behind it would be ignored.
  private static func check(_ path: String) throws(FileError) {
    guard !path.utf8.contains(0) else { throw FileError(.invalidPath, path) }
  }

  private static func failure(_ path: String) -> FileError {
    switch errno {
    case ENOENT, ENOTDIR: FileError(.notFound, path)
    case EACCES, EPERM: FileError(.noPermission, path)
    default: FileError(.system(String(cString: strerror(errno))), path)
    }
  }
}
