import Glibc

/// What was entered before, over sessions.
public struct History: Sendable {
  public private(set) var entries: [String] = []
  private let path: String?

  /// Older entries are dropped.
  private static let most = 10_000

  /// - Parameter path: of the file that keeps it; a file that cannot be read begins a new history.
  public init(path: String? = nil) {
    self.path = path
    guard let path, let file = fopen(path, "re") else { return }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while case let count = getline(&line, &capacity, file), count >= 0, let line {
      let bytes = UnsafeRawBufferPointer(start: line, count: count)
      if let text = String(validating: bytes, as: UTF8.self) { entries.append(Self.decoded(text)) }
    }
    entries = Array(entries.suffix(Self.most))
  }

  /// Adds an entry, and writes it to the file; one that repeats the last is left out.
  public mutating func add(_ text: String) {
    guard !text.allSatisfy(\.isWhitespace), text != entries.last else { return }
    entries.append(text)
    if entries.count > Self.most + 1000 { entries.removeFirst(1000) }
    guard let path else { return }
    // Appending a line is one write, so sessions side by side do not harm each other's.
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    let line = Self.encoded(text) + "\n"
    _ = line.withCString { write(file, $0, line.utf8.count) }
  }

  static func encoded(_ text: String) -> String {
    // Scalar by scalar: a return and a line feed together are one character.
    var line = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  static func decoded(_ line: String) -> String {
    var text = ""
    var isEscaped = false
    for scalar in line.unicodeScalars where scalar != "\n" {
      if isEscaped {
        text.unicodeScalars.append(scalar == "n" ? "\n" : scalar == "r" ? "\r" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The place of the newest entry before a place that begins with a text.
  func place(before place: Int, beginningWith start: String) -> Int? {
    entries[..<min(place, entries.count)].lastIndex { $0.hasPrefix(start) && $0 != start }
  }

  func place(after place: Int, beginningWith start: String) -> Int? {
    guard place + 1 < entries.count else { return nil }
    return entries[(place + 1)...].firstIndex { $0.hasPrefix(start) && $0 != start }
  }

  /// The place of the newest entry before a place that has a text in it.
  func place(before place: Int, containing part: String) -> Int? {
    guard !part.isEmpty else { return nil }
    return entries[..<min(place, entries.count)].lastIndex { $0.contains(part) }
  }
}
