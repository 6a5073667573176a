import Builtins
import Execution
import Glibc
import LineEditing

/// The front of scripts and of the REPL: texts on the standard output, mistakes on the standard error.
final class OutputFront: Front {
  /// Set anew when the terminal's size has changed.
  var textStyle: TextStyle
  let progressStyle: ProgressStyle
  /// Where lines that the program asks for come from.
  let lines = LineReader()
  /// Whether an interrupt waits, which is then taken.
  var takesInterrupt: () -> Bool = { false }
  /// Where shown figures go as SVG; nil: onto the output.
  private let figures: FigureFolder?
  /// Shows them as pictures; nil: as text.
  var pictures: PictureTerminal?
  /// Whether a progress line stands on the terminal now.
  private var hasProgress = false
  /// Whether what was written last ends a line.
  private var isAtLineStart = true

  init(_ settings: Invocation.Settings) {
    textStyle = TerminalStyle.text(on: STDOUT_FILENO, allowsColor: settings.hasColor)
    progressStyle = TerminalStyle.isTerminal(STDERR_FILENO) ? .line : .lines
    figures =
      if case .folder(let path) = settings.figures.or(TerminalStyle.variable("BP_FIGURES")) { FigureFolder(path: path) } else {
        nil
      }
  }

  func write(_ text: String, toErrors: Bool) {
    progressLine(nil)
    guard let last = text.last else { return }
    isAtLineStart = last.isNewline
    StandardStream.write(text, to: toErrors ? STDERR_FILENO : STDOUT_FILENO)
  }

  /// Ends a line that the program has begun, so that what follows has one of its own.
  func endLine() {
    if !isAtLineStart { write("\n", toErrors: false) }
  }

  func display(_ shown: Representations, id: String?, isUpdate: Bool) {
    if let svg = shown.svg, let pictures, figures == nil, shown.textPart != .whole, let picture = pictures.shown(svg) {
      write((shown.textPart == .summary ? shown.text + "\n" : "") + picture, toErrors: false)
    } else {
      write((shown.svg.flatMap { figures?.keep($0) } ?? shown.text) + "\n", toErrors: false)
    }
  }

  func clear(wait: Bool) {
    if TerminalStyle.isTerminal(STDOUT_FILENO) { StandardStream.write("\u{1B}[H\u{1B}[2J", to: STDOUT_FILENO) }
  }

  func ask(_ prompt: String, isPassword: Bool) throws(RuntimeError) -> String {
    write(prompt, toErrors: false)
    let reading =
      isPassword
      ? Terminal().hidden { lines.next(isInterrupted: takesInterrupt) } : lines.next(isInterrupted: takesInterrupt)
    switch reading {
    case .text(let line):
      // The terminal has shown the line's end as it was typed.
      if Terminal().hasPerson { isAtLineStart = true }
      return line
    case .interrupted: throw RuntimeError(.keyboardInterrupt, "interrupted")
    case .endOfInput:
      throw RuntimeError(
        .valueError, "input() reached the end of the input", help: "give the program its input: bpsh FILE < answers.txt")
    }
  }

  func progressLine(_ text: String?) {
    guard progressStyle == .line, text != nil || hasProgress else { return }
    StandardStream.write("\r\u{1B}[2K" + (text ?? ""), to: STDERR_FILENO)
    hasProgress = text != nil
  }
}
