import Tensors

/// What a dataset holds, column by column.
public struct DatasetDescription: Sendable {
  public let name: String
  public let rows: Int
  /// The shape of one row of `x`.
  public let shape: [Int]
  public let columns: [Column]
  /// Rows of each class, in the classes' order; empty in a regression.
  public let classes: [(name: String, rows: Int)]

  public struct Column: Sendable {
    public let name: String
    public let mean: Double
    public let deviation: Double
    public let smallest: Double
    public let largest: Double
  }
}

extension Dataset {
  public func describe() throws(LearningError) -> DatasetDescription {
    var columns: [DatasetDescription.Column] = []
    if x.rank == 2 { columns += Dataset.describe(x.doubles, names: features) }
    if x.rank == 1 { columns += Dataset.describe(x.doubles, names: ["x"]) }
    var counts: [(name: String, rows: Int)] = []
    if let y {
      if classes.isEmpty {
        if y.rank == 1 { columns += Dataset.describe(y.doubles, names: ["y"]) }
      } else {
        let labels = try operations { () throws(TensorError) in try y.ints() }
        counts = classes.enumerated().map { i, name in (name, labels.count { $0 == i }) }
      }
    }
    return DatasetDescription(
      name: name, rows: count, shape: Array(x.shape.dimensions.dropFirst()), columns: columns, classes: counts)
  }

  private static func describe(_ values: [Double], names: [String]) -> [DatasetDescription.Column] {
    guard !values.isEmpty, !names.isEmpty else { return [] }
    let width = names.count
    let (mean, deviation) = columnStatistics(values, width: width)
    var smallest = [Double](repeating: .infinity, count: width)
    var largest = [Double](repeating: -.infinity, count: width)
    for i in values.indices {
      smallest[i % width] = min(smallest[i % width], values[i])
      largest[i % width] = max(largest[i % width], values[i])
    }
    return names.indices.map {
      .init(name: names[$0], mean: mean[$0], deviation: deviation[$0], smallest: smallest[$0], largest: largest[$0])
    }
  }
}

extension DatasetDescription {
  /// A table of at most 60 columns and some twenty lines.
  public var text: String {
    let size = shape.isEmpty ? "1" : shape.map(String.init).joined(separator: " × ")
    var lines = ["\(name): \(rows) \(rows == 1 ? "row" : "rows") of \(size)"]
    if !classes.isEmpty {
      var line = "classes:"
      for (name, rows) in classes.prefix(20) {
        let item = " \(name) \(rows)"
        if line.count + item.count > 60 {
          lines.append(line)
          line = "        "
        }
        line += item
      }
      lines.append(line)
    }
    guard !columns.isEmpty else { return lines.joined(separator: "\n") }
    let shown = columns.count > 20 ? Array(columns.prefix(10)) : columns
    var table = TextTable(["", "mean", "std", "min", "max"])
    for column in shown {
      table.add([
        String(column.name.prefix(20)), short(column.mean), short(column.deviation), short(column.smallest),
        short(column.largest),
      ])
    }
    lines.append(table.text)
    if shown.count < columns.count { lines.append("… and \(columns.count - shown.count) more") }
    return lines.joined(separator: "\n")
  }

  private func short(_ value: Double) -> String { Figures.significant(value, 4) }
}
