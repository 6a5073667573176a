import JupyterServer

/// What was run in this kernel, for the front ends that ask.
struct KernelHistory {
  private var lines: [HistoryEntry] = []

  /// Older entries are forgotten.
  private static let most = 10_000
  /// Longer outputs are cut: a history is no store of results.
  private static let longestOutput = 10_000

  mutating func add(_ input: String, line: Int, output: String?) {
    if lines.count == Self.most { lines.removeFirst(Self.most / 10) }
    lines.append(HistoryEntry(session: 1, line: line, input: input, output: output.map(Self.cut)))
  }

  private static func cut(_ output: String) -> String {
    output.utf8.count <= longestOutput ? output : output.prefix(longestOutput) + "…"
  }

  func entries(_ request: HistoryRequest) -> [HistoryEntry] {
    let found: [HistoryEntry]
    switch request.access {
    case .tail(let count): found = lines.suffix(count)
    case .range(let session, let start, let stop):
      let isThis = session == 0 || session == 1
      found = isThis ? lines.filter { $0.line >= start && $0.line < (stop ?? .max) } : []
    case .search(let pattern, let count, let unique):
      var matching = lines.filter { Pattern(pattern).matches($0.input) }
      if unique {
        var seen: Set<String> = []
        matching = matching.reversed().filter { seen.insert($0.input).inserted }.reversed()
      }
      found = count.map { Array(matching.suffix($0)) } ?? matching
    }
    guard !request.includesOutput else { return found }
    return found.map { HistoryEntry(session: $0.session, line: $0.line, input: $0.input) }
  }
}

/// A pattern in which `*` stands for any text and `?` for one character.
private struct Pattern {
  private let characters: [Character]

  init(_ text: String) {
    characters = Array(text)
  }

  func matches(_ text: String) -> Bool {
    let text = Array(text)
    // The last star, and how much of the text it has taken: going back to it is all the search there is.
    var (i, j) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while j < text.count {
      if i < characters.count, characters[i] == "*" {
        star = (i, j)
        i += 1
      } else if i < characters.count, characters[i] == "?" || characters[i] == text[j] {
        (i, j) = (i + 1, j + 1)
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        (i, j) = (last.pattern + 1, last.text + 1)
      } else {
        return false
      }
    }
    return characters[i...].allSatisfy { $0 == "*" }
  }
}
