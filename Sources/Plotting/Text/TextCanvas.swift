/// Rows of characters with colours, on which dots finer than a character can be set.
struct TextCanvas {
  let columns: Int
  let rows: Int
  let style: TextFigureStyle
  private var cells: [Cell]

  private struct Cell {
    /// Braille dots, two across and four down.
    var dots: UInt8 = 0
    var character: Character?
    var color: Color?
    var ground: Color?
  }

  init(columns: Int, rows: Int, style: TextFigureStyle) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
    self.style = style
    cells = Array(repeating: Cell(), count: self.columns * self.rows)
  }

  /// Dots across and down.
  var dotColumns: Int { style.isUnicode ? columns * 2 : columns }
  var dotRows: Int { style.isUnicode ? rows * 4 : rows }

  mutating func dot(_ x: Int, _ y: Int, _ color: Color?) {
    guard x >= 0, y >= 0, x < dotColumns, y < dotRows else { return }
    guard style.isUnicode else {
      set("*", x, y, color)
      return
    }
    // The bits of braille, left column then right, from the top.
    let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
    let i = y / 4 * columns + x / 2
    cells[i].dots |= bits[x % 2][y % 4]
    cells[i].color = color
  }

  /// A straight line of dots, by Bresenham's rule (J. Bresenham, 1965).
  mutating func line(_ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int, _ color: Color?) {
    let (dx, dy) = (abs(x1 - x0), -abs(y1 - y0))
    var (x, y, error) = (x0, y0, dx + dy)
    while true {
      dot(x, y, color)
      if x == x1, y == y1 { return }
      let twice = 2 * error
      if twice >= dy {
        error += dy
        x += x0 < x1 ? 1 : -1
      }
      if twice <= dx {
        error += dx
        y += y0 < y1 ? 1 : -1
      }
    }
  }

  /// A character in place of the dots of its cell.
  mutating func set(_ character: Character, _ column: Int, _ row: Int, _ color: Color? = nil, ground: Color? = nil) {
    guard column >= 0, row >= 0, column < columns, row < rows else { return }
    let i = row * columns + column
    cells[i].character = character
    if let color { cells[i].color = color }
    if let ground { cells[i].ground = ground }
  }

  func row(_ row: Int) -> String {
    var text = ""
    var current: (Color?, Color?) = (nil, nil)
    for column in 0..<columns {
      let cell = cells[row * columns + column]
      if style.hasColor, cell.color != current.0 || cell.ground != current.1 {
        text += "\u{1B}[0m" + (cell.color?.foreground() ?? "") + (cell.ground?.background() ?? "")
        current = (cell.color, cell.ground)
      }
      if let character = cell.character {
        text.append(character)
      } else if cell.dots != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(cell.dots)) {
        text.unicodeScalars.append(scalar)
      } else {
        text.append(" ")
      }
    }
    if style.hasColor, current.0 != nil || current.1 != nil { return text + "\u{1B}[0m" }
    return text.trimmedRight
  }
}

/// What a figure as text may use.
public struct TextFigureStyle: Equatable, Sendable {
  /// Columns of the whole figure.
  public var width: Int
  /// Rows between the axes.
  public var height: Int
  public var hasColor: Bool
  public var isUnicode: Bool

  public init(width: Int = 80, height: Int = 14, hasColor: Bool = false, isUnicode: Bool = true) {
    self.width = max(24, width)
    self.height = max(3, height)
    self.hasColor = hasColor
    self.isUnicode = isUnicode
  }
}
