import Formats
import Glibc

/// The person's own editor, for a text that has grown large.
enum TextEditor {
  /// The text as it was left; nil where there is no editor or it failed.
  static func edited(_ text: String) -> String? {
    let command = TerminalStyle.variable("VISUAL") ?? TerminalStyle.variable("EDITOR") ?? "sensible-editor"
    let folder = TerminalStyle.variable("TMPDIR") ?? "/tmp"
    // Nobody else may read it, or put a file in its place.
    var template = Array("\(folder)/bp-XXXXXX.bp".utf8CString)
    let file = mkstemps(&template, 3)
    guard file >= 0 else { return nil }
    close(file)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    guard (try? FileContents.rewrite(Array((text + "\n").utf8), to: path)) != nil, ChildProgram.run(command, [path]),
      let bytes = try? FileContents.read(path), let edited = String(validating: bytes, as: UTF8.self)
    else { return nil }
    return String(edited.reversed().drop(while: \.isNewline).reversed())
  }
}
