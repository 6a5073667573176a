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

  mutating func step(_ change: Int) {
    guard let selected else {
      self.selected = change > 0 ? 0 : candidates.count - 1
      return
    }
    self.selected = (selected + change + candidates.count) % candidates.count
  }

  /// Columns of names, and below them what the chosen one is.
  func rows(width: Int) -> [[BlockLayout.Piece]] {
    let longest = candidates.map { DisplayWidth.of($0.text) }.max() ?? 1
    let cell = min(longest, max(4, width - 2)) + 2
    let columns = max(1, width / cell)
    let rowCount = (candidates.count + columns - 1) / columns
    let first = max(0, min((selected ?? 0) / columns - Self.mostRows / 2, rowCount - Self.mostRows))
    var rows: [[BlockLayout.Piece]] = []
    for row in first..<min(first + Self.mostRows, rowCount) {
      var pieces: [BlockLayout.Piece] = []
      for i in (row * columns)..<min((row + 1) * columns, candidates.count) {
        let text = cut(candidates[i].text, to: cell - 2)
        let space = String(repeating: " ", count: cell - DisplayWidth.of(text))
        pieces.append(BlockLayout.Piece(text: text, style: i == selected ? .selected : .plain))
        pieces.append(BlockLayout.Piece(text: space, style: .plain))
      }
      rows.append(pieces)
    }
    if rowCount > Self.mostRows {
      rows.append([BlockLayout.Piece(text: cut("\(candidates.count) in all", to: width), style: .dim)])
    }
    if let selected {
      let candidate = candidates[selected]
      let about = candidate.signature.isEmpty ? candidate.kind : "\(candidate.text)\(candidate.signature)"
      if !about.isEmpty { rows.append([BlockLayout.Piece(text: cut(about, to: width), style: .dim)]) }
    }
    return rows
  }

  private func cut(_ text: String, to width: Int) -> String {
    var result = ""
    var size = 0
    for character in text {
      let shown = BlockLayout.shown(character)
      size += DisplayWidth.of(shown)
      if size > width { return String(result.dropLast()) + "…" }
      result += shown
    }
    return result
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
