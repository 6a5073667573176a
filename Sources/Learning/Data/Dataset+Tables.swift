import Tensors

extension Dataset {
  /// The rows of a table, with `target`, if one is named, as `y`.
  ///
  /// A target of words is coded as class numbers. One of whole numbers is taken for class numbers if these are 0, 1, …
  /// without a gap and each stands for two rows on average; any other target is a regression's.
  public init(
    _ table: CSVTable, target: String? = nil, missing: MissingCells = .refuse, name: String = "dataset"
  ) throws(LearningError) {
    do {
      let reader = try TableReader(table, target: target, missing: missing)
      var columns = try reader.columns()
      let last = reader.target.map { columns.remove(at: $0) }
      try self.init(columns: columns, target: last, name: name)
    } catch let error as TableError {
      throw .table(error)
    } catch let error as TensorError {
      throw .tensor(error)
    } catch let error as LearningError {
      throw error
    } catch {
      throw .program(error)
    }
  }

  private init(columns: [TableReader.Column], target: TableReader.Column?, name: String) throws {
    let rows = columns[0].values.count
    var values: [Double] = []
    values.reserveCapacity(rows * columns.count)
    for row in 0..<rows {
      for column in columns { values.append(column.values[row]) }
    }
    var y: Tensor?
    if let target {
      let isClasses = target.words != nil || Dataset.areClassNumbers(target.values)
      y = try Tensor(target.values, dtype: isClasses ? .int64 : .defaultFloat)
    }
    try self.init(
      x: Tensor(values, shape: Shape([rows, columns.count])), y: y, classes: target?.words ?? [],
      features: columns.map(\.name), name: name)
  }

  /// Whether these are 0, 1, … without a gap, and each stands for `rows` rows on average: in a table two, since numbers in
  /// order may be measured as well.
  public static func areClassNumbers(_ values: [Double], rows: Int = 2) -> Bool {
    let distinct = Set(values)
    guard !distinct.isEmpty, distinct.count * rows <= values.count else { return false }
    return distinct.allSatisfy { $0 == $0.rounded() && $0 >= 0 && $0 < Double(distinct.count) }
  }
}

/// The tables that the program carries with it.
public enum BundledTable: String, CaseIterable, Sendable {
  case iris, wine, breastCancer = "breast_cancer", diabetes, digits

  /// The text of the table and the column that is to be predicted.
  private var source: (text: StaticString, target: String) {
    switch self {
    case .iris: (BundledTable.irisText, "species")
    case .wine: (BundledTable.wineText, "cultivar")
    case .breastCancer: (BundledTable.breastCancerText, "diagnosis")
    case .diabetes: (BundledTable.diabetesText, "progression")
    case .digits: (BundledTable.digitsText, "digit")
    }
  }

  public func load() throws(LearningError) -> Dataset {
    let (text, target) = source
    let table: CSVTable
    do {
      table = try CSVTable(text)
    } catch {
      throw .table(error)
    }
    let data = try Dataset(table, target: target, name: rawValue)
    guard self == .digits else { return data }
    return try Dataset(
      x: data.x, y: data.y, classes: data.classes, features: data.features, imageSize: [8, 8], name: rawValue)
  }
}

extension Dataset {
  /// The rows of a table of comma-separated values in UTF-8.
  public init(
    csv bytes: [UInt8], target: String? = nil, missing: MissingCells = .refuse, name: String = "dataset"
  ) throws(LearningError) {
    do {
      self = try Dataset(CSVTable(bytes: bytes), target: target, missing: missing, name: name)
    } catch let error as TableError {
      throw .table(error)
    } catch let error as LearningError {
      throw error
    } catch {
      throw .program(error)
    }
  }
}
