import Glibc

/// `bpsh install`: writes the kernelspec where Jupyter looks for it.
struct InstallCommand {
  let place: Invocation.InstallPlace
  let isQuiet: Bool

  func run() -> Int32 {
    guard let dataFolder else { return 2 }
    do {
      let folder = try KernelSpec(program: Self.program).install(in: dataFolder)
      if !isQuiet { StandardStream.write("installed the kernel bp in \(folder)\n", to: STDOUT_FILENO) }
      return 0
    } catch {
      Shell.report(error.message, help: error.help)
      return 1
    }
  }

  /// Where Jupyter looks for kernelspecs of this place.
  private var dataFolder: String? {
    switch place {
    case .user:
      guard let folder = JupyterFolders.data else {
        Shell.report("there is no home folder: HOME is not set", help: "bpsh install --prefix FOLDER")
        return nil
      }
      return folder
    case .sysPrefix:
      guard let prefix = TerminalStyle.variable("VIRTUAL_ENV") ?? TerminalStyle.variable("CONDA_PREFIX") else {
        Shell.report("no Python environment is active", help: "activate one, or bpsh install --prefix FOLDER")
        return nil
      }
      return prefix + "/share/jupyter"
    case .prefix(let folder): return folder + "/share/jupyter"
    }
  }

  /// The full path of the running program.
  private static var program: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { return CommandLine.arguments.first ?? "bpsh" }
    return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
