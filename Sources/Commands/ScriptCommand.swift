import Diagnostics
import Glibc
import LineEditing
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
    let (session, front) = settings.conversation(folder: program.folder, arguments: program.arguments)
    return ProgramThread.run(interrupting: session) { run(program, session, front) }
  }

  private func run(_ program: Program, _ session: Session, _ front: OutputFront) -> Int32 {
    let figures = settings.figures.or(TerminalStyle.variable("BP_FIGURES"))
    if case .picture = figures {
      // The output alone need be a terminal: the program may come from a pipe.
      let terminal = Terminal(input: STDOUT_FILENO)
      front.pictures = PictureTerminal(
        figures, terminal.features(TerminalFeatures.questions(TerminalStyle.variable)), terminal)
    }
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
      guard let text = ProgramFile.read("-") else { return nil }
      return Program(text: text, name: ProgramFile.standardInput, folder: ".", arguments: arguments, showsValue: false)
    case .file(let path, let arguments):
      guard let text = ProgramFile.read(path) else { return nil }
      return Program(
        text: text, name: path, folder: ProgramFile.folder(of: path), arguments: arguments, showsValue: false)
    default: return nil
    }
  }
}
