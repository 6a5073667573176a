import Glibc

/// Programs of the system, and this one.
enum Program {
  /// The full path of the running program.
  static var path: String { realPath("/proc/self/exe") ?? CommandLine.arguments.first ?? "bpsh" }

  /// The full path of a program on the `PATH`.
  static func find(_ name: String) -> String? {
    for folder in (TerminalStyle.variable("PATH") ?? "").split(separator: ":") {
      let path = "\(folder)/\(name)"
      if isProgram(path) { return path }
    }
    return nil
  }

  static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }

  /// A path without links and dots; nil where nothing is there.
  static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
