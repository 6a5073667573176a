extension String {
  /// The text in lines of less than a width, broken at blanks; lines after the first begin with an indentation.
  public func wrapped(to width: Int, indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent)
    return split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var lines: [String] = []
      var current = ""
      for word in line.split(separator: " ", omittingEmptySubsequences: false) {
        if current.isEmpty, !lines.isEmpty {
          current = margin + word
        } else if lines.isEmpty, current.isEmpty {
          current = String(word)
        } else if current.count + 1 + word.count < width {
          current += " " + word
        } else {
          lines.append(current)
          current = margin + word
        }
      }
      return (lines + [current]).joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
