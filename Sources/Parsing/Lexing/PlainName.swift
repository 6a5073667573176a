/// Names whose letters Unicode counts as other forms of plain ones: `ｘ`, `ﬁt`, `𝐱`.
///
/// Python reads a name in its NFKC form (PEP 3131); bp refuses names that this would change. The standard library has no NFKC, so
/// the compatibility forms that stand for letters are listed here by block. Forms that are canonically equal, such as a letter
/// with an accent and the two characters that make it, need no care: Swift's strings compare them as equal.
enum PlainName {
  /// Whether a name may begin with it.
  static func isStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isXIDStart && isKnown(scalar)
  }

  /// Whether it may stand in a name.
  static func isPart(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isXIDContinue && isKnown(scalar) }

  /// Python 3.11 has the letters of Unicode 14, in which joiners and middle dots of width were no parts of names.
  private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
    guard let age = scalar.properties.age, age.major <= 14 else { return false }
    return ![0x200C, 0x200D, 0x30FB, 0xFF65].contains(scalar.value)
  }

  /// Whether NFKC makes another character of it, and not only another spelling of the same.
  static func isCompatibilityForm(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0xAA else { return false }
    return scalar.properties.isXIDContinue && compatibilityForms.contains { $0.contains(scalar.value) }
  }

  static func plain(_ name: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in name.unicodeScalars { plain.append(contentsOf: replacement(scalar).unicodeScalars) }
    return String(plain)
  }

  private static func replacement(_ scalar: Unicode.Scalar) -> String {
    let value = scalar.value
    switch value {
    case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF3F: return shifted(value - 0xFEE0)
    case 0xFB00...0xFB06: return ["ff", "fi", "fl", "ffi", "ffl", "st", "st"][Int(value - 0xFB00)]
    case 0x1D400...0x1D6A3: return mathematicalLetter(value - 0x1D400)
    case 0x1D6A8...0x1D7C9: return mathematicalGreek(value - 0x1D6A8)
    case 0x1D7CE...0x1D7FF: return shifted(0x30 + (value - 0x1D7CE) % 10)
    case 0x2080...0x2089: return shifted(0x30 + value - 0x2080)
    default: return special[value] ?? String(scalar)
    }
  }

  /// Thirteen alphabets of 52 letters each.
  private static func mathematicalLetter(_ place: UInt32) -> String {
    let letter = place % 52
    return shifted(letter < 26 ? 0x41 + letter : 0x61 + letter - 26)
  }

  /// Five alphabets of 58 signs each: 25 capitals, nabla, 25 small letters, seven variants.
  private static func mathematicalGreek(_ place: UInt32) -> String {
    let letter = place % 58
    switch letter {
    case 0...24: return shifted(letter == 17 ? 0x398 : 0x391 + letter)
    case 26...50: return shifted(0x3B1 + letter - 26)
    default: return ["∇", "∂", "ε", "θ", "κ", "φ", "ρ", "π"][Int(letter == 25 ? 0 : letter - 50)]
    }
  }

  private static func shifted(_ value: UInt32) -> String { Unicode.Scalar(value).map(String.init) ?? "" }

  private static let compatibilityForms: [ClosedRange<UInt32>] = [
    0xAA...0xB5, 0xBA...0xBA, 0x132...0x133, 0x13F...0x140, 0x149...0x149, 0x17F...0x17F, 0x1C4...0x1CC, 0x1F1...0x1F3,
    0x2B0...0x2B8, 0x2E0...0x2E4, 0x3D0...0x3D6, 0x3F0...0x3F2, 0x3F4...0x3F5, 0x3F9...0x3F9, 0x587...0x587, 0x675...0x678,
    0xE33...0xE33, 0xEB3...0xEB3, 0xEDC...0xEDD, 0xF77...0xF77, 0xF79...0xF79, 0x10FC...0x10FC, 0x1D2C...0x1D2E,
    0x1D30...0x1D3A, 0x1D3C...0x1D4D, 0x1D4F...0x1D6A, 0x1D78...0x1D78, 0x1D9B...0x1DBF, 0x1E9A...0x1E9B, 0x2071...0x209C,
    0x2102...0x2115, 0x2119...0x2124, 0x2128...0x2128, 0x212C...0x212D, 0x212F...0x2131, 0x2133...0x2149, 0x2160...0x217F,
    0x2C7C...0x2C7D, 0x2D6F...0x2D6F, 0x3038...0x303A, 0x309F...0x309F, 0x30FF...0x30FF, 0x3131...0x318E, 0xA69C...0xA69D,
    0xA770...0xA770, 0xA7F2...0xA7F4, 0xA7F8...0xA7F9, 0xAB5C...0xAB5F, 0xAB69...0xAB69, 0xFB00...0xFB17, 0xFB20...0xFB28,
    0xFB4F...0xFDF9, 0xFE33...0xFE71, 0xFE77...0xFFDC, 0x10781...0x107BA, 0x1D400...0x1D7FF, 0x1EE00...0x1FBF9,
  ]

  private static let special: [UInt32: String] = [
    0xAA: "a", 0xBA: "o", 0xB5: "μ", 0x17F: "s", 0x132: "IJ", 0x133: "ij", 0x13F: "L·", 0x140: "l·", 0x149: "ʼn",
    0x1C4: "DŽ", 0x1C7: "LJ", 0x1CA: "NJ", 0x1C6: "dž", 0x1C9: "lj", 0x1CC: "nj", 0x3D0: "β", 0x3D1: "θ", 0x3D5: "φ",
    0x3D6: "π", 0x3F0: "κ", 0x3F1: "ρ", 0x3F5: "ε", 0x2102: "C", 0x210A: "g", 0x210B: "H", 0x210C: "H", 0x210D: "H",
    0x210E: "h", 0x210F: "ħ", 0x2110: "I", 0x2111: "I", 0x2112: "L", 0x2113: "l", 0x2115: "N", 0x2119: "P", 0x211A: "Q",
    0x211B: "R", 0x211C: "R", 0x211D: "R", 0x2124: "Z", 0x2126: "Ω", 0x2128: "Z", 0x212A: "K", 0x212B: "Å", 0x212C: "B",
    0x212D: "C", 0x212F: "e", 0x2130: "E", 0x2131: "F", 0x2133: "M", 0x2134: "o", 0x2071: "i", 0x207F: "n", 0x2C7C: "j",
  ]
}
