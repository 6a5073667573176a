/// Candidates to choose from, below the text.
struct CompletionMenu: Equatable {
  let candidates: [Candidate]
  /// The bytes that the chosen one replaces.
  let replaced: Range<Int>
  /// None before the first step.
  private(set) var selected: Int?

  private static let mostRows = 8

  init(_ candidates: [Candidate], replacing replaced: Range<Int>) {
    self.candidates = candidates
    self.replaced = replaced
  }

  var choice: Candidate? { selected.map { candidates[$0] } }

  /// Goes on to another candidate; behind the last comes the first.
  mutating func step(_ change: Int) {
    guard let selected else {
      self.selected = change > 0 ? 0 : candidates.count - 1
      return
    }
    self.selected = (selected + change + candidates.count) % candidates.count
  }

  /// Goes to the candidate below or above, where there is one.
  mutating func stepRow(_ change: Int, width: Int) {
    guard let selected else { return step(change) }
    let place = selected + change * grid(width).columns
    if candidates.indices.contains(place) { self.selected = place }
  }

  /// Few candidates one below the other, each with what it is; many in columns, and below them what the chosen one is.
  func rows(width: Int) -> [[BlockLayout.Piece]] { isList ? listed(width) : tiled(width) }

  private var isList: Bool { candidates.count <= Self.mostRows }

  private func listed(_ width: Int) -> [[BlockLayout.Piece]] {
    let longest = candidates.map { DisplayWidth.of($0.text) }.max() ?? 1
    let cell = min(longest, max(4, width - 2))
    var rows = candidates.enumerated().map { i, candidate in
      let text = Fitting.cut(candidate.text, to: cell)
      var row = [BlockLayout.Piece(text: text, style: i == selected ? .selected : .plain)]
      let space = cell - DisplayWidth.of(text) + 2
      let about = Fitting.cut(candidate.about, to: width - cell - 3)
      if !about.isEmpty, width - cell > 8 {
        row.append(BlockLayout.Piece(text: String(repeating: " ", count: space), style: .plain))
        row.append(BlockLayout.Piece(text: about, style: .dim))
      }
      return row
    }
    // What its row has no room for.
    if let choice, DisplayWidth.of(choice.about) > width - cell - 3 {
      rows += Fitting.wrapped(choice.title, to: width, most: 3).map { [BlockLayout.Piece(text: $0, style: .dim)] }
    }
    return rows
  }

  private func tiled(_ width: Int) -> [[BlockLayout.Piece]] {
    let (cell, columns) = grid(width)
    let rowCount = (candidates.count + columns - 1) / columns
    let first = max(0, min((selected ?? 0) / columns - Self.mostRows / 2, rowCount - Self.mostRows))
    var rows: [[BlockLayout.Piece]] = []
    for row in first..<min(first + Self.mostRows, rowCount) {
      var pieces: [BlockLayout.Piece] = []
      for i in (row * columns)..<min((row + 1) * columns, candidates.count) {
        let text = Fitting.cut(candidates[i].text, to: cell - 2)
        let space = String(repeating: " ", count: max(0, cell - DisplayWidth.of(text)))
        pieces.append(BlockLayout.Piece(text: text, style: i == selected ? .selected : .plain))
        pieces.append(BlockLayout.Piece(text: space, style: .plain))
      }
      rows.append(pieces)
    }
    if rowCount > Self.mostRows {
      rows.append([BlockLayout.Piece(text: Fitting.cut("\(candidates.count) in all", to: width), style: .dim)])
    }
    if let choice {
      rows += Fitting.wrapped(choice.title, to: width, most: 2).map { [BlockLayout.Piece(text: $0, style: .dim)] }
    }
    return rows
  }

  /// The columns that a name takes with the space behind it, and how many stand side by side.
  private func grid(_ width: Int) -> (cell: Int, columns: Int) {
    let longest = candidates.map { DisplayWidth.of($0.text) }.max() ?? 1
    let cell = min(longest, max(4, width - 2)) + 2
    return (cell, isList ? 1 : max(1, width / cell))
  }
}

/// Something that could stand at the cursor.
public struct Candidate: Equatable, Sendable {
  public var text: String
  public var kind: String
  /// How it is called, with its brackets; of an argument its default, as `= 3`.
  public var signature: String
  /// What it is, in a few words.
  public var facts: String

  public init(_ text: String, kind: String = "", signature: String = "", facts: String = "") {
    self.text = text
    self.kind = kind
    self.signature = signature
    self.facts = facts
  }

  /// What stands beside it.
  var about: String {
    if signature.isEmpty { return [kind == facts ? "" : kind, facts].filter { !$0.isEmpty }.joined(separator: "  ") }
    return facts.isEmpty ? signature : "\(signature)  \(facts)"
  }

  /// What it is, where it stands alone.
  var title: String { signature.hasPrefix("(") ? text + about : "\(text)  \(about)" }
}
