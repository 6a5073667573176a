import Formats
import Glibc

/// The programs that a word of the command line stands for.
enum ProgramFolder {
  /// The file itself; of a folder, the `.bp` files in it and in the folders below, in order.
  ///
  /// Hidden files and folders are left alone, and so is what a link in the folder leads to: it may lead back.
  static func programs(at path: String) -> [String] {
    guard path != "-", kind(of: path, followsLinks: true) == S_IFDIR else { return [path] }
    return programs(in: path.hasSuffix("/") && path != "/" ? String(path.dropLast()) : path)
  }

  private static func programs(in folder: String) -> [String] {
    guard let names = try? FileContents.names(in: folder) else {
      Shell.report("\(folder) may not be listed", help: "change its permissions")
      return []
    }
    return names.filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let path = folder == "/" ? "/" + name : folder + "/" + name
      return switch kind(of: path, followsLinks: false) {
      case S_IFDIR: programs(in: path)
      case S_IFREG where name.hasSuffix(".bp"): [path]
      default: []
      }
    }
  }

  private static func kind(of path: String, followsLinks: Bool) -> mode_t? {
    var status = stat()
    guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    return status.st_mode & S_IFMT
  }
}
