/// What the person did, decoded from the terminal's bytes.
public enum Key: Equatable, Sendable {
  case character(Character)
  /// A pasted text, as one unit.
  case paste(String)
  case enter
  /// A new line, whatever the text says.
  case newline
  case tab
  case backTab
  case backspace
  case delete
  case left
  case right
  case up
  case down
  case home
  case end
  case wordLeft
  case wordRight
  case killToEnd
  case killToStart
  case killWordBack
  case killWordAhead
  case yank
  case undo
  case redo
  case start
  case finish
  /// Goes through the history from any line.
  case historyUp
  case historyDown
  /// Opens the text in the person's own editor.
  case edit
  /// Exchanges the characters around the cursor.
  case transpose
  case clearScreen
  case search
  /// Goes back to newer entries in a search.
  case searchNewer
  case interrupt
  /// Ctrl-D: the end of the input where nothing is typed, else deletes.
  case endOfInput
  case escape
  case suspend
  /// What the terminal says of itself.
  case answer(TerminalAnswer)
}

/// Turns the bytes of a terminal into keys; bytes may come in any pieces.
public struct KeyDecoder: Sendable {
  private var pending: [UInt8] = []
  private var pasted: [UInt8]?

  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)
  /// A paste is cut here, so that a terminal gone mad cannot fill the memory.
  private static let longestPaste = 4 << 20

  public init() {}

  /// Whether an escape sequence has begun that may still go on.
  public var isWaiting: Bool { !pending.isEmpty && pasted == nil }

  /// Whether the end of a pasted text has not come yet.
  var isPasting: Bool { pasted != nil }

  public mutating func feed(_ bytes: some Sequence<UInt8>) -> [Key] {
    pending += bytes
    var keys: [Key] = []
    while let key = next(isFinal: false) {
      if let key { keys.append(key) }
    }
    return keys
  }

  /// Takes what waits for what it is, when nothing more has come for a while: a lone Escape.
  public mutating func flush() -> [Key] {
    var keys: [Key] = []
    while pasted == nil, let key = next(isFinal: true) {
      if let key { keys.append(key) }
    }
    return keys
  }

  /// The next key; an inner nil for bytes that mean nothing; an outer nil when more bytes are needed.
  private mutating func next(isFinal: Bool) -> Key?? {
    if pasted != nil { return nextPasted() }
    guard let first = pending.first else { return nil }
    switch first {
    case 0x1B: return escaped(isFinal: isFinal)
    case 0x20...0x7E:
      pending.removeFirst()
      return .some(.character(Character(Unicode.Scalar(first))))
    case 0x80...: return scalar(isFinal: isFinal)
    case 0x18:
      // Ctrl-X is the first of two keys.
      guard pending.count > 1 else {
        if isFinal { pending.removeAll() }
        return isFinal ? .some(nil) : nil
      }
      let isEdit = pending[1] == 0x05
      pending.removeFirst(isEdit ? 2 : 1)
      return .some(isEdit ? .edit : nil)
    default:
      pending.removeFirst()
      return .some(Self.controls[first])
    }
  }

  private static let controls: [UInt8: Key] = [
    0x01: .home, 0x02: .left, 0x03: .interrupt, 0x04: .endOfInput, 0x05: .end, 0x06: .right, 0x07: .escape, 0x08: .backspace,
    0x09: .tab,
    0x0A: .enter, 0x0B: .killToEnd, 0x0C: .clearScreen, 0x0D: .enter, 0x0E: .down, 0x10: .up, 0x0F: .newline, 0x12: .search,
    0x13: .searchNewer,
    0x14: .transpose, 0x15: .killToStart, 0x17: .killWordBack, 0x19: .yank, 0x1A: .suspend, 0x1F: .undo, 0x7F: .backspace,
  ]

  /// A character in UTF-8; bytes that are none are dropped.
  private mutating func scalar(isFinal: Bool) -> Key?? {
    let first = pending[0]
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    guard pending.count >= length || isFinal else { return nil }
    let bytes = Array(pending.prefix(length))
    guard length > 1, let text = String(validating: bytes, as: UTF8.self), let character = text.first else {
      pending.removeFirst()
      return .some(nil)
    }
    pending.removeFirst(length)
    return .some(.character(character))
  }

  private mutating func escaped(isFinal: Bool) -> Key?? {
    guard pending.count > 1 else {
      guard isFinal else { return nil }
      pending.removeAll()
      return .some(.escape)
    }
    switch pending[1] {
    case UInt8(ascii: "["): return sequence(isFinal: isFinal)
    case UInt8(ascii: "O"):
      guard pending.count > 2 else { return incomplete(isFinal) }
      let key = Self.finals[pending[2]]
      pending.removeFirst(3)
      return .some(key)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
      return answer(isFinal: isFinal)
    case 0x0D, 0x0A:
      pending.removeFirst(2)
      return .some(.newline)
    case UInt8(ascii: "b"), UInt8(ascii: "B"):
      pending.removeFirst(2)
      return .some(.wordLeft)
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
      pending.removeFirst(2)
      return .some(.wordRight)
    case UInt8(ascii: "d"), UInt8(ascii: "D"):
      pending.removeFirst(2)
      return .some(.killWordAhead)
    case 0x7F, 0x08:
      pending.removeFirst(2)
      return .some(.killWordBack)
    case UInt8(ascii: "/"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      let key: Key = pending[1] == UInt8(ascii: "/") ? .redo : pending[1] == UInt8(ascii: "<") ? .start : .finish
      pending.removeFirst(2)
      return .some(key)
    case 0x1B:
      pending.removeFirst()
      return .some(.escape)
    default:
      pending.removeFirst(2)
      return .some(nil)
    }
  }

  private mutating func incomplete(_ isFinal: Bool) -> Key?? {
    guard isFinal else { return nil }
    pending.removeAll()
    return .some(nil)
  }

  private static let finals: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "Z"): .backTab,
  ]

  /// `ESC [` numbers letter, as xterm sends them.
  private mutating func sequence(isFinal: Bool) -> Key?? {
    var i = 2
    while i < pending.count, (0x20...0x3F).contains(pending[i]) { i += 1 }
    guard i < pending.count else {
      // No sequence is this long.
      return pending.count > 32 ? incomplete(true) : incomplete(isFinal)
    }
    let parameters = String(decoding: pending[2..<i], as: UTF8.self)
    let numbers = parameters.split(separator: ";").map { Int($0) ?? 0 }
    let final = pending[i]
    pending.removeFirst(i + 1)
    if final == UInt8(ascii: "~") {
      switch numbers.first {
      case 1, 7: return .some(.home)
      case 3: return .some(.delete)
      case 4, 8: return .some(.end)
      case 5: return .some(.historyUp)
      case 6: return .some(.historyDown)
      // Enter with Shift or Alt, from terminals that tell it.
      case 27 where numbers.count == 3 && numbers[2] == 13: return .some(.newline)
      case 200:
        pasted = []
        return .some(nil)
      default: return .some(nil)
      }
    }
    let isByWord = numbers.count > 1 && (numbers[1] == 5 || numbers[1] == 3)
    switch final {
    case UInt8(ascii: "c"), UInt8(ascii: "t"), UInt8(ascii: "S"):
      return .some(.answer(TerminalAnswer(.control(final), parameters)))
    case UInt8(ascii: "u") where numbers.first == 13: return .some(numbers.count > 1 ? .newline : .enter)
    case UInt8(ascii: "H") where isByWord: return .some(.start)
    case UInt8(ascii: "F") where isByWord: return .some(.finish)
    case UInt8(ascii: "C") where isByWord: return .some(.wordRight)
    case UInt8(ascii: "D") where isByWord: return .some(.wordLeft)
    default: return .some(Self.finals[final])
    }
  }

  /// `ESC ]` text, and the like, up to BEL or `ESC \`: an answer of the terminal, never typed.
  private mutating func answer(isFinal: Bool) -> Key?? {
    guard let end = pending.dropFirst(2).firstIndex(where: { $0 < 0x20 }) else {
      // Letters typed with Alt begin like an answer, but nothing follows at once.
      if isFinal, pending.count == 2 { return incomplete(true) }
      return pending.count > Self.longestAnswer ? incomplete(true) : nil
    }
    let isEscape = pending[end] == 0x1B
    if isEscape, pending.count == end + 1 { return incomplete(isFinal) }
    let isWhole = pending[end] == 0x07 || isEscape && pending[end + 1] == UInt8(ascii: "\\")
    let (kind, text) = (pending[1], String(decoding: pending[2..<end], as: UTF8.self))
    pending.removeFirst(isWhole ? end + (isEscape ? 2 : 1) : end)
    return .some(isWhole ? .answer(TerminalAnswer(.text(kind), text)) : nil)
  }

  private static let longestAnswer = 4096

  private mutating func nextPasted() -> Key?? {
    guard var text = pasted else { return nil }
    text += pending
    pending.removeAll()
    if let end = text.firstRange(of: Self.pasteEnd) {
      pending = Array(text[end.upperBound...])
      pasted = nil
      return .some(.paste(Self.cleaned(text[..<end.lowerBound])))
    }
    if text.count > Self.longestPaste { text.removeLast(text.count - Self.longestPaste) }
    pasted = text
    return nil
  }

  /// Terminals send line ends as returns.
  private static func cleaned(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }
}
