import Builtins
import Diagnostics
import Formats
import Glibc
import JupyterServer
import Sessions

/// `bpsh FILE`, `bpsh -` and `bpsh -e CODE`: a program run without a person.
struct ScriptCommand {
  private let task: Invocation.Task
  private let settings: Invocation.Settings

  init(_ invocation: Invocation) {
    task = invocation.task
    settings = invocation.settings
  }

  private struct Program {
    var text: String
    var name: String
    var folder: String
    var arguments: [String]
    var showsValue: Bool
  }

  func run() -> Int32 {
    guard let program = read() else { return 2 }
    let front = OutputFront(
      textStyle: TerminalStyle.text(on: STDOUT_FILENO, allowsColor: settings.hasColor),
      progressStyle: TerminalStyle.isTerminal(STDERR_FILENO) ? .line : .lines,
      figures: settings.figures.map(FigureFolder.init))
    let session = settings.session(front, folder: program.folder, arguments: program.arguments)
    return ProgramThread.run(interrupting: session) { run(program, session, front) }
  }

  private func run(_ program: Program, _ session: Session, _ front: OutputFront) -> Int32 {
    let mode = Session.Mode(isWhole: true, isInteractive: false, isKept: false)
    switch session.run(program.text, name: program.name, mode: mode) {
    case .value(let shown):
      if program.showsValue, let shown { front.display(shown, id: nil, isUpdate: false) }
      return 0
    case .failure(let failure):
      front.write(failure.rendered(TerminalStyle.errors(allowsColor: settings.hasColor)) + "\n", toErrors: true)
      return failure.isInterrupt ? 130 : 1
    case .exit(let status): return status
    case .page, .nextInput: return 0
    }
  }

  private func read() -> Program? {
    switch task {
    case .expression(let code, let arguments):
      return Program(text: code, name: "-e", folder: ".", arguments: arguments, showsValue: true)
    case .standardInput(let arguments):
      guard let text = String(validating: StandardStream.readAll(), as: UTF8.self) else {
        Shell.report("the standard input is not a text in UTF-8")
        return nil
      }
      return Program(text: text, name: "standard input", folder: ".", arguments: arguments, showsValue: false)
    case .file(let path, let arguments):
      guard let text = ProgramFile.read(path) else { return nil }
      let folder = path.lastIndex(of: "/").map { path[..<$0].isEmpty ? "/" : String(path[..<$0]) } ?? "."
      return Program(text: text, name: path, folder: folder, arguments: arguments, showsValue: false)
    default: return nil
    }
  }
}

/// A file of source.
enum ProgramFile {
  /// The text of a file; nil, with a report, where there is none.
  static func read(_ path: String) -> String? {
    do {
      let bytes = try FileContents.read(path)
      if let text = String(validating: bytes, as: UTF8.self) { return text }
      Shell.report("\(path) is not a text in UTF-8")
    } catch {
      let isWord = error.kind == .notFound && !path.contains(".") && !path.contains("/")
      Shell.report(error.message, help: isWord ? "bpsh --help lists the commands" : error.help)
    }
    return nil
  }
}

/// The thread that programs run on.
enum ProgramThread {
  /// Only what is used of it takes memory.
  private static let stackBytes = 512 << 20

  /// Runs `body` on a thread with a large stack, and waits for it; SIGINT interrupts the session.
  static func run(interrupting session: Session? = nil, _ body: @escaping () -> Int32) -> Int32 {
    let box = Box(body)
    do throws(ServerError) {
      if let session {
        InterruptSignal.block()
        _ = try InterruptSignal { session.interrupt() }
      }
      try Thread("program", stackSize: stackBytes) { box.status = box.body() }.join()
      return box.status
    } catch {
      Shell.report(error.description)
      return 1
    }
  }

  // Unchecked: the one who waits reads it only after the thread has ended.
  private final class Box: @unchecked Sendable {
    let body: () -> Int32
    var status: Int32 = 0

    init(_ body: @escaping () -> Int32) {
      self.body = body
    }
  }
}

extension Invocation.Settings {
  /// A session with these settings.
  func session(_ front: any Front, folder: String, arguments: [String] = []) -> Session {
    Session(
      front: front,
      settings: Session.Settings(
        folder: folder, seed: seed ?? 0, arguments: arguments, showsProgress: !isQuiet, memoryLimit: memory,
        usesFloat64: usesFloat64))
  }
}
