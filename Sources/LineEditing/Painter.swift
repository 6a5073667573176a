/// Draws a block over the one that was drawn before.
struct Painter {
  /// The row of the terminal, counted from the block's first, in which the cursor was left.
  private var cursorRow = 0
  private let hasColor: Bool

  init(hasColor: Bool) {
    self.hasColor = hasColor
  }

  /// The bytes that show a layout with rows below it, in a terminal of some rows.
  mutating func paint(_ layout: BlockLayout, below: [[BlockLayout.Piece]], height: Int) -> String {
    var rows = layout.rows + below
    var row = layout.cursorRow
    // A block higher than the terminal shows the part around the cursor.
    let most = max(2, height - 1)
    if rows.count > most {
      let first = max(0, min(row - most / 2, rows.count - most))
      rows = Array(rows[first..<(first + most)])
      row -= first
    }
    var text = "\u{1B}[?25l" + toTop() + rows.map(painted).joined(separator: "\r\n")
    let up = rows.count - 1 - row
    if up > 0 { text += "\u{1B}[\(up)A" }
    text += "\r"
    if layout.cursorColumn > 0 { text += "\u{1B}[\(layout.cursorColumn)C" }
    cursorRow = row
    return text + "\u{1B}[?25h"
  }

  /// Goes to the block's start and clears from there on.
  mutating func toTop() -> String {
    defer { cursorRow = 0 }
    return (cursorRow > 0 ? "\u{1B}[\(cursorRow)A" : "") + "\r\u{1B}[J"
  }

  private func painted(_ row: [BlockLayout.Piece]) -> String {
    row.map { piece in
      hasColor && !piece.style.code.isEmpty
        ? piece.style.code + piece.text + "\u{1B}[0m"
        : piece.style == .selected ? "\u{1B}[7m" + piece.text + "\u{1B}[0m" : piece.text
    }.joined()
  }
}
