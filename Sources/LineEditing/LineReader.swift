import Glibc

/// Reads lines as they are, from a pipe, a file, or a terminal that edits them itself.
public final class LineReader {
  private let source: Terminal
  /// What was read beyond the last line's end.
  private var rest: [UInt8] = []

  /// How often one who waits for a line asks whether to go on, in milliseconds.
  private static let patience: Int32 = 30
  /// A line is cut here, so that an endless one cannot fill the memory.
  private static let longest = 64 << 20

  public init(input: Int32 = STDIN_FILENO) {
    source = Terminal(input: input)
  }

  /// The next line, without its end.
  ///
  /// - Parameter isInterrupted: asked again and again while nothing comes.
  public func next(isInterrupted: () -> Bool) -> Reading {
    var searched = 0
    while true {
      if let end = rest[searched...].firstIndex(of: UInt8(ascii: "\n")) { return take(end, dropping: 1) }
      searched = rest.count
      if searched >= Self.longest { return take(searched, dropping: 0) }
      if isInterrupted() { return .interrupted }
      guard let bytes = source.read(milliseconds: Self.patience) else {
        return rest.isEmpty ? .endOfInput : take(rest.count, dropping: 0)
      }
      rest += bytes
    }
  }

  private func take(_ end: Int, dropping endLength: Int) -> Reading {
    var line = rest[..<end]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    let text = String(decoding: line, as: UTF8.self)
    rest.removeFirst(end + endLength)
    return .text(text)
  }
}
