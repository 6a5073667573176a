extension Editor {
  mutating func goUp() {
    guard buffer.isOnFirstLine else { return buffer.moveUp() }
    let typed = visit?.typed ?? buffer.text
    guard let place = history.place(before: visit?.place ?? history.entries.count, beginningWith: typed) else { return }
    visit = (place, typed)
    buffer.set(history.entries[place])
  }

  mutating func goDown() {
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
