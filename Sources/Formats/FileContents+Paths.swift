import Glibc

// What stands where a path leads.
extension FileContents {
  public enum Kind: Equatable, Sendable {
    case file
    case folder
    case link
    /// A socket, a pipe, a device.
    case other
  }

  /// What is there; nil for nothing, or what may not be looked at.
  ///
  /// - Parameter followsLinks: whether a link counts as what it leads to.
  public static func kind(of path: String, followsLinks: Bool = true) -> Kind? {
    var status = stat()
    guard !path.utf8.contains(0), (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }

  /// A path without links and dots; nil where nothing is there.
  public static func realPath(_ path: String) -> String? {
    guard !path.utf8.contains(0), let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// The names in a folder, in order, without `.` and `..`.
  public static func names(in path: String) throws(FileError) -> [String] {
    try check(path)
    guard let folder = opendir(path) else { throw FileError(errno: errno, path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
