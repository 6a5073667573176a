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
  /// `+`, `-` or a blank, where one was written.
  var sign: Character?
  /// `z`: a float that is zero when rounded has no minus.
  var hidesNegativeZero = false
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
    let hasFill = rest.count >= 2 && isAlignment(rest[rest.startIndex + 1])
    if hasFill {
      fill = rest.removeFirst()
      alignment = Alignment(rawValue: Character(rest.removeFirst()))
    } else if let first = rest.first, isAlignment(first) {
      alignment = Alignment(rawValue: Character(rest.removeFirst()))
    }
    if let first = rest.first, "+- ".unicodeScalars.contains(first) { sign = Character(rest.removeFirst()) }
    if rest.first == "z" {
      hidesNegativeZero = true
      rest.removeFirst()
    }
    if rest.first == "#" {
      isAlternate = true
      rest.removeFirst()
    }
    if rest.first == "0" {
      hasZeroFlag = true
      if !hasFill { fill = "0" }
      rest.removeFirst()
    }
    width = try Self.number(&rest) ?? 0
    if let first = rest.first, first == "," || first == "_" { grouping = Character(rest.removeFirst()) }
    if rest.first == "." {
      rest.removeFirst()
      guard let digits = try Self.number(&rest) else {
        throw RuntimeError(
          .valueError, "the format '\(text)' lacks the precision after its point", help: "write the places: .3f")
      }
      precision = digits
    }
    if let first = rest.popFirst() { type = Character(first) }
    guard rest.isEmpty else {
      throw RuntimeError(
        .valueError, "the format '\(text)' cannot be read",
        help: "its order is [fill]align sign z # 0 width , .precision type, as in '>10.3f'")
    }
    if let grouping, let type, !(grouping == "_" ? "bdeEfFgGoxX%" : "deEfFgG%").contains(type) {
      throw RuntimeError(.valueError, "the format '\(type)' takes no \(grouping) between digits", help: "leave it out")
    }
  }

  private static func number(_ rest: inout ArraySlice<Unicode.Scalar>) throws(RuntimeError) -> Int? {
    var value: Int?
    while let first = rest.first, ("0"..."9").contains(first) {
      value = (value ?? 0) * 10 + Int(first.value - 48)
      guard value ?? 0 <= sizeLimit else {
        throw RuntimeError(
          .valueError, "the format asks for too many characters", help: "widths and precisions go up to \(sizeLimit)")
      }
      rest.removeFirst()
    }
    return value
  }

  /// The sign that is written before a number.
  func sign(of isNegative: Bool) -> String {
    isNegative ? "-" : sign.map { $0 == "-" ? "" : String($0) } ?? ""
  }

  /// The body filled up to the width; `sign` stays in front of fill that goes after it.
  func pad(_ body: String, sign: String = "", default fallback: Alignment) -> String {
    guard width > 0 else { return sign + body }
    let length = StringObject.count(body.utf8.span) + StringObject.count(sign.utf8.span)
    guard length < width else { return sign + body }
    let alignment = alignment ?? (hasZeroFlag ? .afterSign : fallback)
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
