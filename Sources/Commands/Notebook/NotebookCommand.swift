import Diagnostics
import Formats
import Glibc
import JupyterServer
import JupyterWire
import Synchronization

/// `bpsh run NOTEBOOK`: a notebook without Jupyter, its outputs written back.
struct NotebookCommand {
  let wish: Wish
  let settings: Invocation.Settings

  /// What is wanted.
  struct Wish: Equatable {
    /// A path, or `-` for the standard input.
    var notebook: String
    /// A path, or `-` for the standard output; nil: where the notebook is.
    var output: String?
    var parameterFiles: [String] = []
    /// They come after those of the files.
    var parameters = NotebookParameters()
    var allowsErrors = false

    init(_ words: CommandWords) throws(UsageError) {
      notebook = words.operands[0]
      output = words[.output]
      parameterFiles = words.all([.parameterFile]).map(\.value)
      allowsErrors = words.has(.allowErrors)
      for (option, value) in words.all([.parameter, .rawParameter]) {
        try parameters.add(value, isText: option == .rawParameter)
      }
    }
  }

  func run() -> Int32 {
    guard var notebook = read(), var parameters = parametersOfFiles() else { return 2 }
    for (name, value) in wish.parameters.values { parameters.set(name, value) }
    guard isWritable(target) else { return 2 }
    for note in parameters.inject(into: &notebook) where !settings.isQuiet { Shell.report("note: \(note)") }

    let folder = wish.notebook == "-" ? "." : ProgramFile.folder(of: wish.notebook)
    let kernel = SessionKernel(settings, folder: folder, drawsControls: false)
    let stop = Stop()
    return ProgramThread.run(on: [SIGINT, SIGTERM]) { signal in
      stop.signal.store(signal, ordering: .relaxed)
      kernel.interrupt()
    } _: {
      let status = run(&notebook, kernel) { stop.isWanted }
      return stop.isWanted && status == Self.interrupted ? 128 + stop.signal.load(ordering: .relaxed) : status
    }
  }

  private static let interrupted: Int32 = 130

  /// The signal that came, or 0.
  private final class Stop: Sendable {
    let signal = Atomic<Int32>(0)
    var isWanted: Bool { signal.load(ordering: .relaxed) != 0 }
  }

  private func run(_ notebook: inout Notebook, _ kernel: SessionKernel, isStopped: @escaping () -> Bool) -> Int32 {
    let progress = NotebookProgress(isQuiet: settings.isQuiet, hasColor: settings.hasColor)
    notebook.note(kernel: KernelSpec.reference, language: .object(kernel.info.language.content))
    var kept = ContinuousClock.now
    let run = NotebookRun(
      kernel: kernel, allowsErrors: wish.allowsErrors, isStopped: isStopped, tell: progress.tell,
      keep: { notebook in
        // What took long is not lost with the process.
        guard target != "-", .now - kept > .seconds(10) else { return }
        try? put(notebook())
        kept = .now
      })
    let end = run.run(&notebook)
    guard write(notebook) else { return 1 }
    return switch end {
    case .whole: 0
    case .failed: 1
    case .interrupted: Self.interrupted
    case .exit(let status): status
    }
  }

  // MARK: Files

  private func read() -> Notebook? {
    let name = wish.notebook == "-" ? ProgramFile.standardInput : wish.notebook
    guard let bytes = bytes(of: wish.notebook, ending: ".ipynb") else { return nil }
    do throws(NotebookError) {
      let notebook = try Notebook(parsing: bytes)
      guard notebook.kernel != "bp", let language = notebook.language, language != "bp" else { return notebook }
      throw NotebookError("its cells are in \(language)", help: "choose the kernel bp for it in Jupyter, or clear its metadata")
    } catch {
      let help = name.hasSuffix(".bp") ? "bpsh \(name.shellWord) runs a program" : error.help
      Shell.report("\(name) cannot be run as a notebook: \(error.reason)", help: help)
      return nil
    }
  }

  private func bytes(of path: String, ending: String) -> [UInt8]? {
    do throws(ProgramFile.Unreadable) {
      return try ProgramFile.bytes(of: path, endings: [ending])
    } catch {
      Shell.report(error.message, help: error.help)
      return nil
    }
  }

  private func parametersOfFiles() -> NotebookParameters? {
    var parameters = NotebookParameters()
    for file in wish.parameterFiles {
      guard let bytes = bytes(of: file, ending: ".json") else { return nil }
      do {
        try parameters.add(try JSON(parsing: bytes))
      } catch {
        let reason = (error as? NotebookError)?.reason ?? "it is not JSON: \(error)"
        Shell.report("\(file) gives no parameters: \(reason)", help: "it looks like this: {\"rate\": 0.1, \"epochs\": 20}")
        return nil
      }
    }
    return parameters
  }

  /// Where the result goes; a link leads to the file that it stands for.
  private var target: String {
    let path = wish.output ?? wish.notebook
    return path == "-" ? path : FileContents.realPath(path) ?? path
  }

  /// Whether the result can be written: better to know before an hour of training.
  private func isWritable(_ path: String) -> Bool {
    if path == "-" { return true }
    if FileContents.kind(of: path) == .folder {
      Shell.report("\(path) is a folder, not a file", help: "-o names the file")
      return false
    }
    // It could be replaced all the same, but whoever protects a file means it.
    guard access(path, F_OK) != 0 || access(path, W_OK) == 0 else {
      Shell.report("cannot write \(path): \(String(cString: strerror(errno)))", help: "-o FILE writes elsewhere")
      return false
    }
    let folder = ProgramFile.folder(of: path)
    guard access(folder, W_OK | X_OK) != 0 else { return true }
    Shell.report("cannot write to the folder \(folder): \(String(cString: strerror(errno)))", help: "-o FILE writes elsewhere")
    return false
  }

  private func put(_ notebook: Notebook) throws(FileError) {
    let isThere = access(target, F_OK) == 0
    try isThere ? FileContents.rewrite(notebook.bytes, to: target) : FileContents.write(notebook.bytes, to: target)
  }

  private func write(_ notebook: Notebook) -> Bool {
    guard target != "-" else {
      StandardStream.write(String(decoding: notebook.bytes, as: UTF8.self), to: STDOUT_FILENO)
      return true
    }
    do throws(FileError) {
      try put(notebook)
      if !settings.isQuiet { StandardStream.write("wrote \(Printable.text(target))\n", to: STDERR_FILENO) }
      return true
    } catch {
      Shell.report("cannot write \(target): \(error.reason)")
      return false
    }
  }
}
