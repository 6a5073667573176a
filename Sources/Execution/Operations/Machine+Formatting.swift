extension Machine {
  /// `format(value, spec)`, which f-strings use too.
  public func format(_ value: Value, _ spec: String) throws(RuntimeError) -> String {
    guard !spec.isEmpty else { return try value.text(in: self) }
    switch value.boxed {
    case .string(let text): return try format(text, try read(spec))
    case .int(let number): return try format(number, try read(spec))
    case .float(let number): return try format(number, try read(spec))
    case .bool(let truth): return try format(truth ? 1 : 0, try read(spec))
    case .foreign(let object):
      if let text = try object.formatted(spec) { return text }
      if let number = try object.number() { return try format(number, spec) }
      return try format(StringObject(try object.text()), try read(spec))
    default:
      throw RuntimeError(
        .typeError, "the format '\(spec)' does not fit \(value.typeName.withArticle)",
        help: "make it text first: f\"{str(x):>10}\"")
    }
  }

  private func read(_ text: String) throws(RuntimeError) -> FormatSpec {
    if let lastFormat, lastFormat.text == text { return lastFormat.spec }
    let spec = try FormatSpec(text)
    lastFormat = (text, spec)
    return spec
  }

  private func format(_ text: StringObject, _ spec: FormatSpec) throws(RuntimeError) -> String {
    guard spec.type == nil || spec.type == "s", spec.alignment != .afterSign, spec.grouping == nil, spec.sign == nil,
      !spec.isAlternate, !spec.hidesNegativeZero
    else {
      throw wrongType(spec, "text", allowed: "s")
    }
    let shown = spec.precision.map { $0 < text.count ? text.part(0..<$0).text : text.text } ?? text.text
    var spec = spec
    if spec.hasZeroFlag, spec.alignment == nil { spec.alignment = .left }
    return spec.pad(shown, default: .left)
  }

  private func format(_ number: Int, _ spec: FormatSpec) throws(RuntimeError) -> String {
    let sign = spec.sign(of: number < 0)
    if spec.hidesNegativeZero, spec.type.map({ !"eEfFgG%".contains($0) }) ?? true {
      throw RuntimeError(.valueError, "a whole number takes no z in its format", help: "leave it out: a whole 0 has no sign")
    }
    func whole(radix: Int, prefix: String, groups: Int, uppercase: Bool = false) throws(RuntimeError) -> String {
      guard spec.precision == nil else {
        throw RuntimeError(.valueError, "a whole number takes no precision", help: "use .\(spec.precision ?? 0)f to show places")
      }
      let digits = String(number.magnitude, radix: radix, uppercase: uppercase)
      return grouped(digits, spec, sign: sign + (spec.isAlternate ? prefix : ""), size: groups)
    }
    switch spec.type {
    case nil, "d", "n": return try whole(radix: 10, prefix: "", groups: 3)
    case "x": return try whole(radix: 16, prefix: "0x", groups: 4)
    case "X": return try whole(radix: 16, prefix: "0X", groups: 4, uppercase: true)
    case "o": return try whole(radix: 8, prefix: "0o", groups: 4)
    case "b": return try whole(radix: 2, prefix: "0b", groups: 4)
    case "c":
      guard spec.sign == nil, spec.precision == nil, !spec.isAlternate else {
        throw RuntimeError(.valueError, "the format 'c' takes no sign, # or precision", help: "a width and a fill it takes: *^5c")
      }
      guard let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init) else {
        throw RuntimeError(.overflowError, "\(number) is no code point", help: "code points go from 0 to 1114111")
      }
      return spec.pad(String(Character(scalar)), default: .right)
    case "e", "E", "f", "F", "g", "G", "%": return try format(Double(number), spec)
    default: throw wrongType(spec, "an int", allowed: "d x o b c e f g %")
    }
  }

  private func format(_ number: Double, _ spec: FormatSpec) throws(RuntimeError) -> String {
    let size = number.magnitude
    let body: String
    switch spec.type {
    case nil: body = plain(size, spec)
    case "f": body = digits(of: size, "f", spec)
    case "e": body = digits(of: size, "e", spec)
    case "g", "n": body = digits(of: size, "g", spec)
    case "F": body = digits(of: size, "f", spec).uppercased()
    case "E": body = digits(of: size, "e", spec).uppercased()
    case "G": body = digits(of: size, "g", spec).uppercased()
    case "%": body = digits(of: size * 100, "f", spec) + "%"
    default: throw wrongType(spec, "a float", allowed: "e f g %")
    }
    let isZero = body.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }.allSatisfy { !(0x31...0x39).contains($0) } && number.isFinite
    let sign = spec.sign(of: number.sign == .minus && !number.isNaN && !(isZero && spec.hidesNegativeZero))
    guard number.isFinite, spec.grouping != nil else { return spec.pad(body, sign: sign, default: .right) }
    let wholeCount = body.prefix { $0.isNumber }.count
    return grouped(String(body.prefix(wholeCount)), spec, sign: sign, size: 3, tail: String(body.dropFirst(wholeCount)))
  }

  /// Without a type: as `repr`, or with a precision as `g` with a digit after the point.
  private func plain(_ size: Double, _ spec: FormatSpec) -> String {
    guard let precision = spec.precision.map({ max($0, 1) }), size.isFinite else {
      let text = FloatText.repr(size)
      guard spec.isAlternate, size.isFinite, !text.contains("."), let mark = text.firstIndex(of: "e") else { return text }
      return text[..<mark] + "." + text[mark...]
    }
    let text = FloatText.fixed(size, "g", digits: precision, keepsPoint: spec.isAlternate)
    if text.contains("e") { return text }
    // `g` drops the point that a float shows; Python goes over to the exponent one place earlier to keep it.
    if spec.isAlternate {
      return text.hasSuffix(".") ? FloatText.fixed(size, "e", digits: precision - 1, keepsPoint: true) : text
    }
    if text.contains(".") { return text }
    return text.count >= precision ? FloatText.exponential(size, digits: precision) : text + ".0"
  }

  private func digits(of size: Double, _ conversion: Character, _ spec: FormatSpec) -> String {
    guard size.isFinite else { return size.isNaN ? "nan" : "inf" }
    return FloatText.fixed(size, conversion, digits: spec.precision ?? 6, keepsPoint: spec.isAlternate)
  }

  /// Digits with their separators, padded; zeros that fill up are grouped too.
  private func grouped(_ digits: String, _ spec: FormatSpec, sign: String, size: Int, tail: String = "") -> String {
    guard let separator = spec.grouping else { return spec.pad(digits + tail, sign: sign, default: .right) }
    var digits = digits
    if spec.fill == "0", (spec.alignment ?? .afterSign) == .afterSign, spec.hasZeroFlag || spec.alignment != nil {
      let room = spec.width - sign.count - tail.count
      while digits.count + (digits.count - 1) / size < room { digits = "0" + digits }
    }
    var result = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % size == 0 { result.append(separator) }
      result.append(digit)
    }
    return spec.pad(result + tail, sign: sign, default: .right)
  }

  private func wrongType(_ spec: FormatSpec, _ what: String, allowed: String) -> RuntimeError {
    let type = spec.type.map { "'\($0)'" } ?? "this spec"
    return RuntimeError(.valueError, "the format \(type) does not fit \(what)", help: "what fits: \(allowed)")
  }
}
