/// What is known of a name, as a text for terminals and as Markdown for notebooks.
public struct HelpPage: Equatable, Sendable {
  public var text: String
  public var markdown: String

  public init(text: String, markdown: String) {
    self.text = text
    self.markdown = markdown
  }

  /// A page that looks the same everywhere.
  public init(plain text: String) {
    self.init(text: text, markdown: Self.fenced(text))
  }

  /// Code, or a text whose columns matter.
  public static func fenced(_ code: String, language: String = "") -> String {
    var longest = 0
    var run = 0
    for byte in code.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(code)\n\(fence)"
  }

  /// Words in which no sign means anything to Markdown.
  public static func escaped(_ words: String) -> String {
    var escaped = ""
    for scalar in words.unicodeScalars {
      if "\\`*_{}[]()<>#|$~&".unicodeScalars.contains(scalar) { escaped.unicodeScalars.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}
