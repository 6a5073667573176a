/// Where and why a text is not JSON.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Reason: String, Sendable {
    case unexpectedEnd = "the text ends too early"
    case unexpectedByte = "unexpected character"
    case badNumber = "not a number that can be kept"
    case badString = "a string holds a control character or an unknown escape"
    case tooDeep = "nested too deeply"
    case notAnObject = "an object is expected"
  }

  public var reason: Reason
  /// The place in the text, in bytes from its start.
  public var offset: Int

  public var description: String { "\(reason.rawValue) at byte \(offset)" }
}

extension JSON {
  /// Arrays and objects may nest this deep.
  public static let deepest = 200

  /// Reads a text in UTF-8; bytes that are not UTF-8 and halves of surrogate pairs become U+FFFD.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes: bytes)
    self = try reader.readDocument()
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  var position = 0
  var depth = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func readDocument() throws(JSONError) -> JSON {
    let value = try readValue()
    skipSpace()
    if position < bytes.count { throw error(.unexpectedByte) }
    return value
  }

  private mutating func readValue() throws(JSONError) -> JSON {
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return .object(try readObject())
    case UInt8(ascii: "["): return .array(try readArray())
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"): return try readWord("true", .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    case nil: throw error(.unexpectedEnd)
    case let byte? where byte == UInt8(ascii: "-") || isDigit(byte): return try readNumber()
    default: throw error(.unexpectedByte)
    }
  }

  private mutating func readObject() throws(JSONError) -> JSON.Object {
    var object = JSON.Object()
    try open()
    if accept("}") { return object }
    repeat {
      skipSpace()
      let name = try readString()
      if !accept(":") { throw error(.unexpectedByte) }
      object.append(name, try readValue())
    } while accept(",")
    try close("}")
    return object
  }

  private mutating func readArray() throws(JSONError) -> [JSON] {
    var elements: [JSON] = []
    try open()
    if accept("]") { return elements }
    repeat { elements.append(try readValue()) } while accept(",")
    try close("]")
    return elements
  }

  private mutating func open() throws(JSONError) {
    depth += 1
    if depth > JSON.deepest { throw error(.tooDeep) }
    position += 1
  }

  private mutating func close(_ bracket: Unicode.Scalar) throws(JSONError) {
    if !accept(bracket) { throw error(.unexpectedByte) }
  }

  private mutating func readWord(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    for byte in word.utf8 {
      if peek != byte { throw error(.unexpectedByte) }
      position += 1
    }
    return value
  }

  private mutating func readNumber() throws(JSONError) -> JSON {
    let start = position
    if peek == UInt8(ascii: "-") { position += 1 }
    let first = peek
    let wholeDigits = skipDigits()
    if wholeDigits == 0 || (wholeDigits > 1 && first == UInt8(ascii: "0")) { throw error(.badNumber) }
    var isWhole = true
    if peek == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      if skipDigits() == 0 { throw error(.badNumber) }
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      isWhole = false
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      if skipDigits() == 0 { throw error(.badNumber) }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let value = Int(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw error(.badNumber) }
    return .number(value)
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while let byte = peek, isDigit(byte) { position += 1 }
    return position - start
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

// Strings.
extension JSONReader {
  private mutating func readString() throws(JSONError) -> String {
    if peek != UInt8(ascii: "\"") { throw error(peek == nil ? .unexpectedEnd : .unexpectedByte) }
    position += 1
    let start = position
    skipPlainText()
    if peek == UInt8(ascii: "\"") {
      position += 1
      return String(decoding: bytes[start..<position - 1], as: UTF8.self)
    }
    var text = Array(bytes[start..<position])
    while true {
      switch peek {
      case nil: throw error(.unexpectedEnd)
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        position += 1
        try readEscape(into: &text)
      default: throw error(.badString)
      }
      let runStart = position
      skipPlainText()
      text.append(contentsOf: bytes[runStart..<position])
    }
  }

  private mutating func skipPlainText() {
    while let byte = peek, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
  }

  private mutating func readEscape(into text: inout [UInt8]) throws(JSONError) {
    guard let byte = peek else { throw error(.unexpectedEnd) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: String(try readScalar()).utf8)
    default: throw error(.badString)
    }
  }

  /// Reads the digits after `\u`, and the second half of a pair if one follows.
  private mutating func readScalar() throws(JSONError) -> Character {
    let first = try readFourDigits()
    if (0xd800..<0xdc00).contains(first), peek == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") {
      let beforeSecond = position
      position += 2
      let second = try readFourDigits()
      if (0xdc00..<0xe000).contains(second) {
        let value = 0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)
        return Character(Unicode.Scalar(value) ?? "\u{fffd}")
      }
      position = beforeSecond
    }
    return Character(Unicode.Scalar(first) ?? "\u{fffd}")
  }

  private mutating func readFourDigits() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek else { throw error(.unexpectedEnd) }
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw error(.badString) }
      value = value << 4 + UInt32(digit)
      position += 1
    }
    return value
  }
}

// Bytes.
extension JSONReader {
  private var peek: UInt8? { peek(0) }

  private func peek(_ ahead: Int) -> UInt8? {
    position + ahead < bytes.count ? bytes[position + ahead] : nil
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
  }

  /// Steps over this character, and over the space before it, if it comes next.
  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    if character == "}" || character == "]" { depth -= 1 }
    return true
  }

  private func error(_ reason: JSONError.Reason) -> JSONError {
    JSONError(reason: reason, offset: position)
  }
}
