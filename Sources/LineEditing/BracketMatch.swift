/// The bracket at the cursor and the one that goes with it.
enum BracketMatch {
  private static let closing: [Character: Character] = ["(": ")", "[": "]", "{": "}"]
  private static let opening: [Character: Character] = [")": "(", "]": "[", "}": "{"]

  /// The places of the two; nil where no bracket stands before or behind the cursor, or it is alone.
  ///
  /// - Parameter styles: one for each character; brackets in strings and comments are none.
  static func places(_ characters: [Character], cursor: Int, styles: [TextRole]) -> (Int, Int)? {
    func isBracket(_ i: Int) -> Bool {
      guard characters.indices.contains(i), closing[characters[i]] != nil || opening[characters[i]] != nil else { return false }
      return !styles.indices.contains(i) || styles[i] != .string && styles[i] != .comment
    }
    guard let place = [cursor - 1, cursor].first(where: isBracket) else { return nil }
    let isOpening = closing[characters[place]] != nil
    var open: [Character] = []
    var i = place
    while characters.indices.contains(i) {
      defer { i += isOpening ? 1 : -1 }
      guard isBracket(i) else { continue }
      let (character, partners) = (characters[i], isOpening ? closing : opening)
      if partners[character] != nil {
        open.append(character)
      } else {
        guard let last = open.popLast(), partners[last] == character else { return nil }
        if open.isEmpty { return (place, i) }
      }
    }
    return nil
  }
}
