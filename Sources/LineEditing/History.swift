import Glibc

/// What was entered before, over sessions.
public struct History: Sendable {
  public private(set) var entries: [String] = []
  private let path: String?

  /// Older entries are dropped.
  private static let most = 10_000
  /// Of a longer file only the end is read, and kept: in bytes.
  private static let longest = 4 << 20

  /// - Parameter path: of the file that keeps it; a file that cannot be read begins a new history.
  public init(path: String? = nil) {
    self.path = path
    guard let path, let (bytes, isCut) = Self.end(of: path) else { return }
    let lines = bytes.split(separator: UInt8(ascii: "\n")).dropFirst(isCut ? 1 : 0)
    entries = lines.suffix(Self.most).compactMap { String(validating: $0, as: UTF8.self).map(Self.decoded) }
    if isCut { replaceFile() }
  }

  /// The last bytes of a regular file, and whether more stand before them.
  private static func end(of path: String) -> (bytes: [UInt8], isCut: Bool)? {
    // Without O_NONBLOCK opening a pipe would wait for a writer.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let start = max(0, Int(status.st_size) - longest)
    let wanted = Int(status.st_size) - start
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      count = max(0, pread(file, buffer.baseAddress, wanted, start))
    }
    return (bytes, start > 0)
  }

  /// Adds an entry, and writes it to the file; one that repeats the last is left out.
  public mutating func add(_ text: String) {
    guard !text.allSatisfy(\.isWhitespace), text != entries.last else { return }
    entries.append(text)
    if entries.count > Self.most + 1000 { entries.removeFirst(1000) }
    guard let path else { return }
    // Appending a line is one write, so sessions side by side do not harm each other's.
    Self.write(Self.encoded(text) + "\n", to: path, O_APPEND)
  }

  /// Writes the file anew with what is known, under another name first, so that it is never half there.
  private func replaceFile() {
    guard let path else { return }
    let temporary = "\(path).\(getpid()).part"
    if Self.write(entries.map { Self.encoded($0) + "\n" }.joined(), to: temporary, O_TRUNC) {
      rename(temporary, path)
    } else {
      unlink(temporary)
    }
  }

  /// - Returns: whether all of it was written.
  @discardableResult
  private static func write(_ text: String, to path: String, _ flag: Int32) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | flag, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    let bytes = Array(text.utf8)
    return Glibc.write(file, bytes, bytes.count) == bytes.count
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

  /// The place of the newest entry before a place that has a text in it, and is not what is shown already.
  func place(before place: Int, containing part: String, besides shown: String? = nil) -> Int? {
    guard !part.isEmpty else { return nil }
    return entries[..<min(place, entries.count)].lastIndex { $0 != shown && Self.has($0, part) }
  }

  /// The place of the oldest entry behind a place that has a text in it, and is not what is shown already.
  func place(after place: Int, containing part: String, besides shown: String) -> Int? {
    guard !part.isEmpty, place + 1 < entries.count else { return nil }
    return entries[(place + 1)...].firstIndex { $0 != shown && Self.has($0, part) }
  }

  /// Large and small letters are told apart where the text has large ones.
  private static func has(_ entry: String, _ part: String) -> Bool {
    part.contains(where: \.isUppercase) ? entry.contains(part) : entry.lowercased().contains(part)
  }
}
