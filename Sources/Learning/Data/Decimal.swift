/// Numbers as they stand in tables: `12`, `-0.5`, `+1.5e-3`.
enum Decimal {
  /// The number that fills the range, correctly rounded; none for anything else, for `inf` and `nan` too.
  static func parse(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    var i = range.lowerBound
    let end = range.upperBound
    var isNegative = false
    if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
      isNegative = bytes[i] == UInt8(ascii: "-")
      i += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var decimals = 0
    var hasPoint = false
    scan: while i < end {
      switch bytes[i] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        // Fifteen digits fit into a double's 53 bits; a longer number takes the slow way.
        if digits == 15 { return slow(bytes, range) }
        mantissa = mantissa * 10 + UInt64(bytes[i] - UInt8(ascii: "0"))
        digits += 1
        if hasPoint { decimals += 1 }
      case UInt8(ascii: ".") where !hasPoint: hasPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): return digits > 0 ? slow(bytes, range) : nil
      default: break scan
      }
      i += 1
    }
    guard i == end, digits > 0 else { return nil }
    // Both operands are exact, so the quotient is correctly rounded.
    let value = Double(mantissa) / powersOfTen[decimals]
    return isNegative ? -value : value
  }

  private static func slow(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    let text = bytes[range]
    let allowed = text.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    guard allowed, let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]
}
