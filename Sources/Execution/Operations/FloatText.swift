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
    let format = "%" + (keepsPoint ? "#" : "") + ".*" + String(conversion)
    // The longest double has 309 digits before the point.
    var buffer = [CChar](repeating: 0, count: digits + 330)
    let length = withVaList([Int32(digits), number]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(bytes: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) })
  }
}

extension FloatText {
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
