import Glibc

/// Columns of text: the first ones to the left, the others to the right.
public struct TextTable {
  private var rows: [[String]]
  private let leftColumns: Int

  public init(_ header: [String], leftColumns: Int = 1) {
    rows = [header]
    self.leftColumns = leftColumns
  }

  public mutating func add(_ row: [String]) { rows.append(row) }

  public var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { i, cell in
        let blanks = String(repeating: " ", count: widths[i] - cell.count)
        return i < leftColumns ? cell + blanks : blanks + cell
      }
      let line = cells.joined(separator: "  ")
      return String(line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
    }.joined(separator: "\n")
  }
}

/// Numbers as people read them in tables.
public enum Figures {
  /// At most so many significant figures: `5.843`, `1.5e+06`.
  public static func significant(_ value: Double, _ figures: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    guard value != 0 else { return "0" }
    var size = Int(floor(log10(abs(value))))
    // Rounding may give one digit more.
    if (abs(value) / pow(10, Double(size - figures + 1))).rounded() >= pow(10, Double(figures)) { size += 1 }
    if size >= figures + 2 || size < -4 {
      let mantissa = value / pow(10, Double(size))
      return "\(trimmed(mantissa, decimals: figures - 1))e\(size < 0 ? "-" : "+")\(abs(size))"
    }
    return trimmed(value, decimals: max(0, figures - 1 - size))
  }

  /// A whole number with commas between thousands.
  public static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var result = ""
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return value < 0 ? "-" + result : result
  }

  /// A number of bytes in the unit that fits.
  public static func bytes(_ count: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var value = Double(count)
    var unit = 0
    while value >= 1024, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return "\(significant(value, 3)) \(units[unit])"
  }

  private static func trimmed(_ value: Double, decimals: Int) -> String {
    let scale = pow(10, Double(decimals))
    let rounded = (value * scale).rounded() / scale
    let text = "\(rounded)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
