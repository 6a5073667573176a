/// How many columns characters take on a terminal.
enum DisplayWidth {
  static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.value < 0x7F { return first.value < 32 ? 2 : 1 }
    // A sign asked to be shown as a picture, and two letters that make a flag.
    if scalars.contains(where: { $0.value == 0xFE0F }) || isFlagLetter(first) && scalars.count > 1 { return 2 }
    return of(first)
  }

  static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

  /// The columns that a terminal gives a character when it puts together nothing but marks: a picture and the colour of its
  /// skin stand side by side there.
  static func apart(_ character: Character) -> Int { character.unicodeScalars.reduce(0) { $0 + of($1) } }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return scalar.value < 32 || scalar.value == 0x7F ? 2 : 1 }
    return switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: 0
    case .control: 2
    default: isWide(scalar) ? 2 : 1
    }
  }

  private static func isFlagLetter(_ scalar: Unicode.Scalar) -> Bool { (0x1F1E6...0x1F1FF).contains(scalar.value) }

  /// East Asian wide and fullwidth (Unicode Standard Annex 11): pictures, and the scripts below.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isEmojiPresentation && !isFlagLetter(scalar) || wideScripts.contains { $0.contains(scalar.value) }
  }

  private static let wideScripts: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18D08,
    0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]
}
