/// Texts made to fit into the columns of a terminal.
enum Fitting {
  /// The start of a text, with `…` where something is left out.
  static func cut(_ text: String, to width: Int) -> String {
    var result = ""
    var size = 0
    for character in text {
      let shown = BlockLayout.shown(character)
      size += DisplayWidth.of(shown)
      if size > width {
        while !result.isEmpty, DisplayWidth.of(result) >= width { result.removeLast() }
        return result + "…"
      }
      result += shown
    }
    return result
  }

  /// A text in rows, broken at blanks; what goes beyond the last row is cut.
  static func wrapped(_ text: String, to width: Int, most: Int) -> [String] {
    var rows: [String] = [""]
    for word in text.split(whereSeparator: \.isWhitespace) {
      let row = rows[rows.count - 1]
      let longer = row.isEmpty ? String(word) : row + " " + word
      if DisplayWidth.of(longer) < width || row.isEmpty || rows.count == most {
        rows[rows.count - 1] = longer
      } else {
        rows.append(String(word))
      }
    }
    return rows.map { cut($0, to: width - 1) }
  }
}
