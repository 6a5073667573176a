/// Where a line belongs that goes on with a statement: an `else` below its `if`.
public enum Continuation {
  private static let openers: [String: Set<String>] = [
    "else": ["if", "elif", "for", "while", "try", "except"], "elif": ["if", "elif"], "except": ["try", "except"],
    "finally": ["try", "except", "else"],
  ]

  /// The blanks that the last of some lines wants before it, where it has more; nil where it goes on with nothing above.
  public static func indent(ofLastOf lines: [some StringProtocol]) -> Int? {
    guard let line = lines.last, let wanted = openers[word(line)] else { return nil }
    var limit = indent(line)
    for line in lines.dropLast().reversed() where !line.allSatisfy(\.isWhitespace) {
      let indent = indent(line)
      guard indent < limit else { continue }
      if wanted.contains(word(line)) { return indent }
      limit = indent
    }
    return nil
  }

  private static func indent(_ line: some StringProtocol) -> Int { line.prefix { $0 == " " }.count }

  private static func word(_ line: some StringProtocol) -> String {
    String(line.drop { $0 == " " }.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
  }
}
