/// The cells of a table of comma-separated values, as RFC 4180 has them, under the names of its first row.
///
/// Cells may be quoted, lines may end in CR LF or CR, a byte-order mark is skipped, and semicolons or tabs separate where
/// the first row has no comma. What the cells mean is the business of `TableReader`.
public struct CSVTable {
  public let names: [String]
  public let rowCount: Int

  private let bytes: [UInt8]
  private let cells: [CSVCell]
  private let lines: [Int]

  public init(_ text: StaticString) throws(TableError) {
    try self.init(bytes: text.withUTF8Buffer { Array($0) })
  }

  /// - Parameter bytes: the whole text, in UTF-8.
  public init(bytes: [UInt8]) throws(TableError) {
    if let place = CSVTable.invalidUTF8(bytes) { throw TableError(.notText, row: place) }
    let bytes = CSVTable.withLines(bytes)
    var scanner = CSVScanner(bytes: bytes)
    guard let first = try scanner.nextRow() else { throw TableError(.empty, row: 1) }
    let names = first.cells.enumerated().map { i, cell in
      let name = CSVTable.text(of: cell, in: bytes)
      return name.isEmpty ? "column\(i + 1)" : name
    }
    if CSVTable.areNumbers(names) { throw TableError(.noNames, row: first.line) }
    for (i, name) in names.enumerated() where names[..<i].contains(name) {
      throw TableError(.nameTwice, row: first.line, column: i + 1, name: name)
    }
    var cells: [CSVCell] = []
    var lines: [Int] = []
    while let row = try scanner.nextRow() {
      guard row.cells.count == names.count else {
        throw TableError(.wrongCellCount(found: row.cells.count, expected: names.count), row: row.line)
      }
      cells += row.cells
      lines.append(row.line)
    }
    guard !lines.isEmpty else { throw TableError(.empty, row: 2) }
    self.names = names
    self.bytes = bytes
    self.cells = cells
    self.lines = lines
    rowCount = lines.count
  }

  /// The line of the file, counted from 1, on which a row begins.
  public func line(ofRow row: Int) -> Int { lines[row] }

  /// What stands in a cell, without quotes and the blanks around it.
  public func text(row: Int, column: Int) -> String {
    CSVTable.text(of: cells[row * names.count + column], in: bytes)
  }

  public func isEmpty(row: Int, column: Int) -> Bool {
    cells[row * names.count + column].range.isEmpty
  }

  /// The number in a cell, correctly rounded; none if something else stands there.
  public func number(row: Int, column: Int) -> Double? {
    let range = cells[row * names.count + column].range
    return Decimal.parse(bytes, range)
  }

  /// Whether a first row is one of data: all its cells are numbers, or one is a number that nobody calls a column, as 5.1.
  private static func areNumbers(_ names: [String]) -> Bool {
    let numbers = names.filter { Decimal.parse(Array($0.utf8), 0..<$0.utf8.count) != nil }
    return numbers.count == names.count || numbers.contains { $0.contains(".") }
  }

  private static func text(of cell: CSVCell, in bytes: [UInt8]) -> String {
    let text = String(decoding: bytes[cell.range], as: UTF8.self)
    return cell.isQuoted ? text.replacingDoubledQuotes() : text
  }

  /// The text with LF where its lines end in CR alone.
  private static func withLines(_ bytes: [UInt8]) -> [UInt8] {
    let (newline, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    guard !bytes.contains(newline), bytes.contains(carriageReturn) else { return bytes }
    return bytes.map { $0 == carriageReturn ? newline : $0 }
  }

  /// The line with the first byte that is no UTF-8, or nothing.
  private static func invalidUTF8(_ bytes: [UInt8]) -> Int? {
    // Most tables are ASCII, which needs no decoding.
    if bytes.allSatisfy({ $0 < 0x80 && $0 != 0 }) { return nil }
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var line = 1
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let scalar):
        if scalar.first == 0 { return line }
        if scalar.first == UInt8(ascii: "\n") { line += 1 }
      case .emptyInput: return nil
      case .error: return line
      }
    }
  }
}

extension String {
  fileprivate func replacingDoubledQuotes() -> String {
    var result = ""
    var isSecond = false
    for character in self {
      if character == "\"", isSecond {
        isSecond = false
        continue
      }
      isSecond = character == "\""
      result.append(character)
    }
    return result
  }
}
