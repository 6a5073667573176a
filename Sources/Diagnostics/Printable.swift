/// Text as a terminal may show it: nothing in it moves the cursor or changes colours.
public enum Printable {
  /// The text with control characters made visible; line ends stay.
  public static func text(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isControl($0) && $0 != "\n" }) else { return text }
    return text.reduce(into: "") { $0 += $1 == "\n" ? "\n" : character($1) }
  }

  static func character(_ character: Character) -> String {
    if character == "\t" { return "    " }
    guard let scalar = character.unicodeScalars.first, isControl(scalar) else { return String(character) }
    return "\u{FFFD}"
  }

  /// The columns that a character takes: 2 for East Asian wide ones and pictures, 4 for a tab.
  public static func width(of character: Character) -> Int {
    if character == "\t" { return 4 }
    guard let scalar = character.unicodeScalars.first else { return 0 }
    return isWide(scalar) ? 2 : 1
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    // Overrides of the writing direction can make a line read as another.
    case .format: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    default: false
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    return (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value) || (0xAC00...0xD7A3).contains(value)
      || (0xF900...0xFAFF).contains(value) || (0xFE30...0xFE6F).contains(value) || (0xFF00...0xFF60).contains(value)
      || (0xFFE0...0xFFE6).contains(value) || (0x1F300...0x1FAFF).contains(value) || (0x20000...0x3FFFD).contains(value)
  }
}

extension RenderingStyle {
  enum Ink: String {
    case strong = "1;31"
    case mark = "31"
    case place = "36"
    case help = "1;32"
    case dim = "2"
  }

  func paint(_ text: String, _ ink: Ink) -> String {
    switch (emphasis, ink) {
    case (.none, _), (.weight, .place), (.weight, .dim): text
    case (.weight, .strong), (.weight, .mark), (.weight, .help): "\u{1B}[1m\(text)\u{1B}[0m"
    case (.color, _): "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m"
    }
  }
}
