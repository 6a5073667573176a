import Glibc

/// `bpsh completions SHELL`: a script that completes what one types, made from the tables of commands and options.
struct CompletionsCommand {
  enum Shell: String, CaseIterable {
    case bash, zsh, fish
  }

  let shell: Shell

  func run() -> Int32 {
    StandardStream.write(script, to: STDOUT_FILENO)
    return 0
  }

  var script: String {
    switch shell {
    case .bash: BashCompletions.script
    case .zsh: ZshCompletions.script
    case .fish: FishCompletions.script
    }
  }
}

extension String {
  /// The text as one word of a shell.
  var shellQuoted: String { "'" + replacing("'", with: #"'\''"#) + "'" }

  /// The same, without quotes where it needs none: for commands that a person may copy.
  var shellWord: String {
    let plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+=:,@%"
    return !isEmpty && unicodeScalars.allSatisfy(plain.unicodeScalars.contains) ? self : shellQuoted
  }
}
