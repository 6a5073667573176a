import Diagnostics

/// The words behind a command, sorted into options and operands.
struct CommandWords {
  private var options: [(option: Invocation.Option, value: String)] = []
  private(set) var operands: [String] = []

  /// Reads all words; options of every command are handed on to `others`, which says whether it has heard enough.
  init?(
    _ words: ArraySlice<String>, of command: Invocation.Command,
    others: (Invocation.Option, String) throws(UsageError) -> Bool
  ) throws(UsageError) {
    var words = words
    while let word = words.popFirst() {
      if word == "--" {
        operands += words
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      let (option, value) = try Invocation.Option.read(
        word, from: &words, among: command.options + Invocation.Option.ofEveryCommand)
      if command.options.contains(option) {
        options.append((option, value))
      } else if try others(option, value) {
        return nil
      }
    }
    try check(command)
  }

  private func check(_ command: Invocation.Command) throws(UsageError) {
    let most = command.operand.map { $0.repeats ? Int.max : 1 } ?? 0
    if operands.count > most { throw UsageError(message: "\(operands[most]) is one word too many", help: command.hint) }
    if let operand = command.operand {
      guard let first = operands.first else {
        throw UsageError(message: "\(command.rawValue) needs \(operand.phrase)", help: command.usage)
      }
      if case .choice(_, let choices) = operand.expected, !choices.contains(first) {
        let near = nearest(to: first, among: choices).map { "did you mean \($0)?" }
        throw UsageError(
          message: "\(command.rawValue) knows no \(first)", help: near ?? "it knows \(choices.joined(separator: ", "))")
      }
    }
    if let option = command.neededOption, !has(option) {
      throw UsageError(
        message: "\(command.rawValue) needs \(option.names[0])\(option.value.map { " \($0.name)" } ?? "")", help: command.hint)
    }
  }

  func has(_ option: Invocation.Option) -> Bool { options.contains { $0.option == option } }

  /// The value that was given last.
  subscript(option: Invocation.Option) -> String? { options.last { $0.option == option }?.value }

  /// Those of the options that were given, in order.
  func all(_ wanted: [Invocation.Option]) -> [(option: Invocation.Option, value: String)] {
    options.filter { wanted.contains($0.option) }
  }
}

extension Invocation.Command {
  /// Where its words are explained.
  var hint: String { "bpsh \(rawValue) --help" }
}
