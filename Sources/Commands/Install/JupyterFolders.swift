import Formats
import Glibc

/// The folders in which Jupyter looks for kernels, configuration and the like, as `jupyter --paths` lists them.
enum JupyterFolders {
  /// The person's own; nil without a home.
  static var data: String? {
    if let folder = TerminalStyle.variable("JUPYTER_DATA_DIR") { return folder }
    if let share = TerminalStyle.variable("XDG_DATA_HOME") { return share + "/jupyter" }
    return TerminalStyle.variable("HOME").map { $0 + "/.local/share/jupyter" }
  }

  /// The connection files of kernels that run.
  static var runtime: String? {
    TerminalStyle.variable("JUPYTER_RUNTIME_DIR") ?? data.map { $0 + "/runtime" }
  }

  /// That of the Python environment that is active.
  static var activeEnvironment: String? {
    (TerminalStyle.variable("VIRTUAL_ENV") ?? TerminalStyle.variable("CONDA_PREFIX")).map { $0 + "/share/jupyter" }
  }

  /// All that a Jupyter started here searches, the first first.
  static var all: [String] {
    var folders = (TerminalStyle.variable("JUPYTER_PATH") ?? "").split(separator: ":").map(String.init)
    // A Jupyter on the path belongs to the environment that its program stands in.
    let ofProgram = Program.find("jupyter").map { ProgramFile.folder(of: $0) + "/../share/jupyter" }
    folders += [data, activeEnvironment, ofProgram, "/usr/local/share/jupyter", "/usr/share/jupyter"].compactMap(\.self)
    var seen: Set<String> = []
    return folders.filter { seen.insert(FileContents.realPath($0) ?? $0).inserted }
  }

  /// Whether a Jupyter looks into a folder: one that is started here, or one of the environment that the folder belongs to.
  static func areSearched(_ folder: String) -> Bool {
    let real = FileContents.realPath(folder) ?? folder
    if all.contains(where: { (FileContents.realPath($0) ?? $0) == real }) { return true }
    return ["python", "jupyter"].contains { access("\(folder)/../../bin/\($0)", X_OK) == 0 }
  }
}
