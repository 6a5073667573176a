import Formats
import Glibc

/// Programs of the system, and this one.
enum Program {
  /// The full path of the running program.
  static var path: String { FileContents.realPath("/proc/self/exe") ?? CommandLine.arguments.first ?? "bpsh" }

  /// The full path of a program on the `PATH`.
  static func find(_ name: String) -> String? {
    for folder in (TerminalStyle.variable("PATH") ?? "").split(separator: ":") {
      let path = "\(folder)/\(name)"
      if isProgram(path) { return path }
    }
    return nil
  }

  static func isProgram(_ path: String) -> Bool {
    FileContents.kind(of: path) == .file && access(path, X_OK) == 0
  }
}
