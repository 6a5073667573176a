import Glibc

/// `bpsh man`: the manual, as a page for `man`.
struct ManualCommand {
  func run() -> Int32 {
    StandardStream.write(Self.page, to: STDOUT_FILENO)
    return 0
  }

  static var page: String {
    let commands = Invocation.Command.allCases.map { command in
      entry([command.usage + (command.options.isEmpty ? "" : " [OPTIONS]")], command.about)
        + (command.options.isEmpty ? "" : ".RS\n" + command.options.map(option).joined() + ".RE\n")
    }
    return ".\\\" Made by: bpsh man\n.TH BPSH 1 \"\" \"bp \(Shell.version)\" \"bp\"\n"
      + section("NAME", "bpsh \\- the shell of bp, a small language for neural networks and their gradients\n")
      + section("SYNOPSIS", synopsis)
      + section("DESCRIPTION", escaped(Text.description) + "\n")
      + section("COMMANDS", commands.joined())
      + section(
        "OPTIONS", "Before the file, or anywhere behind a command.\n" + Invocation.Option.ofEveryCommand.map(option).joined())
      + section("EXIT STATUS", Text.statuses.map { entry([$0.0], $0.1) }.joined())
      + section("ENVIRONMENT", Text.variables.map { entry([$0.0], $0.1) }.joined())
      + section("FILES", Text.files.map { entry([$0.0], $0.1) }.joined())
      + section("EXAMPLES", Text.examples.map { entry([$0.0], $0.1) }.joined())
      + section("SEE ALSO", escaped("jupyter(1), help() in a program") + "\n")
  }

  private static var synopsis: String {
    let forms = Usage.forms.map(\.0) + ["bpsh COMMAND [OPTIONS]"]
    return ".nf\n"
      + forms.map { $0.replacing("bpsh", with: "\u{1}") }.map {
        escaped($0).replacing("\u{1}", with: "\\fBbpsh\\fR") + "\n"
      }.joined() + ".fi\n"
  }

  private static func section(_ title: String, _ body: String) -> String { ".SH \(title)\n\(body)" }

  private static func entry(_ names: [String], _ text: String) -> String {
    ".TP\n.B \(escaped(names.joined(separator: ", ")))\n\(escaped(text))\n"
  }

  private static func option(_ option: Invocation.Option) -> String { entry([option.usage], option.help) }

  /// The text with what roff would take as its own made plain.
  private static func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
  }
}
