import FoundationEssentials

/// The folder into which `--figures` puts shown figures, numbered as they come.
final class FigureFolder {
  private let path: String
  private var count = 0

  init(path: String) {
    self.path = path
  }

  /// Writes a picture.
  ///
  /// - Returns: where it is; nil, with a report, where it could not be written.
  func keep(_ svg: String) -> String? {
    count += 1
    let file = "\(path)/figure-\(count).svg"
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data(svg.utf8).write(to: URL(filePath: file), options: .atomic)
      return file
    } catch {
      Shell.report(
        "cannot write \(file): the figure is shown as text", help: "--figures FOLDER names a folder that may be written")
      return nil
    }
  }
}
