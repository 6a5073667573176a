import Builtins
import Diagnostics
import Glibc

/// What an output can show: its width, colours, Unicode.
enum TerminalStyle {
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// How texts are written to an output.
  static func text(on descriptor: Int32, allowsColor: Bool) -> TextStyle {
    TextStyle(
      width: width(of: descriptor), hasUnicode: hasUnicode,
      hasColor: allowsColor && isTerminal(descriptor) && variable("NO_COLOR") == nil && variable("TERM") != "dumb")
  }

  static func errors(allowsColor: Bool) -> RenderingStyle {
    let style = text(on: STDERR_FILENO, allowsColor: allowsColor)
    return RenderingStyle(width: style.width, emphasis: style.hasColor ? .color : .none)
  }

  /// The columns of a terminal, of `COLUMNS` elsewhere, or 80.
  private static func width(of descriptor: Int32) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return variable("COLUMNS").flatMap(Int.init).flatMap { (20...1000).contains($0) ? $0 : nil } ?? 80
  }

  /// Whether the locale writes Unicode.
  private static var hasUnicode: Bool {
    let locale = variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG") ?? ""
    let name = locale.uppercased()
    return name.contains("UTF-8") || name.contains("UTF8")
  }

  /// An environment variable that is set and not empty.
  static func variable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }
}
