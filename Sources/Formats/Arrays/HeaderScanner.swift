/// Reads the dictionary that an npy header is: Python's spelling of texts, bools and tuples of whole numbers, and no more.
struct HeaderScanner {
  enum Value: Equatable {
    case text(String)
    case flag(Bool)
    case tuple([Int])
    /// A list, which stands for records with fields; what is in it is skipped.
    case records
  }

  private let bytes: ArraySlice<UInt8>
  private var place: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  /// The entries; nil where the text is anything but one dictionary.
  mutating func dictionary() -> [String: Value]? {
    guard skip("{") else { return nil }
    var entries: [String: Value] = [:]
    while !skip("}") {
      guard let key = text(), skip(":"), let value = value(), entries.updateValue(value, forKey: key) == nil else { return nil }
      guard skip(",") || next == UInt8(ascii: "}") else { return nil }
    }
    return next == nil ? entries : nil
  }

  private mutating func value() -> Value? {
    switch next {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return text().map(Value.text)
    case UInt8(ascii: "("): return tuple().map(Value.tuple)
    case UInt8(ascii: "["): return skipList() ? .records : nil
    default:
      if skip("True") { return .flag(true) }
      if skip("False") { return .flag(false) }
      return nil
    }
  }

  /// A quoted text without escapes: names of types have none.
  private mutating func text() -> String? {
    guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
    let start = place + 1
    guard let end = bytes[start...].firstIndex(of: quote) else { return nil }
    place = end + 1
    return String(validating: bytes[start..<end], as: UTF8.self)
  }

  private mutating func tuple() -> [Int]? {
    guard skip("(") else { return nil }
    var numbers: [Int] = []
    while !skip(")") {
      guard let number = number() else { return nil }
      numbers.append(number)
      // Python 2 marked long numbers.
      _ = skip("L")
      guard skip(",") || next == UInt8(ascii: ")") else { return nil }
    }
    return numbers
  }

  private mutating func number() -> Int? {
    _ = next
    let digits = bytes[place...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    place = digits.endIndex
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private mutating func skipList() -> Bool {
    var depth = 0
    while let byte = next {
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        guard text() != nil else { return false }
        continue
      }
      place += 1
      if byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: "]") { depth -= 1 }
      if depth == 0 { return true }
    }
    return false
  }

  /// The next byte that is no blank, where reading goes on.
  private var next: UInt8? {
    mutating get {
      while place < bytes.endIndex, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
      return place < bytes.endIndex ? bytes[place] : nil
    }
  }

  private mutating func skip(_ word: StaticString) -> Bool {
    _ = next
    let isThere = word.withUTF8Buffer { bytes[place...].starts(with: $0) }
    if isThere { place += word.utf8CodeUnitCount }
    return isThere
  }
}
