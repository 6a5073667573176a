/// What stands after the colon in `f"{x:>10.3f}"`: Python's format specification mini-language.
struct FormatSpec {
  enum Alignment: Character {
    case left = "<"
    case right = ">"
    case center = "^"
    case afterSign = "="
  }

  var fill: Unicode.Scalar = " "
  var alignment: Alignment?
  var sign: Character = "-"
  var isAlternate = false
  var hasZeroFlag = false
  var width = 0
  var grouping: Character?
  var precision: Int?
  var type: Character?

  /// Widths and precisions beyond this are refused before memory is asked for.
  private static let sizeLimit = 100_000

  init(_ text: String) throws(RuntimeError) {
    var rest = Array(text.unicodeScalars)[...]
    func isAlignment(_ scalar: Unicode.Scalar) -> Bool { "<>^=".unicodeScalars.contains(scalar) }
    if rest.count >= 2, isAlignment(rest[rest.startIndex + 1]) {
      fill = rest.removeFirst()
      alignment = Alignment(rawValue: Character(rest.removeFirst()))
    } else if let first = rest.first, isAlignment(first) {
      alignment = Alignment(rawValue: Character(rest.removeFirst()))
    }
    if let first = rest.first, "+- ".unicodeScalars.contains(first) { sign = Character(rest.removeFirst()) }
    if rest.first == "z" { rest.removeFirst() }
    if rest.first == "#" {
      isAlternate = true
      rest.removeFirst()
    }
    if rest.first == "0" {
      hasZeroFlag = true
      rest.removeFirst()
    }
    width = try Self.number(&rest) ?? 0
    if let first = rest.first, first == "," || first == "_" { grouping = Character(rest.removeFirst()) }
    if rest.first == "." {
      rest.removeFirst()
      guard let digits = try Self.number(&rest) else {
        throw RuntimeError(.valueError, "the format '\(text)' lacks the precision after its point")
      }
      precision = digits
    }
    if let first = rest.popFirst() { type = Character(first) }
    guard rest.isEmpty else {
      throw RuntimeError(
        .valueError, "the format '\(text)' cannot be read",
        help: "its order is [fill]align sign # 0 width , .precision type, as in '>10.3f'")
    }
  }

  private static func number(_ rest: inout ArraySlice<Unicode.Scalar>) throws(RuntimeError) -> Int? {
    var value: Int?
    while let first = rest.first, ("0"..."9").contains(first) {
      value = (value ?? 0) * 10 + Int(first.value - 48)
      guard value ?? 0 <= sizeLimit else { throw RuntimeError(.valueError, "the format asks for too many characters") }
      rest.removeFirst()
    }
    return value
  }

  /// The body filled up to the width; `sign` stays in front of fill that goes after it.
  func pad(_ body: String, sign: String = "", default fallback: Alignment) -> String {
    let length = body.unicodeScalars.count + sign.unicodeScalars.count
    guard length < width else { return sign + body }
    let alignment = alignment ?? (hasZeroFlag ? .afterSign : fallback)
    let fill = self.alignment == nil && hasZeroFlag ? "0" : fill
    func filling(_ count: Int) -> String { String(repeating: String(Character(fill)), count: count) }
    let missing = width - length
    switch alignment {
    case .left: return sign + body + filling(missing)
    case .right: return filling(missing) + sign + body
    case .center: return filling(missing / 2) + sign + body + filling(missing - missing / 2)
    case .afterSign: return sign + filling(missing) + body
    }
  }
}
