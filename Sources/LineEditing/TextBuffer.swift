/// The text that is being edited, with a cursor between its characters.
struct TextBuffer: Equatable, Sendable {
  private(set) var characters: [Character] = []
  /// From 0 to the number of characters.
  private(set) var cursor = 0
  private var killed: [Character] = []
  private var past: [State] = []
  private var future: [State] = []
  /// Whether the last change took something away to be kept, so that what goes next joins it.
  private var isKilling = false
  /// Whether the last change typed a character, so that a word is undone at once.
  private var isTyping = false

  private struct State: Equatable, Sendable {
    var characters: [Character]
    var cursor: Int
  }

  init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  var text: String { String(characters) }
  var isEmpty: Bool { characters.isEmpty }

  /// The cursor in bytes of UTF-8.
  var byteOffset: Int { characters[..<cursor].reduce(0) { $0 + $1.utf8.count } }

  // MARK: Moving

  mutating func move(to place: Int) {
    cursor = min(max(0, place), characters.count)
    isTyping = false
    isKilling = false
  }

  var lineStart: Int { characters[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0 }
  var lineEnd: Int { characters[cursor...].firstIndex(of: "\n") ?? characters.count }
  var isOnFirstLine: Bool { lineStart == 0 }
  var isOnLastLine: Bool { lineEnd == characters.count }

  /// The text of the line before the cursor.
  var lineBeforeCursor: String { String(characters[lineStart..<cursor]) }

  mutating func moveUp() {
    let column = cursor - lineStart
    let end = lineStart - 1
    move(to: end)
    move(to: min(lineStart + column, end))
  }

  mutating func moveDown() {
    let column = cursor - lineStart
    move(to: lineEnd + 1)
    move(to: min(lineStart + column, lineEnd))
  }

  static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }

  var wordStart: Int {
    var place = cursor
    while place > 0, !Self.isWord(characters[place - 1]) { place -= 1 }
    while place > 0, Self.isWord(characters[place - 1]) { place -= 1 }
    return place
  }

  var wordEnd: Int {
    var place = cursor
    while place < characters.count, !Self.isWord(characters[place]) { place += 1 }
    while place < characters.count, Self.isWord(characters[place]) { place += 1 }
    return place
  }

  // MARK: Changing

  private mutating func keepForUndo(isTyping: Bool = false) {
    future = []
    isKilling = false
    if !(isTyping && self.isTyping) {
      past.append(State(characters: characters, cursor: cursor))
      if past.count > 500 { past.removeFirst(100) }
    }
    self.isTyping = isTyping
  }

  mutating func insert(_ text: String) {
    // A combining mark joins the character before it, so the text is put together and split anew.
    let isLetter = text.count == 1 && text.first.map(Self.isWord) == true
    keepForUndo(isTyping: isLetter)
    let before = String(characters[..<cursor]) + text
    let after = characters[cursor...]
    characters = Array(before)
    cursor = characters.count
    characters += after
  }

  mutating func remove(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<characters.count)
    guard !range.isEmpty else { return }
    keepForUndo()
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  /// Removes a stretch and keeps it for `yank`, with what was taken just before.
  mutating func kill(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<characters.count)
    guard !range.isEmpty else { return }
    let taken = Array(characters[range])
    killed = !isKilling ? taken : range.upperBound == cursor ? taken + killed : killed + taken
    remove(range)
    isKilling = true
  }

  mutating func yank() {
    if !killed.isEmpty { insert(String(killed)) }
  }

  /// Replaces a stretch of bytes of the text.
  mutating func replace(bytes: Range<Int>, with text: String) {
    var (offset, start, end) = (0, characters.count, characters.count)
    for (i, character) in characters.enumerated() {
      if offset >= bytes.lowerBound, start > i { start = i }
      if offset >= bytes.upperBound {
        end = i
        break
      }
      offset += character.utf8.count
    }
    keepForUndo()
    characters.replaceSubrange(min(start, end)..<end, with: Array(text))
    cursor = min(start, end) + text.count
  }

  /// Exchanges the characters around the cursor, at a line's end the last two, and steps behind them.
  mutating func transpose() {
    let second = cursor == lineEnd ? cursor - 1 : cursor
    guard second > lineStart else { return }
    keepForUndo()
    characters.swapAt(second - 1, second)
    cursor = second + 1
  }

  mutating func set(_ text: String) {
    keepForUndo()
    characters = Array(text)
    cursor = characters.count
  }

  /// Takes away the empty lines at the end.
  mutating func trimEnd() {
    while characters.last?.isWhitespace == true { characters.removeLast() }
    cursor = min(cursor, characters.count)
  }

  mutating func undo() {
    guard let last = past.popLast() else { return }
    future.append(State(characters: characters, cursor: cursor))
    restore(last)
  }

  /// Takes an undoing back.
  mutating func redo() {
    guard let next = future.popLast() else { return }
    past.append(State(characters: characters, cursor: cursor))
    restore(next)
  }

  private mutating func restore(_ state: State) {
    (characters, cursor) = (state.characters, state.cursor)
    (isTyping, isKilling) = (false, false)
  }

  /// Makes the cursor's line begin with so many blanks.
  mutating func indentLine(to count: Int) {
    let (start, end) = (lineStart, lineEnd)
    let text = characters[start..<end].drop { $0 == " " }
    let before = end - start - text.count
    keepForUndo()
    characters.replaceSubrange(start..<(start + before), with: [Character](repeating: " ", count: count))
    cursor = max(start, cursor + count - before)
  }
}
