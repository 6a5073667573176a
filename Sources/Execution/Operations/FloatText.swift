import Glibc

/// Decimal text of floating-point numbers as Python writes it.
public enum FloatText {
  /// The shortest decimal that gives the number back: `0.1`, `1e-05`, `1e+16`, `inf`, `nan`.
  public static func repr(_ number: Double) -> String {
    guard number.isFinite else { return special(number) }
    return layOut(number.description)
  }

  /// The same for single precision, whose shortest decimals are shorter.
  public static func repr(_ number: Float) -> String {
    guard number.isFinite else { return special(Double(number)) }
    return layOut(number.description)
  }

  private static func special(_ number: Double) -> String {
    number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
  }

  /// Writes Swift's shortest digits with Python's rule for the exponent: outside 1e-4 … 1e16.
  private static func layOut(_ description: String) -> String {
    let isNegative = description.hasPrefix("-")
    let parts = description.dropFirst(isNegative ? 1 : 0).split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var digits = mantissa.joined()
    var point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    let leading = digits.prefix(while: { $0 == "0" }).count
    digits.removeFirst(leading)
    point -= leading
    while digits.hasSuffix("0") { digits.removeLast() }
    let sign = isNegative ? "-" : ""
    if digits.isEmpty { return sign + "0.0" }
    if point <= -4 || point > 16 {
      let exponent = point - 1
      let fraction = digits.dropFirst()
      let size = abs(exponent)
      return sign + String(digits.prefix(1)) + (fraction.isEmpty ? "" : "." + fraction)
        + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0\(size)" : "\(size)")
    }
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) + ".0" }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// The number with a fixed count of digits: `conversion` is `e`, `f` or `g` as in C, correctly rounded.
  static func fixed(_ number: Double, _ conversion: Character, digits: Int, keepsPoint: Bool = false) -> String {
    if conversion == "f", let text = exact(number, digits: digits, keepsPoint: keepsPoint) { return text }
    let format = "%" + (keepsPoint ? "#" : "") + ".*" + String(conversion)
    // The longest double has 309 digits before the point.
    var buffer = [CChar](repeating: 0, count: digits + 330)
    let length = withVaList([Int32(digits), number]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(bytes: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) })
  }
}

extension FloatText {
  /// The digits of `f` where whole numbers of 128 bits hold all of them: for numbers below 2⁶² with up to 18 digits.
  ///
  /// The number is `m · 2ᵉ`, so `m · 10ᵈ` shifted by `e` and rounded, ties to even, is exact.
  private static func exact(_ number: Double, digits: Int, keepsPoint: Bool) -> String? {
    guard number.magnitude < 0x1p62, digits <= 18 else { return nil }
    let isSubnormal = number.exponentBitPattern == 0
    let exponent = Int(isSubnormal ? 1 : number.exponentBitPattern) - 1075
    var power: UInt64 = 1
    for _ in 0..<digits { power *= 10 }
    var scaled = UInt128(number.significandBitPattern | (isSubnormal ? 0 : 1 << 52)) * UInt128(power)
    if exponent >= 0 {
      scaled <<= UInt128(exponent)
    } else if exponent < -120 {
      // Below 2⁵³ · 10¹⁸ < 2¹¹³, so less than half of one.
      scaled = 0
    } else {
      let rest = scaled & ((1 << UInt128(-exponent)) - 1)
      let half: UInt128 = 1 << UInt128(-exponent - 1)
      scaled >>= UInt128(-exponent)
      if rest > half || rest == half && scaled & 1 == 1 { scaled += 1 }
    }
    let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: UInt128(power))
    var text = (number.sign == .minus ? "-" : "") + String(UInt64(whole))
    if digits > 0 || keepsPoint { text += "." }
    if digits > 0 {
      let tail = String(UInt64(fraction))
      text += String(repeating: "0", count: digits - tail.utf8.count) + tail
    }
    return text
  }

  /// The number with an exponent and no needless zeros: `1e+05`.
  static func exponential(_ number: Double, digits: Int) -> String {
    let text = fixed(number, "e", digits: digits - 1)
    guard let mark = text.firstIndex(of: "e") else { return text }
    var mantissa = String(text[..<mark])
    if mantissa.contains(".") {
      while mantissa.hasSuffix("0") { mantissa.removeLast() }
      if mantissa.hasSuffix(".") { mantissa.removeLast() }
    }
    return mantissa + text[mark...]
  }
}
