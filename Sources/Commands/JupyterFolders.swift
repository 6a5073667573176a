/// Where Jupyter keeps a person's files.
enum JupyterFolders {
  /// Kernelspecs and the like; `nil` without a home folder.
  static var data: String? {
    if let folder = TerminalStyle.variable("JUPYTER_DATA_DIR") { return folder }
    if let share = TerminalStyle.variable("XDG_DATA_HOME") { return share + "/jupyter" }
    return TerminalStyle.variable("HOME").map { $0 + "/.local/share/jupyter" }
  }

  /// The connection files of kernels that run.
  static var runtime: String? {
    TerminalStyle.variable("JUPYTER_RUNTIME_DIR") ?? data.map { $0 + "/runtime" }
  }
}
