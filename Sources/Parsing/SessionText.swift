import Diagnostics

/// What a line of a notebook or of the REPL may be besides a program: a question or a command.
public enum SessionText: Equatable, Sendable {
  case program
  /// `name?`: shows help, `name??` with the text of a function; the name may have dots. `?` alone is about none.
  case question(String, isWhole: Bool)
  /// `%time x = 3`: a command, and the rest of its line.
  case command(String, rest: String)

  public init(_ text: String) {
    let trimmed = text.trimmingBlanks
    guard !trimmed.contains("\n") else {
      self = .program
      return
    }
    if trimmed.hasPrefix("%") {
      let words = trimmed.dropFirst().split(separator: " ", maxSplits: 1)
      self = .command(words.first.map(String.init) ?? "", rest: words.count > 1 ? String(words[1]).trimmingBlanks : "")
    } else if trimmed.hasSuffix("?") || trimmed.hasPrefix("?") {
      let name = trimmed.filter { $0 != "?" }.trimmingBlanks
      let isName = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
      self = isName ? .question(name, isWhole: trimmed.hasSuffix("??") || trimmed.hasPrefix("??")) : .program
    } else {
      self = .program
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
