/// Completion for fish.
enum FishCompletions {
  private typealias Command = Invocation.Command
  private typealias Option = Invocation.Option

  static var script: String {
    let commands = Command.allCases.map(\.rawValue).joined(separator: " ")
    let isFirst = "not __fish_seen_subcommand_from \(commands)"
    var lines = ["# Completes the words of bpsh in fish; made by: bpsh completions fish", "complete -c bpsh -f"]
    lines.append("complete -c bpsh -n '\(isFirst)' -k -a '(__fish_complete_suffix .bp)'")
    lines.append("complete -c bpsh -n '\(isFirst)' -s e -x -d 'runs code, prints its last value'")
    for command in Command.allCases {
      lines.append("complete -c bpsh -n '\(isFirst)' -a \(command.rawValue) -d \(command.help.shellQuoted)")
    }
    lines += Option.ofEveryCommand.map { line($0, condition: nil) }
    for command in Command.allCases {
      let condition = "__fish_seen_subcommand_from \(command.rawValue)"
      lines += command.options.map { line($0, condition: condition) }
      if let operand = command.operand { lines.append("complete -c bpsh -n '\(condition)' \(offer(operand.expected))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ option: Option, condition: String?) -> String {
    let names = option.names.map { $0.hasPrefix("--") ? "-l \($0.dropFirst(2))" : "-s \($0.dropFirst())" }
    let value = option.value.map { " -x " + offer($0) } ?? ""
    return "complete -c bpsh\(condition.map { " -n '\($0)'" } ?? "") \(names.joined(separator: " "))\(value)"
      + " -d \(option.help.shellQuoted)"
  }

  private static func offer(_ expected: Invocation.Expected) -> String {
    switch expected {
    case .text: ""
    case .choice(_, let choices): "-a '\(choices.joined(separator: " "))'"
    case .folder: "-a '(__fish_complete_directories)'"
    case .file(_, let ending): "-k -a '(__fish_complete_suffix .\(ending))'"
    }
  }
}
