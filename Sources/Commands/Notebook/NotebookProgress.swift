import Diagnostics
import Glibc

/// Says on the standard error which cell runs, and how long each took.
struct NotebookProgress {
  let isQuiet: Bool
  let hasColor: Bool

  func tell(_ event: NotebookRun.Event) {
    switch event {
    case .begun(let number, let count, let source):
      // Written over when the cell ends.
      if !isQuiet, isTerminal { write(line(Self.name(number, count), "…", source)) }
    case .ended(let number, let count, let source, let time):
      if !isQuiet { write(start + line(Self.name(number, count), Self.text(time), source) + "\n") }
    case .failed(let failure):
      write((isQuiet ? "" : start) + failure.rendered(TerminalStyle.errors(allowsColor: hasColor)) + "\n")
    }
  }

  private static func name(_ number: Int, _ count: Int) -> String {
    let digits = String(number)
    return "cell " + String(repeating: " ", count: String(count).count - digits.count) + digits + " of \(count)"
  }

  private var isTerminal: Bool { TerminalStyle.isTerminal(STDERR_FILENO) }

  /// Takes away what stands on the line.
  private var start: String { isTerminal ? "\r\u{1B}[2K" : "" }

  private func line(_ cell: String, _ time: String, _ source: String) -> String {
    let width = TerminalStyle.text(on: STDERR_FILENO, allowsColor: false).width - 1
    let first = source.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) } ?? ""
    var text = cell + String(repeating: " ", count: max(0, 9 - time.count)) + time + "  "
    var column = text.count
    for character in Printable.text(String(first)) {
      column += Printable.width(of: character)
      if column > width { break }
      text.append(character)
    }
    return text
  }

  static func text(_ time: Duration) -> String {
    let hundredths = Int((time / .milliseconds(10)).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
  }

  private func write(_ text: String) { StandardStream.write(text, to: STDERR_FILENO) }
}
