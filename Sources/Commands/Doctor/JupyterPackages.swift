import Formats

/// The parts of a Jupyter with their versions, read from where Python keeps them: to ask each program would take seconds.
struct JupyterPackages {
  let program: String

  private static let names = ["jupyterlab", "notebook", "jupyter_client", "jupyter_console", "nbconvert", "papermill"]

  /// One line: where it is, and what of it.
  var text: String {
    let versions = Self.names.compactMap { name in version(of: name).map { "\(name) \($0)" } }
    return ([program] + versions).joined(separator: ", ")
  }

  private func version(of name: String) -> String? {
    for entry in entries where entry.hasPrefix(name + "-") {
      let rest = entry.dropFirst(name.count + 1)
      for ending in [".dist-info", ".egg-info"] where rest.hasSuffix(ending) { return String(rest.dropLast(ending.count)) }
    }
    return nil
  }

  private var entries: [String] {
    let libraries = ProgramFile.folder(of: program) + "/../lib"
    let pythons = ((try? FileContents.names(in: libraries)) ?? []).filter { $0.hasPrefix("python3") }
    return pythons.flatMap { python in
      ["site-packages", "dist-packages"].flatMap { (try? FileContents.names(in: "\(libraries)/\(python)/\($0)")) ?? [] }
    }
  }
}
