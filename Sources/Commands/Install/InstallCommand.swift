import Glibc

/// `bpsh install`: writes the kernelspec where Jupyter looks for it, or takes it away.
struct InstallCommand {
  let place: Place
  let removes: Bool
  let isQuiet: Bool

  /// Where the kernelspec goes.
  enum Place: Equatable {
    case user
    case sysPrefix
    case prefix(String)

    /// The place that was named last.
    init(_ words: CommandWords) {
      let last = words.all([.user, .sysPrefix, .prefix]).last
      switch last?.option {
      case .sysPrefix: self = .sysPrefix
      case .prefix: self = .prefix(last?.value ?? "")
      default: self = .user
      }
    }
  }

  func run() -> Int32 {
    guard let dataFolder else { return 2 }
    let spec = KernelSpec(program: Program.path)
    do {
      if removes {
        let folder = try spec.remove(from: dataFolder)
        tell("removed the kernel bp from \(folder)")
        return 0
      }
      let (folder, older) = try spec.install(in: dataFolder)
      tell("installed the kernel bp in \(folder)")
      if let older { tell("in place of one that started \(older == spec.program ? "the same program" : older)") }
      if !isQuiet, !JupyterFolders.areSearched(dataFolder) {
        Shell.report("note: Jupyter looks there only when told to", help: "JUPYTER_PATH=\(dataFolder.shellWord) jupyter lab")
      }
      return 0
    } catch {
      Shell.report(error.message, help: error.help)
      return 1
    }
  }

  private func tell(_ text: String) {
    if !isQuiet { StandardStream.write(text + "\n", to: STDOUT_FILENO) }
  }

  private var dataFolder: String? {
    switch place {
    case .user:
      if let folder = JupyterFolders.data { return folder }
      Shell.report("there is no home folder: HOME is not set", help: "bpsh install --prefix FOLDER")
    case .sysPrefix:
      if let folder = JupyterFolders.activeEnvironment { return folder }
      Shell.report("no Python environment is active", help: "activate one, or bpsh install --prefix FOLDER")
    case .prefix(let folder): return folder + "/share/jupyter"
    }
    return nil
  }
}
