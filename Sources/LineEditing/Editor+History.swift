extension Editor {
  mutating func goUp() {
    if buffer.isOnFirstLine { recallOlder() } else { buffer.moveUp() }
  }

  mutating func goDown() {
    if buffer.isOnLastLine { recallNewer() } else { buffer.moveDown() }
  }

  /// The entry before the one shown that begins with what was typed.
  mutating func recallOlder() {
    let typed = visit?.typed ?? buffer.text
    guard let place = history.place(before: visit?.place ?? history.entries.count, beginningWith: typed) else { return }
    visit = (place, typed)
    buffer.set(history.entries[place])
  }

  mutating func recallNewer() {
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
  mutating func handleInSearch(_ key: Key) -> Effect? {
    guard var current = search else { return nil }
    switch key {
    case .character(let character):
      current.query.append(character)
      current.place = history.place(before: (current.place ?? history.entries.count - 1) + 1, containing: current.query)
    case .backspace:
      _ = current.query.popLast()
      current.place = history.place(before: history.entries.count, containing: current.query)
    case .search:
      current.place =
        history.place(before: current.place ?? history.entries.count, containing: current.query, besides: buffer.text)
        ?? current.place
    case .searchNewer:
      if let place = current.place {
        current.place = history.place(after: place, containing: current.query, besides: buffer.text) ?? place
      }
    case .paste(let text):
      current.query += text.prefix { !$0.isNewline }
      current.place = history.place(before: history.entries.count, containing: current.query)
    case .killToStart, .killWordBack:
      current.query = ""
      current.place = nil
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
