import Glibc

/// The terminal of the process: its modes, its size, its bytes.
public struct Terminal {
  private let input: Int32
  private let output: Int32

  public init(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) {
    self.input = input
    self.output = output
  }

  /// Whether lines can be edited here: a terminal on both ends that knows how to move its cursor.
  public var canEdit: Bool {
    guard isatty(input) == 1, isatty(output) == 1, let name = getenv("TERM").map({ String(cString: $0) }) else { return false }
    return !name.isEmpty && name != "dumb"
  }

  /// Columns and rows.
  var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Gives every key as it is pressed while `body` runs, and the terminal back as it was.
  func raw<Result>(_ body: () -> Result) -> Result {
    var before = termios()
    guard tcgetattr(input, &before) == 0 else { return body() }
    var modes = before
    cfmakeraw(&modes)
    tcsetattr(input, TCSADRAIN, &modes)
    // Pasted text comes between marks.
    write("\u{1B}[?2004h")
    defer {
      write("\u{1B}[?2004l")
      tcsetattr(input, TCSADRAIN, &before)
    }
    return body()
  }

  /// Bytes that were typed.
  ///
  /// - Returns: nil at the end of the input; nothing when the time is over.
  func read(milliseconds: Int32) -> [UInt8]? {
    var state = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    let ready = poll(&state, 1, milliseconds)
    guard ready > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(input, &bytes, bytes.count)
    if count < 0 { return errno == EINTR || errno == EAGAIN ? [] : nil }
    return count == 0 ? nil : Array(bytes[..<count])
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

  /// Stops the process as the shell's Ctrl-Z does, until it is continued.
  func suspend() { raise(SIGTSTP) }
}
