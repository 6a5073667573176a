/// Draws a block over the one that was drawn before.
struct Painter {
  /// What was drawn last: the columns that each row takes, and where the cursor was left.
  private var widths: [Int] = []
  private var cursorRow = 0
  private var cursorColumn = 0
  private let hasColor: Bool
  /// Whether the terminal's ground is known to be light.
  var isOnLight = false

  init(hasColor: Bool) {
    self.hasColor = hasColor
  }

  /// The bytes that show a layout with rows below it, in a terminal of some columns and rows.
  mutating func paint(_ layout: BlockLayout, below: [[BlockLayout.Piece]], columns: Int, height: Int) -> String {
    var rows = layout.rows + below
    var row = layout.cursorRow
    // A block higher than the terminal shows the part around the cursor.
    let most = max(2, height - 1)
    if rows.count > most {
      let first = max(0, min(row - most / 2, rows.count - most))
      rows = Array(rows[first..<(first + most)])
      row -= first
    }
    var text = "\u{1B}[?25l" + toTop(columns) + rows.map(painted).joined(separator: "\r\n")
    let up = rows.count - 1 - row
    if up > 0 { text += "\u{1B}[\(up)A" }
    text += "\r"
    if layout.cursorColumn > 0 { text += "\u{1B}[\(layout.cursorColumn)C" }
    widths = rows.map { $0.reduce(0) { $0 + DisplayWidth.of($1.text) } }
    (cursorRow, cursorColumn) = (row, layout.cursorColumn)
    return text + "\u{1B}[?25h"
  }

  /// Shows the whole text, however high, and goes on below it.
  mutating func finish(_ layout: BlockLayout, columns: Int) -> String {
    toTop(columns) + layout.rows.map(painted).joined(separator: "\r\n") + "\r\n"
  }

  /// Goes to the start of what was drawn and clears from there on.
  ///
  /// A terminal that has become narrower has broken the rows anew.
  private mutating func toTop(_ columns: Int) -> String {
    let columns = max(1, columns)
    let above = widths.prefix(cursorRow).reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) } + cursorColumn / columns
    (widths, cursorRow, cursorColumn) = ([], 0, 0)
    return (above > 0 ? "\u{1B}[\(above)A" : "") + "\r\u{1B}[J"
  }

  private func painted(_ row: [BlockLayout.Piece]) -> String {
    var result = ""
    var column = 0
    for piece in row {
      let isColoured = hasColor || piece.style == .selected
      let code = isColoured ? piece.style.code(onLight: isOnLight) : ""
      result += code + placed(piece.text, &column) + (code.isEmpty ? "" : "\u{1B}[0m")
    }
    return result
  }

  /// The text, and behind each character whose width terminals disagree on the cursor where it belongs.
  private func placed(_ text: String, _ column: inout Int) -> String {
    guard text.utf8.count != text.count else {
      column += text.count
      return text
    }
    var result = ""
    for character in text {
      let width = DisplayWidth.of(character)
      column += width
      result.append(character)
      if DisplayWidth.apart(character) != width { result += "\r\u{1B}[\(column)C" }
    }
    return result
  }
}
