/// Completion for zsh, through its `_arguments`.
enum ZshCompletions {
  private typealias Command = Invocation.Command
  private typealias Option = Invocation.Option

  static var script: String {
    """
    #compdef bpsh
    # Completes the words of bpsh in zsh; made by: bpsh completions zsh
    _bpsh() {
      local curcontext=$curcontext state line
      typeset -A opt_args
      local -a general commands
      general=(
    \(Option.ofEveryCommand.flatMap(specifications).map { "    " + $0 }.joined(separator: "\n"))
      )
      commands=(
    \(Command.allCases.map { "    " + "\($0.rawValue):\($0.help)".shellQuoted }.joined(separator: "\n"))
      )
      _arguments -C $general '-e[runs code]:CODE: ' '1: :->first' '*:: :->rest'
      case $state in
        first) _describe command commands; _files -g '*.bp';;
        rest)
          case $words[1] in
    \(Command.allCases.map(arguments).joined(separator: "\n"))
            *) _files;;
          esac;;
      esac
    }
    if [ "$funcstack[1]" = _bpsh ]; then _bpsh "$@"; else compdef _bpsh bpsh; fi

    """
  }

  private static func arguments(of command: Command) -> String {
    var parts = ["$general"] + command.options.flatMap(specifications)
    if let operand = command.operand {
      parts.append("\(operand.repeats ? "*" : "1"):\(operand.expected.name):\(action(operand.expected))".shellQuoted)
    }
    return "        \(command.rawValue)) _arguments \(parts.joined(separator: " "));;"
  }

  /// One for each name; the names exclude each other, but for options that may be repeated.
  private static func specifications(of option: Option) -> [String] {
    let help = option.help.replacing("[", with: "\\[").replacing("]", with: "\\]")
    return option.names.map { name in
      let isLong = name.hasPrefix("--")
      let value = option.value.map { "\(isLong ? "=" : "")[\(help)]:\($0.name):\(action($0))" } ?? "[\(help)]"
      return "(\(option.names.joined(separator: " ")))\(name)\(value)".shellQuoted
    }
  }

  private static func action(_ expected: Invocation.Expected) -> String {
    switch expected {
    case .text: " "
    case .choice(_, let choices): "(\(choices.joined(separator: " ")))"
    case .folder: "_files -/"
    case .file(_, let ending): "_files -g \"*.\(ending)\""
    }
  }
}
