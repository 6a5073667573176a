/// The text that is written, and the column of its end.
struct Page {
  static let width = 100

  private(set) var text = ""
  private(set) var column = 0

  mutating func write(_ word: String) {
    text += word
    if let end = word.utf8.lastIndex(of: UInt8(ascii: "\n")) {
      column = word[word.utf8.index(after: end)...].count
    } else {
      column += word.count
    }
  }

  mutating func write(_ leaf: Leaf, isFirst: Bool = false) { write(leaf.isSpaced && !isFirst ? " " + leaf.text : leaf.text) }

  mutating func endLine(indent: Int) {
    text += "\n" + String(repeating: " ", count: indent)
    column = indent
  }

  mutating func skipLine() { text += "\n" }
}
