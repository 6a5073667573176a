/// The editor without its terminal: keys go in, a text and what is to be shown come out.
struct Editor {
  private(set) var buffer = TextBuffer()
  private(set) var menu: CompletionMenu?
  private(set) var search: Search?
  private var history: History
  /// The place in the history that is shown, and what was typed before going there.
  private var visit: (place: Int, typed: String)?
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
  }

  init(history: History) {
    self.history = history
  }

  mutating func handle(_ key: Key, _ delegate: (any LineEditorDelegate)?) -> Effect {
    if search != nil, let effect = handleInSearch(key) { return effect }
    if menu != nil, let effect = handleInMenu(key, delegate) { return effect }
    switch key {
    case .character(let character): insert(String(character))
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
    case .search: search = Search(typed: buffer.text)
    case .clearScreen: return .clearScreen
    case .suspend: return .suspend
    case .escape: break
    default: edit(key)
    }
    return .none
  }

  private mutating func insert(_ text: String) {
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
    default: break
    }
  }

  /// In the blanks before a line's text, back to the indentation before.
  private mutating func backspace() {
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

  private func indent(of line: String) -> Int { line.prefix { $0 == " " }.count }

  private mutating func unindent() {
    let before = buffer.lineBeforeCursor
    let count = min(4, before.prefix { $0 == " " }.count)
    let cursor = buffer.cursor
    buffer.remove(buffer.lineStart..<(buffer.lineStart + count))
    buffer.move(to: cursor - count)
  }

  // MARK: Completion

  private mutating func tab(_ delegate: (any LineEditorDelegate)?) {
    if buffer.lineBeforeCursor.allSatisfy(\.isWhitespace) {
      insert(String(repeating: " ", count: 4 - buffer.lineBeforeCursor.count % 4))
      return
    }
    guard let found = delegate?.completions(in: buffer.text, at: buffer.byteOffset), !found.candidates.isEmpty else { return }
    let names = found.candidates.map(\.text)
    if names.count == 1 {
      buffer.replace(bytes: found.replaced, with: names[0])
      return
    }
    let common = names.dropFirst().reduce(names[0]) { String(zip($0, $1).prefix { $0.0 == $0.1 }.map(\.0)) }
    var replaced = found.replaced
    if common.utf8.count > replaced.count {
      buffer.replace(bytes: replaced, with: common)
      replaced = replaced.lowerBound..<(replaced.lowerBound + common.utf8.count)
    }
    menu = CompletionMenu(found.candidates, replacing: replaced)
  }

  /// - Returns: nil where the key closes the menu and means what it always does.
  private mutating func handleInMenu(_ key: Key, _ delegate: (any LineEditorDelegate)?) -> Effect? {
    switch key {
    case .tab, .right: menu?.step(1)
    case .backTab, .left: menu?.step(-1)
    case .down: menu?.stepRow(1, width: columns)
    case .up: menu?.stepRow(-1, width: columns)
    case .escape, .interrupt: menu = nil
    case .enter where menu?.choice != nil: takeChoice()
    case .character(let character) where menu?.choice == nil && TextBuffer.isWord(character):
      insert(String(character))
      narrowMenu(delegate)
    case .backspace where menu?.choice == nil:
      backspace()
      narrowMenu(delegate)
    default:
      takeChoice()
      return nil
    }
    return Effect.none
  }

  /// Puts what is chosen, if anything is, into the text and closes the menu.
  private mutating func takeChoice() {
    if let open = menu, let choice = open.choice { buffer.replace(bytes: open.replaced, with: choice.text) }
    menu = nil
  }

  /// Keeps the menu in step with the word that is typed on; none where the word has gone.
  private mutating func narrowMenu(_ delegate: (any LineEditorDelegate)?) {
    let found = delegate?.completions(in: buffer.text, at: buffer.byteOffset)
    menu = found.flatMap {
      $0.candidates.isEmpty || $0.replaced.isEmpty ? nil : CompletionMenu($0.candidates, replacing: $0.replaced)
    }
  }

  // MARK: History

  private mutating func goUp() {
    guard buffer.isOnFirstLine else { return buffer.moveUp() }
    let typed = visit?.typed ?? buffer.text
    guard let place = history.place(before: visit?.place ?? history.entries.count, beginningWith: typed) else { return }
    visit = (place, typed)
    buffer.set(history.entries[place])
  }

  private mutating func goDown() {
    guard buffer.isOnLastLine else { return buffer.moveDown() }
    guard let current = visit else { return }
    if let place = history.place(after: current.place, beginningWith: current.typed) {
      visit = (place, current.typed)
      buffer.set(history.entries[place])
    } else {
      visit = nil
      buffer.set(current.typed)
    }
  }

  /// - Returns: nil where the key ends the search and means what it always does.
  private mutating func handleInSearch(_ key: Key) -> Effect? {
    guard var current = search else { return nil }
    switch key {
    case .character(let character):
      current.query.append(character)
      current.place = history.place(before: (current.place ?? history.entries.count - 1) + 1, containing: current.query)
    case .backspace:
      _ = current.query.popLast()
      current.place = history.place(before: history.entries.count, containing: current.query)
    case .search:
      current.place = history.place(before: current.place ?? history.entries.count, containing: current.query) ?? current.place
    case .escape, .interrupt:
      buffer.set(current.typed)
      search = nil
      return Effect.none
    case .enter:
      search = nil
      return Effect.none
    default:
      search = nil
      return nil
    }
    if let place = current.place { buffer.set(history.entries[place]) }
    search = current
    return Effect.none
  }
}
