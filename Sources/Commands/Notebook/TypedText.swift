/// Printed text as it is seen at last: a carriage return begins the line anew, a backspace takes a character back.
///
/// Front ends of Jupyter do this while text comes; what a notebook keeps is the end of it.
enum TypedText {
  static func seen(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x0D || $0 == 0x08 }) else { return text }
    var seen = String.UnicodeScalarView()
    var line = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\n":
        seen += line
        seen.append("\n")
        line = .init()
      case "\r":
        // Before the line's end it means nothing, and at the end of all nothing yet.
        if let next = rest.first, next != "\n" { line = .init() } else { line.append(scalar) }
      case "\u{8}": _ = line.popLast()
      default: line.append(scalar)
      }
    }
    return String(seen + line)
  }
}
