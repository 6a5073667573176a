/// The editor without its terminal: keys go in, a text and what is to be shown come out.
struct Editor {
  var buffer = TextBuffer()
  var menu: CompletionMenu?
  var search: Search?
  let history: History
  /// The place in the history that is shown, and what was typed before going there.
  var visit: (place: Int, typed: String)?
  /// The terminal's, for going through the menu row by row.
  var columns = 80

  /// A search in the history.
  struct Search: Equatable {
    var query = ""
    /// The entry found; none where nothing fits.
    var place: Int?
    let typed: String

    /// What stands before the text while it is searched for.
    var prompt: String {
      if query.isEmpty { return "search: " }
      return place == nil ? "search “\(query)”, not found: " : "search “\(query)”: "
    }
  }

  /// What a key led to besides a change of the text.
  enum Effect: Equatable {
    case none
    case submit
    case interrupt
    case endOfInput
    case clearScreen
    case suspend
    case edit
  }

  init(history: History) {
    self.history = history
  }

  mutating func handle(_ key: Key, _ delegate: (any LineEditorDelegate)?) -> Effect {
    if search != nil, let effect = handleInSearch(key) { return effect }
    if menu != nil, let effect = handleInMenu(key, delegate) { return effect }
    switch key {
    case .character(let character):
      insert(String(character))
      if character == ":" { outdent(delegate) }
    case .paste(let text): insert(text)
    case .enter: return enter(delegate)
    case .newline: insert("\n")
    case .tab: tab(delegate)
    case .backTab: unindent()
    case .interrupt: return .interrupt
    case .endOfInput:
      if buffer.isEmpty { return .endOfInput }
      buffer.remove(buffer.cursor..<(buffer.cursor + 1))
    case .up: goUp()
    case .down: goDown()
    case .historyUp: recallOlder()
    case .historyDown: recallNewer()
    case .edit: return .edit
    case .search, .searchNewer: search = Search(typed: buffer.text)
    case .clearScreen: return .clearScreen
    case .suspend: return .suspend
    case .escape: break
    default: edit(key)
    }
    return .none
  }

  mutating func insert(_ text: String) {
    visit = nil
    buffer.insert(text)
  }

  private mutating func edit(_ key: Key) {
    switch key {
    case .backspace: backspace()
    case .delete: buffer.remove(buffer.cursor..<(buffer.cursor + 1))
    case .left: buffer.move(to: buffer.cursor - 1)
    case .right: buffer.move(to: buffer.cursor + 1)
    case .home: buffer.move(to: buffer.lineStart)
    case .end: buffer.move(to: buffer.lineEnd)
    case .wordLeft: buffer.move(to: buffer.wordStart)
    case .wordRight: buffer.move(to: buffer.wordEnd)
    case .killToEnd: buffer.kill(buffer.cursor..<max(buffer.lineEnd, min(buffer.cursor + 1, buffer.lineEnd)))
    case .killToStart: buffer.kill(buffer.lineStart..<buffer.cursor)
    case .killWordBack: buffer.kill(buffer.wordStart..<buffer.cursor)
    case .killWordAhead: buffer.kill(buffer.cursor..<buffer.wordEnd)
    case .yank: buffer.yank()
    case .transpose: buffer.transpose()
    case .undo: buffer.undo()
    case .redo: buffer.redo()
    case .start: buffer.move(to: 0)
    case .finish: buffer.move(to: buffer.characters.count)
    default: break
    }
  }

  /// In the blanks before a line's text, back to the indentation before.
  mutating func backspace() {
    let before = buffer.lineBeforeCursor
    let count = !before.isEmpty && before.allSatisfy { $0 == " " } ? (before.count - 1) % 4 + 1 : 1
    buffer.remove((buffer.cursor - count)..<buffer.cursor)
  }

  private mutating func enter(_ delegate: (any LineEditorDelegate)?) -> Effect {
    let text = buffer.text
    // In the middle of a block Enter makes room; at its end it asks whether the block is whole.
    guard buffer.isOnLastLine || !text.contains("\n") else {
      breakLine(delegate)
      return .none
    }
    switch delegate?.completeness(of: text) ?? .complete {
    case .complete, .invalid: return submit()
    case .incomplete:
      // An empty line ends a block.
      if buffer.lineBeforeCursor.allSatisfy(\.isWhitespace), text.contains("\n"), buffer.cursor == buffer.characters.count,
        delegate?.completeness(of: text + "\n\n") == .complete
      {
        return submit()
      }
      breakLine(delegate)
      return .none
    }
  }

  /// Begins a line at the cursor, as deep as what stands before wants it.
  private mutating func breakLine(_ delegate: (any LineEditorDelegate)?) {
    let before = String(buffer.characters[..<buffer.cursor])
    let depth =
      if case .incomplete(let indent) = delegate?.completeness(of: before) { indent } else { indent(of: buffer.lineBeforeCursor) }
    insert("\n" + String(repeating: " ", count: depth))
  }

  private mutating func submit() -> Effect {
    buffer.trimEnd()
    buffer.move(to: buffer.characters.count)
    return .submit
  }

  /// A line that has become the end of a statement further out goes there.
  private mutating func outdent(_ delegate: (any LineEditorDelegate)?) {
    guard buffer.cursor == buffer.lineEnd else { return }
    let lines = String(buffer.characters[..<buffer.cursor]).split(separator: "\n", omittingEmptySubsequences: false)
    if let indent = delegate?.indent(ofLastOf: lines) { buffer.indentLine(to: indent) }
  }

  private func indent(of line: String) -> Int { line.prefix { $0 == " " }.count }

  private mutating func unindent() {
    let before = buffer.lineBeforeCursor
    let count = min(4, before.prefix { $0 == " " }.count)
    let cursor = buffer.cursor
    buffer.remove(buffer.lineStart..<(buffer.lineStart + count))
    buffer.move(to: cursor - count)
  }
}
