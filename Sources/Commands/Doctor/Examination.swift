import Builtins
import Formats
import Glibc
import JupyterServer
import JupyterWire
import LineEditing
import Sessions
import Tensors

/// What `bpsh doctor` looks at, part by part.
struct Examination {
  let settings: Invocation.Settings

  /// The parts with their titles, in the order in which they are shown.
  var parts: [(title: String, findings: [Finding])] {
    [
      ("language", [language]), ("libraries", libraries), ("processor", processor), ("Jupyter", jupyter), ("terminal", terminal),
    ]
  }

  // MARK: The language and what it stands on

  /// Whether a program gives what it should.
  private var language: Finding {
    let session = settings.session(OutputFront(settings), folder: ".")
    if case .success(let value) = session.evaluate("grad(lambda x: (x ** 3).sum())(tensor([2.0])).item()"), value.text == "12.0" {
      return .ok("gradients", "the derivative of x³ at 2 is 12")
    }
    return .failure("gradients", "the derivative of x³ at 2 is not found to be 12", "build bpsh anew, and tell its authors")
  }

  private var libraries: [Finding] {
    let sockets =
      ServerLibrary.works
      ? Finding.ok("ZeroMQ", ServerLibrary.version)
      : .failure("ZeroMQ", "\(ServerLibrary.version), but no socket can be made", "see ulimit -n: the kernel needs open files")
    return [
      sockets, .ok("libsodium", SigningLibrary.version), .ok("zlib", CompressionLibrary.version),
      found(.lapack, "LAPACK", "inverses and decompositions need it: apt install liblapack3"),
      found(.oneDNN, "oneDNN", "only the largest products are slower; apt install libdnnl2"),
    ]
  }

  private func found(_ library: ComputeLibrary, _ name: String, _ advice: String) -> Finding {
    if let version = library.version { return .ok(name, version) }
    return .warning(name, library.absence ?? "not found", advice)
  }

  private var processor: [Finding] {
    let memory = Workspace.memoryLimit >> 20
    let size = memory < 10 << 10 ? "\(memory) MiB" : "\(memory >> 10) GiB"
    return [
      .ok("instruction set", "\(InstructionSet.current), of \(InstructionSet.available.joined(separator: ", "))"),
      .ok("threads", "\(ThreadPool.threadCount) on \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) processors"),
      memory >= 256
        ? .ok("memory", "programs may take \(size)")
        : .warning("memory", "programs may take \(size) only", "free some, or give --memory MIB"),
    ]
  }

  // MARK: Jupyter

  private var jupyter: [Finding] {
    let front =
      Program.find("jupyter").map { Finding.ok("jupyter", JupyterPackages(program: $0).text) }
      ?? .warning("jupyter", "not on the PATH", "pip install jupyterlab; bpsh run runs notebooks without it")
    return [front] + kernels
  }

  /// The kernelspecs where Jupyter looks; of several it takes the first.
  private var kernels: [Finding] {
    let found = JupyterFolders.all.compactMap { folder in KernelSpec.program(in: folder).map { (folder, $0) } }
    guard !found.isEmpty else { return [.warning("kernel", "Jupyter knows none named bp", "bpsh install")] }
    return found.enumerated().map { i, place in
      let (folder, program) = (FileContents.realPath(place.0) ?? place.0, place.1)
      let subject = i == 0 ? "kernel" : "another kernel"
      let isThere = program.contains("/") ? Program.isProgram(program) : Program.find(program) != nil
      if !isThere {
        let text = "\(folder) starts \(program), which is not there"
        return i == 0 ? .failure(subject, text, "bpsh install, or take it away") : .warning(subject, text, "take it away")
      }
      let path = program.contains("/") ? program : Program.find(program) ?? program
      return FileContents.realPath(path) == Program.path
        ? .ok(subject, "\(folder) starts this program")
        : .warning(subject, "\(folder) starts another program: \(program)", "bpsh install, if it should be this one")
    }
  }

  // MARK: The terminal

  private var terminal: [Finding] {
    let style = TerminalStyle.text(on: STDOUT_FILENO, allowsColor: settings.hasColor)
    let kind = TerminalStyle.isTerminal(STDOUT_FILENO) ? "\(style.width) columns" : "the output is no terminal"
    let look = "\(kind), \(style.hasColor ? "colours" : "no colours"), \(style.hasUnicode ? "Unicode" : "ASCII only")"
    return [
      style.hasUnicode
        ? .ok("output", look) : .warning("output", look, "figures are finer in a locale with UTF-8: export LANG=C.UTF-8"),
      history,
    ]
  }

  private var history: Finding {
    guard let file = ReplCommand.historyFile else {
      return .warning("history", "there is no home folder for it", "set HOME or XDG_STATE_HOME")
    }
    let isThere = access(file, F_OK) == 0
    guard access(isThere ? file : ProgramFile.folder(of: file), W_OK) != 0 else { return .ok("history", "kept in \(file)") }
    return .warning(
      "history", "\(file) cannot be written: \(String(cString: strerror(errno)))", "change its permissions, or set XDG_STATE_HOME"
    )
  }
}
