import Glibc

/// The terminal of the process: its modes, its size, its bytes.
public struct Terminal {
  let input: Int32
  private let output: Int32

  public init(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) {
    self.input = input
    self.output = output
  }

  /// Whether a person types here, and not a file or a pipe.
  public var hasPerson: Bool { isatty(input) == 1 }

  /// Whether lines can be edited here: a terminal on both ends that knows how to move its cursor.
  public var canEdit: Bool {
    guard hasPerson, isatty(output) == 1, let name = getenv("TERM").map({ String(cString: $0) }) else { return false }
    return !name.isEmpty && name != "dumb"
  }

  /// Columns and rows.
  public var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// A cell in pixels, where the terminal's driver knows it.
  public var cellSize: (width: Int, height: Int)? {
    var size = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0, size.ws_xpixel > 0, size.ws_ypixel > 0
    else { return nil }
    return (Int(size.ws_xpixel / size.ws_col), Int(size.ws_ypixel / size.ws_row))
  }

  // MARK: Modes

  /// Pasted text comes between marks.
  private static let marksPastes = "\u{1B}[?2004h"
  /// The paste marks off, the cursor shown.
  static let leaving: StaticString = "\u{1B}[?2004l\u{1B}[?25h"

  /// Gives every key as it is pressed while `body` runs, and the terminal back as it was.
  func raw<Result>(_ body: () -> Result) -> Result {
    with({ cfmakeraw(&$0) }) {
      write(Self.marksPastes)
      defer { write(Self.leaving.description) }
      return body()
    }
  }

  /// Does not show what is typed while `body` runs.
  public func hidden<Result>(_ body: () -> Result) -> Result {
    with({ $0.c_lflag &= ~tcflag_t(ECHO) }) {
      defer { write("\n") }
      return body()
    }
  }

  /// Changes the modes while `body` runs; a signal that ends the process gives them back too.
  private func with<Result>(_ change: (inout termios) -> Void, _ body: () -> Result) -> Result {
    var before = termios()
    guard tcgetattr(input, &before) == 0 else { return body() }
    var modes = before
    change(&modes)
    TerminalRestoration.begin(input: input, output: output, modes: before)
    tcsetattr(input, TCSADRAIN, &modes)
    defer {
      tcsetattr(input, TCSADRAIN, &before)
      TerminalRestoration.end()
    }
    return body()
  }

  /// Stops the process as the shell's Ctrl-Z does until it is continued.
  func suspend() { givenBack { _ = raise(SIGTSTP) } }

  /// Gives the terminal back as it was while `body` runs.
  func givenBack(_ body: () -> Void) {
    var modes = termios()
    guard tcgetattr(input, &modes) == 0 else { return }
    TerminalRestoration.restore()
    body()
    tcsetattr(input, TCSADRAIN, &modes)
    write(Self.marksPastes)
  }

  // MARK: Bytes

  /// Bytes that were typed.
  ///
  /// - Returns: nil at the end of the input; nothing when the time is over.
  ///
  /// - Parameter most: as many at most; the rest waits.
  func read(milliseconds: Int32, most: Int = 4096) -> [UInt8]? {
    guard hasInput(within: milliseconds) else { return [] }
    var bytes = [UInt8](repeating: 0, count: most)
    let count = Glibc.read(input, &bytes, bytes.count)
    if count < 0 { return errno == EINTR || errno == EAGAIN ? [] : nil }
    return count == 0 ? nil : Array(bytes[..<count])
  }

  /// Whether something was typed, or is within a time.
  func hasInput(within milliseconds: Int32 = 0) -> Bool {
    var state = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, milliseconds) > 0
  }

  func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(output, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }
}
