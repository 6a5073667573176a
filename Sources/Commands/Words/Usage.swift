import Diagnostics

/// What `bpsh --help` and `bpsh COMMAND --help` print, for a terminal of 60 columns.
enum Usage {
  static let hint = "bpsh --help lists what there is"

  static var text: String {
    """
    bpsh: the shell of bp, a small language for neural networks
    and their gradients

    \(rows(forms + Invocation.Command.allCases.map { ($0.usage, $0.help) }))

    bpsh COMMAND --help shows one of them with its options.

    options, before the file:
    \(rows(Invocation.Option.ofEveryCommand.map { ($0.usage, $0.help) }))

    In a program, help() lists what there is, and help(train)
    shows one of it.

    """
  }

  /// The page of a command.
  static func text(of command: Invocation.Command) -> String {
    let options = command.options.isEmpty ? "" : " [OPTIONS]"
    let own = command.options.isEmpty ? "" : rows(command.options.map { ($0.usage, $0.help) }) + "\n\n"
    return """
      \(command.usage)\(options)

      \(command.about.wrapped(to: 60))

      \(own)bpsh --help lists the options of every command.

      """
  }

  /// The forms that are no command.
  static let forms = [
    ("bpsh", "a conversation, line by line"),
    ("bpsh FILE [ARGS...]", "runs a file; args holds the rest"),
    ("bpsh - [ARGS...]", "runs the standard input"),
    ("bpsh -e CODE [ARGS...]", "runs code, prints its last value"),
  ]

  /// What is called how, and beside it what that does.
  private static func rows(_ parts: [(usage: String, help: String)]) -> String {
    let column = 25
    return parts.map { usage, help in
      let room = column - 2 - usage.count
      return "  " + usage + (room > 0 ? String(repeating: " ", count: room) : "\n" + String(repeating: " ", count: column)) + help
    }.joined(separator: "\n")
  }
}
