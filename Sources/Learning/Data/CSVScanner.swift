/// A piece of a table's text. Doubled quotes are still doubled.
struct CSVCell {
  var range: Range<Int>
  var isQuoted = false
}

/// Takes the text of a table apart, row by row.
struct CSVScanner {
  let bytes: [UInt8]
  var position = 0
  private var line = 1

  /// A row and the line, counted from 1, on which it begins.
  typealias Row = (line: Int, cells: [CSVCell])

  let separator: UInt8

  init(bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    let first = bytes[position...].prefix { $0 != Byte.newline }
    separator = [Byte.comma, Byte.semicolon, Byte.tab].first { first.contains($0) } ?? Byte.comma
  }

  /// The next row that is not blank; none at the end.
  mutating func nextRow() throws(TableError) -> Row? {
    var row: [CSVCell] = []
    var start = line
    while position < bytes.count {
      row.append(try nextCell(column: row.count + 1))
      if position < bytes.count, bytes[position] == separator {
        position += 1
        continue
      }
      position += 1
      line += 1
      if row.count == 1, row[0].range.isEmpty, !row[0].isQuoted {
        row = []
        start = line
        continue
      }
      return (start, row)
    }
    // A separator was the last byte of the text: an empty cell follows it.
    if !row.isEmpty { row.append(CSVCell(range: position..<position)) }
    return row.isEmpty ? nil : (start, row)
  }

  /// The cell at `position`, which is left on the separator or line end behind it.
  private mutating func nextCell(column: Int) throws(TableError) -> CSVCell {
    skipBlanks()
    if position < bytes.count, bytes[position] == Byte.quote { return try quotedCell(column: column) }
    let start = position
    while position < bytes.count, bytes[position] != separator, bytes[position] != Byte.newline { position += 1 }
    var end = position
    while end > start, Byte.isBlank(bytes[end - 1]) { end -= 1 }
    return CSVCell(range: start..<end)
  }

  private mutating func quotedCell(column: Int) throws(TableError) -> CSVCell {
    let opening = line
    position += 1
    let start = position
    while true {
      guard position < bytes.count else { throw TableError(.openQuote, row: opening, column: column) }
      if bytes[position] == Byte.newline { line += 1 }
      if bytes[position] == Byte.quote {
        guard position + 1 < bytes.count, bytes[position + 1] == Byte.quote else { break }
        position += 1
      }
      position += 1
    }
    let end = position
    position += 1
    skipBlanks()
    guard position >= bytes.count || bytes[position] == separator || bytes[position] == Byte.newline else {
      throw TableError(.textAfterQuote, row: line, column: column)
    }
    return CSVCell(range: start..<end, isQuoted: true)
  }

  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position] != separator, Byte.isBlank(bytes[position]) { position += 1 }
  }
}

private enum Byte {
  static let newline = UInt8(ascii: "\n")
  static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let semicolon = UInt8(ascii: ";")
  static let tab = UInt8(ascii: "\t")

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == tab || byte == 0x0D }
}
