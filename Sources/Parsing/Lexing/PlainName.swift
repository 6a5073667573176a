/// Names whose letters Unicode counts as other forms of plain ones: `ｘ`, `ﬁt`, `𝐱`.
///
/// Python reads a name in its NFKC form (PEP 3131); bp refuses names that this would change. The standard library has no NFKC, so
/// the compatibility forms that stand for letters are listed here by block.
enum PlainName {
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

  private static let special: [UInt32: String] = [
    0xAA: "a", 0xBA: "o", 0xB5: "μ", 0x17F: "s", 0x132: "IJ", 0x133: "ij", 0x13F: "L·", 0x140: "l·", 0x149: "ʼn",
    0x1C4: "DŽ", 0x1C7: "LJ", 0x1CA: "NJ", 0x1C6: "dž", 0x1C9: "lj", 0x1CC: "nj", 0x3D0: "β", 0x3D1: "θ", 0x3D5: "φ",
    0x3D6: "π", 0x3F0: "κ", 0x3F1: "ρ", 0x3F5: "ε", 0x2102: "C", 0x210A: "g", 0x210B: "H", 0x210C: "H", 0x210D: "H",
    0x210E: "h", 0x210F: "ħ", 0x2110: "I", 0x2111: "I", 0x2112: "L", 0x2113: "l", 0x2115: "N", 0x2119: "P", 0x211A: "Q",
    0x211B: "R", 0x211C: "R", 0x211D: "R", 0x2124: "Z", 0x2126: "Ω", 0x2128: "Z", 0x212A: "K", 0x212B: "Å", 0x212C: "B",
    0x212D: "C", 0x212F: "e", 0x2130: "E", 0x2131: "F", 0x2133: "M", 0x2134: "o", 0x2071: "i", 0x207F: "n", 0x2C7C: "j",
  ]
}
