import Learning
import Plotting

/// A number with so many significant figures.
func digits(_ value: Double, _ count: Int) -> String { Figures.significant(value, count) }

extension Explanation {
  /// As a textbook prints it: each path as a product, then their sum beside the backward pass and a central difference.
  public func text(width: Int = 80, isUnicode: Bool = true) -> String {
    lines(width: width, isUnicode: isUnicode).joined(separator: "\n")
  }

  /// - Parameter width: no line is wider.
  func lines(width: Int, isUnicode: Bool = true) -> [String] {
    let table = PathTable(self, width: max(32, width), isUnicode: isUnicode)
    let name = isUnicode ? "∂L/∂\(target)" : "dL/d(\(target))"
    var lines = ["\(name) = \(table.number(backprop))", ""]
    let detailed = paths.count <= 4 ? paths.count : 3
    for (i, path) in paths.prefix(detailed).enumerated() { lines += table.block(i, path) + [""] }
    for (i, path) in paths.enumerated().dropFirst(detailed) {
      lines.append(table.row("path \(i + 1): \(table.way(path))", table.number(path.product)))
    }
    let left = count - zeroCount - paths.count
    if left > 0 { lines.append(table.row("\(Figures.grouped(left)) weaker paths", table.number(rest))) }
    if zeroCount > 0 {
      let paths = count == 1 ? "the only path has" : "\(Figures.grouped(zeroCount)) of \(Figures.grouped(count)) paths have"
      lines.append("\(paths) a factor of exactly 0")
    }
    if left > 0 { lines += ["", "through the strongest neurons of each layer:"] + shareLines(table) }
    if lines.last != "" { lines.append("") }
    lines.append(table.row("sum of \(count == 1 ? "the path" : "\(Figures.grouped(count)) paths")", table.number(value)))
    lines.append(table.row("backprop", table.number(backprop)))
    lines.append(table.row("central difference", table.number(numeric)))
    lines.append(verdict)
    return lines.map { table.spelled($0).cut(to: width, isUnicode: isUnicode) }
  }

  private var verdict: String {
    if isKink { return "the loss bends here, where a central difference finds no slope" }
    return isOK ? "the three agree" : "they do NOT agree"
  }

  /// What the strongest neurons of each layer carry.
  private func shareLines(_ table: PathTable) -> [String] {
    layers.dropFirst().map { layer in
      let strongest = layer.shares.indices.sorted { abs(layer.shares[$0]) > abs(layer.shares[$1]) }.prefix(4)
      let text = strongest.map { "[\($0)] \(digits(layer.shares[$0], 3))" }.joined(separator: "  ")
      return "  \(layer.name): \(text)\(layer.shares.count > 4 ? " …" : "")"
    }
  }
}

/// The paths in columns that all of them share: symbol, formula, source, number.
private struct PathTable {
  private let explanation: Explanation
  private let isUnicode: Bool
  private let width: Int
  private let formulaWidth: Int
  private let sourceWidth: Int

  private static let symbolWidth = 6

  init(_ explanation: Explanation, width: Int, isUnicode: Bool) {
    self.explanation = explanation
    self.isUnicode = isUnicode
    func spelled(_ text: String) -> String { isUnicode ? text : text.asASCII }
    let factors = explanation.paths.flatMap(\.factors)
    let numberWidth = 14
    let room = width - 2 - Self.symbolWidth - 2 - 2 - numberWidth
    let (formula, source) = (
      factors.map { spelled($0.formula).columns }.max() ?? 0, factors.map { spelled($0.source).columns }.max() ?? 0
    )
    formulaWidth = min(formula, max(8, room / 2, room - source))
    sourceWidth = min(source, max(8, room - formulaWidth))
    self.width = min(width, max(44, 2 + Self.symbolWidth + 2 + formulaWidth + 2 + sourceWidth + numberWidth))
  }

  func spelled(_ text: String) -> String { isUnicode ? text : text.asASCII }

  /// As many figures as the type of the loss holds.
  func number(_ value: Double) -> String { digits(value, explanation.isDouble ? 7 : 6) }

  /// A name with its number at the right edge.
  func row(_ name: String, _ number: String) -> String {
    spelled(name).cut(to: width - number.columns - 1, isUnicode: isUnicode).padded(to: width - number.columns) + number
  }

  func way(_ path: Explanation.Path) -> String {
    (path.example.map { "example \($0): " } ?? "") + "L ← " + path.neurons.reversed().joined(separator: " ← ")
  }

  func block(_ i: Int, _ path: Explanation.Path) -> [String] {
    ["path \(i + 1) of \(Figures.grouped(explanation.count)): \(way(path))"]
      + path.factors.map { factor in
        let name = "  " + fit(factor.symbol, Self.symbolWidth) + "  " + fit(factor.formula, formulaWidth) + "  " + factor.source
        return row(name, number(factor.value))
      } + [product(of: path)]
  }

  private func product(of path: Explanation.Path) -> String {
    let terms = path.factors.map { $0.value < 0 ? "(\(digits($0.value, 4)))" : digits($0.value, 4) }
    let whole = spelled("  = " + terms.joined(separator: " × ") + " = ") + number(path.product)
    return whole.columns < width
      ? row(String(whole.dropLast(number(path.product).count)), number(path.product))
      : row("  product", number(path.product))
  }

  private func fit(_ text: String, _ width: Int) -> String {
    spelled(text).cut(to: width, isUnicode: isUnicode).padded(to: width)
  }
}
