import Formats

/// The programs that a word of the command line stands for.
enum ProgramFolder {
  /// The file itself; of a folder, the `.bp` files in it and in the folders below, in order.
  ///
  /// Hidden files and folders are left alone, and so is what a link in the folder leads to: it may lead back.
  static func programs(at path: String) -> [String] {
    guard path != "-", FileContents.kind(of: path) == .folder else { return [path] }
    return programs(in: path.hasSuffix("/") && path != "/" ? String(path.dropLast()) : path)
  }

  private static func programs(in folder: String) -> [String] {
    guard let names = try? FileContents.names(in: folder) else {
      Shell.report("\(folder) may not be listed", help: "change its permissions")
      return []
    }
    return names.filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let path = folder == "/" ? "/" + name : folder + "/" + name
      return switch FileContents.kind(of: path, followsLinks: false) {
      case .folder: programs(in: path)
      case .file where name.hasSuffix(".bp"): [path]
      default: []
      }
    }
  }
}
