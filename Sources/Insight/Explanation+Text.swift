import Learning
import Plotting

/// A number with so many significant figures.
func digits(_ value: Double, _ count: Int) -> String { Figures.significant(value, count) }

extension Explanation {
  /// As a textbook prints it: each path as a product, then their sum beside the backward pass and a central difference.
  public func text(width: Int = 80) -> String {
    var lines = ["∂L/∂\(target) = \(digits(backprop, 7))", ""]
    for (i, path) in paths.enumerated() {
      lines.append(heading(i, path, width))
      lines += rows(of: path, width)
      lines.append(product(of: path, width))
      lines.append("")
    }
    let left = count - zeroCount - paths.count
    if left > 0 { lines.append(row("\(Figures.grouped(left)) weaker paths", digits(rest, 7), width)) }
    if zeroCount > 0 {
      let paths = count == 1 ? "the only path has" : "\(Figures.grouped(zeroCount)) of \(Figures.grouped(count)) paths have"
      lines.append("\(paths) a factor of exactly 0")
    }
    if left > 0 { lines += shareLines(width) + [""] }
    lines.append(row("sum of \(count == 1 ? "the path" : "\(Figures.grouped(count)) paths")", digits(value, 7), width))
    lines.append(row("backprop", digits(backprop, 7), width))
    lines.append(row("central difference", digits(numeric, 7), width))
    lines.append(isOK ? "the three agree" : "they do NOT agree")
    return lines.joined(separator: "\n")
  }

  private func heading(_ i: Int, _ path: Path, _ width: Int) -> String {
    let example = path.example.map { "example \($0): " } ?? ""
    let way = path.neurons.reversed().joined(separator: " ← ")
    let text = "path \(i + 1) of \(Figures.grouped(count)): \(example)L ← \(way)"
    return text.count <= width ? text : String(text.prefix(width - 1)) + "…"
  }

  private func rows(of path: Path, _ width: Int) -> [String] {
    let numbers = path.factors.map { digits($0.value, 7) }
    let numberWidth = numbers.map(\.count).max() ?? 0
    let formulaWidth = min(path.factors.map(\.formula.count).max() ?? 0, max(0, width / 3))
    let sourceWidth = max(4, width - 2 - 6 - 2 - formulaWidth - 2 - numberWidth - 1)
    return zip(path.factors, numbers).map { factor, number in
      "  " + fit(factor.symbol, 6) + " " + fit(factor.formula, formulaWidth) + "  " + fit(factor.source, sourceWidth)
        + String(repeating: " ", count: numberWidth - number.count + 1) + number
    }
  }

  private func product(of path: Path, _ width: Int) -> String {
    let terms = path.factors.map { $0.value < 0 ? "(\(digits($0.value, 4)))" : digits($0.value, 4) }
    let text = "  = " + terms.joined(separator: " × ")
    let result = " = \(digits(path.product, 7))"
    return text.count + result.count <= width
      ? text + result
      : "  product" + String(repeating: " ", count: max(1, width - 9 - digits(path.product, 7).count)) + digits(path.product, 7)
  }

  /// What the strongest neurons of each layer carry.
  private func shareLines(_ width: Int) -> [String] {
    ["", "through the neurons of each layer:"]
      + shares.dropFirst().map { layer, values in
        let strongest = values.indices.sorted { abs(values[$0]) > abs(values[$1]) }.prefix(4)
        let text = strongest.map { "[\($0)] \(digits(values[$0], 3))" }.joined(separator: "  ")
        let line = "  \(layer): \(text)\(values.count > 4 ? " …" : "")"
        return line.count <= width ? line : String(line.prefix(width - 1)) + "…"
      }
  }

  private func row(_ name: String, _ number: String, _ width: Int) -> String {
    name + String(repeating: " ", count: max(1, min(width, 44) - name.count - number.count)) + number
  }

  private func fit(_ text: String, _ width: Int) -> String {
    if text.count > width { return String(text.prefix(max(0, width - 1))) + "…" }
    return text + String(repeating: " ", count: width - text.count)
  }

  /// The factors of the only path, or what each path adds.
  public func figure() -> Figure {
    var chart: Chart
    if paths.count == 1, let path = paths.first {
      chart = Chart([.bars(path.factors.map(\.value))], title: "∂L/∂\(target): the factors of its one path")
      chart.xAxis.names = path.factors.map { "\($0.symbol) = \(digits($0.value, 3))" }
    } else {
      chart = Chart([.bars(paths.map(\.product) + (rest == 0 ? [] : [rest]))], title: "∂L/∂\(target): what each path adds")
      chart.xAxis.names = paths.indices.map { "path \($0 + 1)" } + (rest == 0 ? [] : ["the rest"])
    }
    chart.marks.append(.horizontalRule(0, label: nil))
    chart.width = 620
    chart.height = 280
    return .chart(chart)
  }
}
