import Builtins
import Execution
import Glibc

/// The front of scripts and of the REPL: texts on the standard output, mistakes on the standard error.
final class OutputFront: Front {
  /// Set anew when the terminal's size has changed.
  var textStyle: TextStyle
  let progressStyle: ProgressStyle
  /// Where shown figures go as SVG; nil: as text on the output.
  private let figures: FigureFolder?
  /// The columns that the progress line on the terminal takes now.
  private var progressWidth = 0

  init(textStyle: TextStyle, progressStyle: ProgressStyle, figures: FigureFolder? = nil) {
    self.textStyle = textStyle
    self.progressStyle = progressStyle
    self.figures = figures
  }

  func write(_ text: String, toErrors: Bool) {
    progressLine(nil)
    StandardStream.write(text, to: toErrors ? STDERR_FILENO : STDOUT_FILENO)
  }

  func display(_ shown: Representations, id: String?, isUpdate: Bool) {
    if let figures, let svg = shown.svg {
      write(figures.keep(svg) + "\n", toErrors: false)
    } else {
      write(shown.text + "\n", toErrors: false)
    }
  }

  func clear(wait: Bool) {
    if progressStyle == .line { StandardStream.write("\u{1B}[H\u{1B}[2J", to: STDOUT_FILENO) }
  }

  func ask(_ prompt: String, isPassword: Bool) throws(RuntimeError) -> String {
    write(prompt, toErrors: false)
    guard let line = isPassword ? StandardStream.readHidden() : StandardStream.readLine() else {
      throw RuntimeError(
        .valueError, "input() reached the end of the input", help: "give the program its input: bpsh FILE < answers.txt")
    }
    return line
  }

  func progressLine(_ text: String?) {
    guard progressStyle == .line else { return }
    if let text {
      StandardStream.write("\r\u{1B}[2K" + text, to: STDERR_FILENO)
      progressWidth = text.count
    } else if progressWidth > 0 {
      StandardStream.write("\r\u{1B}[2K", to: STDERR_FILENO)
      progressWidth = 0
    }
  }
}

/// The process's own input and output, without a buffer of ours.
enum StandardStream {
  /// Writes all of a text; what nobody reads any more is dropped.
  static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
  }

  /// A line without its end; nil at the end of the input.
  static func readLine() -> String? {
    Swift.readLine(strippingNewline: true)
  }

  /// All of the input.
  static func readAll() -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// A line that the terminal does not show.
  static func readHidden() -> String? {
    var shown = termios()
    guard tcgetattr(STDIN_FILENO, &shown) == 0 else { return readLine() }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
      write("\n", to: STDOUT_FILENO)
    }
    return readLine()
  }
}
