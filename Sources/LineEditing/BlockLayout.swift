/// A text laid out in rows of a terminal, with its prompts and the place of the cursor.
struct BlockLayout: Equatable {
  private(set) var rows: [[Piece]] = [[]]
  private(set) var cursorRow = 0
  private(set) var cursorColumn = 0

  /// Characters of one style.
  struct Piece: Equatable {
    var text: String
    var style: TextRole
  }

  private let width: Int
  private var column = 0

  /// - Parameters:
  ///   - styles: one for each character.
  ///   - width: the terminal's columns.
  init(_ characters: [Character], cursor: Int, styles: [TextRole], prompt: String, continuation: String, width: Int) {
    self.width = max(8, width)
    append(prompt, .prompt)
    for (i, character) in characters.enumerated() {
      if i == cursor { markCursor() }
      if character.isNewline {
        rows.append([])
        column = 0
        append(continuation, .prompt)
      } else {
        append(character, i < styles.count ? styles[i] : .plain)
      }
    }
    if cursor >= characters.count { markCursor() }
  }

  private mutating func markCursor() {
    // Behind the last column the cursor stands in the next row.
    if column >= width {
      rows.append([])
      column = 0
    }
    cursorRow = rows.count - 1
    cursorColumn = column
  }

  private mutating func append(_ text: String, _ style: TextRole) {
    for character in text { append(character, style) }
  }

  private mutating func append(_ character: Character, _ style: TextRole) {
    let shown = Self.shown(character)
    let size = DisplayWidth.of(shown)
    // Room for all that a simple terminal makes of it, so that none of it goes over the edge.
    if column + max(size, shown.count == 1 ? DisplayWidth.apart(character) : 0) > width {
      rows.append([])
      column = 0
    }
    column += size
    let last = rows.count - 1
    if rows[last].last?.style == style {
      rows[last][rows[last].count - 1].text += shown
    } else {
      rows[last].append(Piece(text: shown, style: style))
    }
  }

  /// What may be written to a terminal in place of a character: nothing that it would obey.
  static func shown(_ character: Character) -> String {
    guard let scalar = character.unicodeScalars.first else { return "" }
    switch scalar.value {
    case 9: return "    "
    case 0..<32: return "^" + String(Character(Unicode.Scalar(UInt8(scalar.value) + 64)))
    case 0x7F...0x9F: return "^?"
    default: return String(character)
    }
  }
}

/// What a stretch of the text is, for its colour.
public enum TextRole: Equatable, Sendable {
  case plain
  case prompt
  case keyword
  case builtin
  case string
  case number
  case comment
  case error
  case dim
  case selected
  /// A bracket and the one that goes with it.
  case matched

  /// The sequence that begins its colour.
  ///
  /// - Parameter onLight: whether the ground is known to be light. The terminal's own sixteen colours are made for dark ground:
  ///   on white their yellow, cyan and green are hard to read, so deeper ones of the 256 stand there.
  func code(onLight: Bool) -> String {
    if onLight {
      switch self {
      case .prompt: return "\u{1B}[1;38;5;25m"
      case .keyword: return "\u{1B}[38;5;90m"
      case .builtin: return "\u{1B}[38;5;25m"
      case .string: return "\u{1B}[38;5;22m"
      case .number: return "\u{1B}[38;5;130m"
      case .comment, .dim: return "\u{1B}[38;5;242m"
      case .error: return "\u{1B}[38;5;124m"
      case .plain, .selected, .matched: break
      }
    }
    return switch self {
    case .plain: ""
    case .prompt: "\u{1B}[1;34m"
    case .keyword: "\u{1B}[35m"
    case .builtin: "\u{1B}[36m"
    case .string: "\u{1B}[32m"
    case .number: "\u{1B}[33m"
    case .comment, .dim: "\u{1B}[2m"
    case .error: "\u{1B}[31m"
    case .selected: "\u{1B}[7m"
    case .matched: "\u{1B}[1;4m"
    }
  }
}
