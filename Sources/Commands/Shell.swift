import Diagnostics
import Glibc
import Tensors

/// `bpsh`: does what its words ask for.
public enum Shell {
  public static let version = "0.1.0"

  /// - Returns: the exit status: 0; 1 for an error in the program, 2 for wrong usage, 130 for an interrupt.
  public static func run(words: [String]) -> Int32 {
    StandardStream.open()
    let status: Int32
    do {
      status = perform(try Invocation(words: words))
    } catch {
      report(error.message, help: error.help)
      return 2
    }
    guard let loss = StandardStream.loss else { return status }
    report("the output was not written to its end: \(loss)")
    return status == 0 ? 1 : status
  }

  private static func perform(_ invocation: Invocation) -> Int32 {
    if let name = InstructionSet.refused {
      report(
        "BP_INSTRUCTION_SET names \(name), which this processor does not have",
        help: "it has \(InstructionSet.available.joined(separator: ", "))")
      return 2
    }
    if let threads = invocation.settings.threads { ThreadPool.threadCount = threads }
    // Who reads our output may stop: a program ends with it, as every tool in a pipe does. The kernel lives on.
    if case .kernel = invocation.task { signal(SIGPIPE, SIG_IGN) } else { signal(SIGPIPE, SIG_DFL) }
    switch invocation.task {
    case .help(let command):
      StandardStream.write(command.map(Usage.text) ?? Usage.text, to: STDOUT_FILENO)
      return 0
    case .version:
      StandardStream.write("bpsh \(version)\n", to: STDOUT_FILENO)
      return 0
    case .file, .standardInput, .expression: return ScriptCommand(invocation).run()
    case .notebook(let wish): return NotebookCommand(wish: wish, settings: invocation.settings).run()
    case .check(let files, let asJSON):
      return CheckCommand(files: files, asJSON: asJSON, settings: invocation.settings).run()
    case .doctor(let asJSON): return DoctorCommand(asJSON: asJSON, settings: invocation.settings).run()
    case .completions(let shell): return CompletionsCommand(shell: shell).run()
    case .manual: return ManualCommand().run()
    case .install(let place, let removes):
      return InstallCommand(place: place, removes: removes, isQuiet: invocation.settings.isQuiet).run()
    case .format(let files, let result):
      return FormatCommand(files: files, result: result, settings: invocation.settings).run()
    case .kernel(let file): return KernelCommand(connectionFile: file, settings: invocation.settings).run()
    case .repl: return ReplCommand(settings: invocation.settings).run()
    }
  }

  /// Says on the standard error what is wrong and how to mend it.
  static func report(_ message: String, help: String? = nil) {
    var text = "bpsh: \(Printable.text(message))\n"
    if let help { text += "  help: \(Printable.text(help))\n" }
    StandardStream.write(text, to: STDERR_FILENO)
  }
}
