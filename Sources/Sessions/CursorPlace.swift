/// What stands around a cursor in a text that may be half written: the word, the names before its dot, the call around it.
struct CursorPlace: Equatable {
  /// The part of the word before the cursor; all of it where asked for.
  let word: String
  /// In bytes.
  let wordRange: Range<Int>
  /// The names before the word, in `net.dense1.we`: `net`, `dense1`.
  let path: [String]
  /// The dotted name of the function whose brackets are open here.
  let call: String?

  /// - Parameter reachesBeyond: whether the word goes on behind the cursor.
  init(_ text: String, _ offset: Int, reachesBeyond: Bool = false) {
    let bytes = Array(text.utf8)
    let cursor = min(max(offset, 0), bytes.count)
    var end = cursor
    if reachesBeyond {
      while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
    }
    let start = Self.wordStart(bytes, end)
    word = String(decoding: bytes[start..<end], as: UTF8.self)
    wordRange = start..<end
    path = Self.names(before: start, in: bytes)
    call = Self.call(around: start, in: bytes)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private static func wordStart(_ bytes: [UInt8], _ end: Int) -> Int {
    var start = end
    while start > 0, isWord(bytes[start - 1]) { start -= 1 }
    return start
  }

  /// The names that stand before a place, joined by dots.
  private static func names(before place: Int, in bytes: [UInt8]) -> [String] {
    var names: [String] = []
    var end = place
    while end > 0, bytes[end - 1] == UInt8(ascii: ".") {
      let start = wordStart(bytes, end - 1)
      // A bracket or a number before the dot: nothing is known of what it gives.
      guard start < end - 1 else { return names.isEmpty ? ["()"] : ["()"] + names }
      names.insert(String(decoding: bytes[start..<(end - 1)], as: UTF8.self), at: 0)
      end = start
    }
    return names
  }

  /// Goes back to the bracket that is still open, strings left aside.
  private static func call(around place: Int, in bytes: [UInt8]) -> String? {
    var depth = 0
    var i = place
    var quote: UInt8?
    while i > 0 {
      i -= 1
      let byte = bytes[i]
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth += 1
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if depth == 0 { return nil }
        depth -= 1
      case UInt8(ascii: "("):
        guard depth == 0 else {
          depth -= 1
          continue
        }
        let start = wordStart(bytes, i)
        guard start < i else { return nil }
        let name = String(decoding: bytes[start..<i], as: UTF8.self)
        return (names(before: start, in: bytes) + [name]).joined(separator: ".")
      default: break
      }
    }
    return nil
  }
}
