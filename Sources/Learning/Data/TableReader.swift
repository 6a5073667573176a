import Tensors

/// What is done with a row that lacks a cell.
public enum MissingCells: String, Sendable, CaseIterable {
  /// It is an error.
  case refuse
  /// The row is left out.
  case drop
  /// The column's mean stands in; a missing target or text is an error.
  case mean
}

/// Finds out what the columns of a table hold and turns them into numbers.
///
/// A column of which at least half are numbers is a number column, any other is text. Text is coded by the place of a
/// word among the column's words in their order, so that two tables with the same words agree. An empty cell is
/// missing; in a number column `NA`, `N/A`, `NaN`, `null` and `?` are too.
public struct TableReader {
  let table: CSVTable
  let target: Int?
  let missing: MissingCells

  /// - Parameter target: the name of the column to be predicted, if there is one.
  public init(_ table: CSVTable, target: String? = nil, missing: MissingCells = .refuse) throws(TableError) {
    self.table = table
    self.missing = missing
    self.target = target.flatMap { table.names.firstIndex(of: $0) }
    if let target, self.target == nil { throw TableError(.unknownTarget(names: table.names), name: target) }
    if self.target != nil, table.names.count == 1 { throw TableError(.noFeatures) }
  }

  /// A column in numbers.
  struct Column {
    let name: String
    /// One for each row that is kept.
    var values: [Double]
    /// The words that the numbers 0, 1, … stand for; none in a number column.
    let words: [String]?
  }

  /// The columns, without rows that are dropped.
  func columns() throws(TableError) -> [Column] {
    var columns: [Column] = []
    var isDropped = [Bool](repeating: false, count: table.rowCount)
    for column in table.names.indices { columns.append(try read(column, dropping: &isDropped)) }
    guard isDropped.contains(true) else { return columns }
    guard isDropped.contains(false) else { throw TableError(.nothingLeft) }
    for i in columns.indices {
      columns[i].values = zip(columns[i].values, isDropped).filter { !$0.1 }.map(\.0)
    }
    return columns
  }

  private func read(_ column: Int, dropping isDropped: inout [Bool]) throws(TableError) -> Column {
    var numbers = (0..<table.rowCount).map { table.number(row: $0, column: column) }
    let found = numbers.count { $0 != nil }
    let filled = (0..<table.rowCount).count { !table.isEmpty(row: $0, column: column) }
    guard found * 2 >= filled else { return try words(column, dropping: &isDropped) }

    let name = table.names[column]
    var mean: Double?
    if let row = numbers.firstIndex(where: { TableReader.isTooLarge($0 ?? 0) }) {
      let place = TableError(.missing, row: table.line(ofRow: row), column: column + 1, name: name)
      throw place.with(.tooLarge(table.text(row: row, column: column)))
    }
    for row in numbers.indices where numbers[row] == nil {
      let place = TableError(.missing, row: table.line(ofRow: row), column: column + 1, name: name)
      let text = table.text(row: row, column: column)
      guard text.isEmpty || TableReader.missingNumbers.contains(text.lowercased()) else {
        throw place.with(.unreadable(text))
      }
      switch missing {
      case .refuse: throw place
      case .drop: isDropped[row] = true
      case .mean:
        guard column != target, found > 0 else { throw place.with(.noMean) }
        if mean == nil { mean = numbers.reduce(0) { $0 + ($1 ?? 0) } / Double(found) }
        numbers[row] = mean
      }
    }
    return Column(name: name, values: numbers.map { $0 ?? 0 }, words: nil)
  }

  private func words(_ column: Int, dropping isDropped: inout [Bool]) throws(TableError) -> Column {
    let texts = (0..<table.rowCount).map { table.text(row: $0, column: column) }
    let filled = texts.indices.filter { !texts[$0].isEmpty }
    let marked = filled.filter { table.number(row: $0, column: column) == nil && TableReader.isMarkedNumber(texts[$0]) }
    if let row = marked.first, marked.count * 2 > filled.count {
      throw TableError(.marked(texts[row]), row: table.line(ofRow: row), column: column + 1, name: table.names[column])
    }
    let words = Set(filled.map { texts[$0] }).sorted()
    let codes = Dictionary(uniqueKeysWithValues: zip(words, words.indices))
    var values: [Double] = []
    for (row, text) in texts.enumerated() {
      if text.isEmpty {
        let place = TableError(.missing, row: table.line(ofRow: row), column: column + 1, name: table.names[column])
        switch missing {
        case .refuse: throw place
        case .drop: isDropped[row] = true
        case .mean: throw place.with(.noMean)
        }
      }
      values.append(Double(codes[text] ?? 0))
    }
    return Column(name: table.names[column], values: values, words: words)
  }

  private static let missingNumbers: Set<String> = ["na", "n/a", "nan", "null", "?"]

  /// Whether the type of the data makes it infinite.
  private static func isTooLarge(_ number: Double) -> Bool {
    DType.defaultFloat == .float32 && !Float(number).isFinite
  }

  /// Whether a cell would be a number without marks that people put into numbers: `1,5`, `1 000`, `50 %`, `$5`.
  private static func isMarkedNumber(_ text: String) -> Bool {
    let plain = text.filter { !" \u{A0}',%$€£".contains($0) }
    return Decimal.parse(Array(plain.utf8), 0..<plain.utf8.count) != nil
  }
}

extension TableError {
  fileprivate func with(_ kind: Kind) -> TableError {
    TableError(kind, row: row, column: column, name: name)
  }
}
