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

  /// Columns of names, and below them what the chosen one is.
  func rows(width: Int) -> [[BlockLayout.Piece]] {
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
      let about = choice.signature.isEmpty ? choice.kind : "\(choice.text)\(choice.signature)"
      if !about.isEmpty { rows.append([BlockLayout.Piece(text: Fitting.cut(about, to: width), style: .dim)]) }
    }
    return rows
  }

  /// The columns that a name takes with the space behind it, and how many stand side by side.
  private func grid(_ width: Int) -> (cell: Int, columns: Int) {
    let longest = candidates.map { DisplayWidth.of($0.text) }.max() ?? 1
    let cell = min(longest, max(4, width - 2)) + 2
    return (cell, max(1, width / cell))
  }
}

/// Something that could stand at the cursor.
public struct Candidate: Equatable, Sendable {
  public var text: String
  public var kind: String
  public var signature: String

  public init(_ text: String, kind: String = "", signature: String = "") {
    self.text = text
    self.kind = kind
    self.signature = signature
  }
}
