/// Long texts made and searched in parts.
extension Machine {
  /// The text of UTF-8 bytes.
  func text(of bytes: ArraySlice<UInt8>) throws(RuntimeError) -> String {
    guard bytes.count > Parts.most else { return String(bytes: bytes) }
    var text = ""
    text.reserveCapacity(bytes.count)
    var start = bytes.startIndex
    while start < bytes.endIndex {
      var end = min(start + Parts.most, bytes.endIndex)
      // A part ends before a character, not within it.
      while end < bytes.endIndex, bytes[end] & 0xc0 == 0x80 { end += 1 }
      text += String(bytes: bytes[start..<end])
      start = end
      try checkInterrupt()
    }
    return text
  }

  /// Texts one after another.
  func joined(_ texts: String...) throws(RuntimeError) -> String {
    var result = ""
    result.reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count })
    for text in texts {
      result += text
      try checkInterrupt()
    }
    return result
  }

  /// A text so many times.
  func repeated(_ text: String, _ times: Int) throws(RuntimeError) -> String {
    let many = max(1, Parts.most / max(1, text.utf8.count))
    guard times > many else { return String(repeating: text, count: max(0, times)) }
    var result = ""
    result.reserveCapacity(text.utf8.count * times)
    // Short texts are added many at a time.
    let block = many > 1 ? String(repeating: text, count: many) : text
    for _ in 0..<(times / many) {
      result += block
      try checkInterrupt()
    }
    for _ in 0..<(times % many) { result += text }
    return result
  }

  /// The text that each code point's text makes; of ASCII alone, that of its bytes.
  @inline(__always)
  func mapped(
    _ text: StringObject, ascii: (UInt8) -> UInt8, others: (Unicode.Scalar) -> String
  ) throws(RuntimeError) -> Value {
    var result = ""
    result.reserveCapacity(text.text.utf8.count)
    var parts = parts(of: text.text)
    while let part = try parts.next() {
      if text.isASCII {
        result += String(bytes: String(part).utf8.map(ascii))
      } else {
        for scalar in part { result += others(scalar) }
      }
    }
    return .string(text.isASCII ? StringObject(ascii: result) : StringObject(result))
  }

  /// The first place from `start` on where the pattern stands.
  func firstRange(
    of pattern: [UInt8], in bytes: [UInt8], from start: Int = 0
  ) throws(RuntimeError) -> Range<Int>? {
    var start = start
    while true {
      try checkInterrupt()
      let end = min(start + Parts.most + pattern.count, bytes.count)
      if let found = bytes.firstRange(of: pattern, from: start, to: end) { return found }
      if end == bytes.count { return nil }
      // What begins here may end in the next part.
      start = end - pattern.count + 1
    }
  }

  /// The last place before `end` where the pattern stands.
  func lastRange(of pattern: [UInt8], in bytes: [UInt8], to end: Int? = nil) throws(RuntimeError) -> Range<Int>? {
    var end = end ?? bytes.count
    while true {
      try checkInterrupt()
      let start = max(end - Parts.most - pattern.count, 0)
      if let found = bytes.lastRange(of: pattern, from: start, to: end) { return found }
      if start == 0 { return nil }
      end = start + pattern.count - 1
    }
  }

  /// How often the pattern, which is not empty, stands one after another in the bytes.
  func occurrences(of pattern: [UInt8], in bytes: [UInt8]) throws(RuntimeError) -> Int {
    var (count, place) = (0, 0)
    while let found = try firstRange(of: pattern, in: bytes, from: place) {
      count += 1
      place = found.upperBound
    }
    return count
  }
}
