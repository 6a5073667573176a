extension String {
  /// As text or attribute of XML and HTML: markup escaped, control characters left out.
  ///
  /// - Parameter keepsLines: whether tabs and ends of lines stay; else they become blanks.
  public func asMarkup(keepsLines: Bool = false) -> String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n": result.unicodeScalars.append(keepsLines ? scalar : " ")
      case _ where scalar.value < 32 || (0x7F...0x9F).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE: break
      // Overrides of the writing direction would turn what follows.
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
