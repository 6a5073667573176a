import Glibc

/// Gives the terminal back as it was when a signal ends the process while its modes are changed.
enum TerminalRestoration {
  // Unsafe: the handler may run between any two instructions, so it reads plain memory that is set before the handler is.
  nonisolated(unsafe) private static var input: Int32 = -1
  nonisolated(unsafe) private static var output: Int32 = -1
  nonisolated(unsafe) private static var modes = termios()

  private static let endings = [SIGTERM, SIGHUP, SIGQUIT]

  /// From now on the signals that end the process give back these modes first.
  static func begin(input: Int32, output: Int32, modes: termios) {
    (self.input, self.output, self.modes) = (input, output, modes)
    for ending in endings {
      signal(ending) { number in
        TerminalRestoration.restore()
        // Held back while the handler runs: it ends the process when that returns.
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }

  static func end() {
    for ending in endings { signal(ending, SIG_DFL) }
  }

  static func restore() {
    _ = write(output, Terminal.leaving.utf8Start, Terminal.leaving.utf8CodeUnitCount)
    tcsetattr(input, TCSANOW, &modes)
  }
}
