import Execution

/// A table for people, as `net.summary()` and `data.describe()` give it: as a cell's result it shows as it prints.
final class TableObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  private let table: String

  init(_ table: String) {
    self.table = table
  }

  override var typeName: String { "table" }

  override func text() throws(RuntimeError) -> String { table }

  /// Whether a text stands in it.
  override func contains(_ value: Value, in machine: Machine) throws(RuntimeError) -> Bool? {
    guard case .string(let text) = value else { return nil }
    return table.contains(text.text)
  }
}
