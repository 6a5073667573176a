/// Completion for bash, by its own means only.
enum BashCompletions {
  private typealias Command = Invocation.Command
  private typealias Option = Invocation.Option

  static var script: String {
    """
    # Completes the words of bpsh in bash; made by: bpsh completions bash
    _bpsh_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word"); }
    _bpsh_files() {
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -d -- "$word"; [ -z "$1" ] || compgen -f -X "!*.$1" -- "$word")
    }
    _bpsh() {
      local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i
      # An option's = is a word of its own.
      if [ "$word" = = ]; then word=; elif [ "$before" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi
      for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
          \(Command.allCases.map(\.rawValue).joined(separator: "|"))) command=${COMP_WORDS[i]}; break;;
          # What stands behind a program is its own.
          -e|-|*.bp) return;;
        esac
      done
      case $command:$before in
    \(values)
      esac
      case $command:$word in
    \(options)
        :-*) _bpsh_words '\(words(Option.ofEveryCommand) + " -e")';;
        :*)
          _bpsh_files bp
          COMPREPLY+=($(compgen -W '\(Command.allCases.map(\.rawValue).joined(separator: " "))' -- "$word"));;
    \(operands)
      esac
    }
    complete -o default -F _bpsh bpsh

    """
  }

  private static func words(_ options: [Option]) -> String { options.flatMap(\.names).joined(separator: " ") }

  /// What follows an option that takes a value; of commands first, for short names mean different things there.
  private static var values: String {
    let own = Command.allCases.flatMap { command in command.options.map { (command.rawValue, $0) } }
    return (own + Option.ofEveryCommand.map { ("*", $0) }).compactMap { command, option in
      option.value.map { "    \(option.names.map { "\(command):\($0)" }.joined(separator: "|"))) \(offer($0)); return;;" }
    }.joined(separator: "\n")
  }

  private static var options: String {
    Command.allCases.map { "    \($0.rawValue):-*) _bpsh_words '\(words($0.options + Option.ofEveryCommand))';;" }
      .joined(separator: "\n")
  }

  private static var operands: String {
    Command.allCases.compactMap { command in
      command.operand.map { "    \(command.rawValue):*) \(offer($0.expected));;" }
    }.joined(separator: "\n")
  }

  private static func offer(_ expected: Invocation.Expected) -> String {
    switch expected {
    case .text: "COMPREPLY=()"
    case .choice(_, let choices): "_bpsh_words '\(choices.joined(separator: " "))'"
    case .folder: "_bpsh_files ''"
    case .file(_, let ending): "_bpsh_files \(ending)"
    }
  }
}
