extension Editor {
  mutating func tab(_ delegate: (any LineEditorDelegate)?) {
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
  mutating func handleInMenu(_ key: Key, _ delegate: (any LineEditorDelegate)?) -> Effect? {
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
}
