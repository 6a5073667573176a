import Diagnostics
import Glibc

extension Lexer {
  mutating func readNumber() {
    let start = position
    if bytes[position] == UInt8(ascii: "0"), position + 1 < limit, let radix = Self.radix(bytes[position + 1]) {
      position += 2
      let digits = takeDigits(afterPrefix: true) { Self.value(of: $0).map { $0 < radix } ?? false }
      return finish(whole: digits, radix: radix, start)
    }
    var text = takeDigits(where: Self.isDecimal)
    var isFloat = false
    if position < limit, bytes[position] == UInt8(ascii: ".") {
      isFloat = true
      position += 1
      text += "." + takeDigits(where: Self.isDecimal)
    }
    if position < limit, bytes[position] | 0x20 == UInt8(ascii: "e"), isExponent(at: position + 1) {
      isFloat = true
      position += 1
      text += "e"
      if bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
        text += self.text(position..<position + 1)
        position += 1
      }
      text += takeDigits(where: Self.isDecimal)
    }
    if !isFloat, text.count > 1, text.first == "0", text.contains(where: { $0 != "0" }) {
      report("a whole number does not begin with 0", start..<position, help: "octal numbers begin with 0o")
      return add(.int(0), start..<position)
    }
    isFloat ? finish(float: text, start) : finish(whole: text, radix: 10, start)
  }

  private mutating func finish(whole digits: String, radix: Int, _ start: Int) {
    guard !refuseTail(start) else { return add(.int(0), start..<position) }
    if digits.isEmpty {
      report("digits are missing behind \(text(start..<position))", start..<position, help: "write them: 0x1F, 0o17, 0b101")
      add(.int(0), start..<position)
    } else if let value = Int(digits, radix: radix) {
      add(.int(value), start..<position)
    } else if UInt(digits, radix: radix) == Int.min.magnitude {
      // A sign belongs to the parser, which refuses this one where no minus stands before it.
      add(.int(.min), start..<position)
    } else {
      diagnostics.append(.tooLarge(Span(source, start..<position)))
      add(.int(0), start..<position)
    }
  }

  private mutating func finish(float text: String, _ start: Int) {
    guard !refuseTail(start) else { return add(.float(0), start..<position) }
    add(.float(strtod(text, nil)), start..<position)
  }

  /// Refuses letters behind a number, as in `2x` and `1j`.
  private mutating func refuseTail(_ start: Int) -> Bool {
    guard position < limit, isLetter(bytes[position]) else { return false }
    let end = position
    while position < limit, isLetter(bytes[position]) || Self.isDecimal(bytes[position]) { position += 1 }
    let tail = text(end..<position)
    if tail == "j" || tail == "J" {
      report("there are no complex numbers", start..<position, help: "keep the two parts in a tensor of their own")
    } else if let keyword = Keyword(rawValue: tail), Self.mayFollow.contains(keyword) {
      // `1if x else y` is Python, though not a habit to keep.
      position = end
      return false
    } else {
      report(
        "\(tail) cannot stand right behind a number", start..<position,
        help: tail.hasPrefix("_") ? "a _ stands between digits" : "multiply with *: \(text(start..<end)) * \(tail)")
    }
    return true
  }

  /// What Python reads behind a number without a space.
  private static let mayFollow: Set<Keyword> = [.and, .else, .for, .if, .in, .is, .not, .or]

  /// Digits without the `_` between them; a `_` stands between two digits, or behind a prefix such as `0x`.
  private mutating func takeDigits(afterPrefix: Bool = false, where isDigit: (UInt8) -> Bool) -> String {
    var digits = ""
    while position < limit {
      if isDigit(bytes[position]) {
        digits.unicodeScalars.append(Unicode.Scalar(bytes[position]))
        position += 1
      } else if bytes[position] == UInt8(ascii: "_"), !digits.isEmpty || afterPrefix, position + 1 < limit,
        isDigit(bytes[position + 1])
      {
        position += 1
      } else {
        break
      }
    }
    return digits
  }

  private func isExponent(at place: Int) -> Bool {
    if isDigit(at: place) { return true }
    guard place < limit, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-") else { return false }
    return isDigit(at: place + 1)
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func isDecimal(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func radix(_ byte: UInt8) -> Int? {
    switch byte | 0x20 {
    case UInt8(ascii: "x"): 16
    case UInt8(ascii: "o"): 8
    case UInt8(ascii: "b"): 2
    default: nil
    }
  }

  private static func value(of byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x5A: Int(byte) - 0x41 + 10
    case 0x61...0x7A: Int(byte) - 0x61 + 10
    default: nil
    }
  }
}
