import Learning
import Plotting

extension WorkedExample {
  /// The forward pass, the backward pass and the update, in at most `width` columns.
  public func text(width: Int = 80, isUnicode: Bool = true) -> String {
    let page = Page(width: width, isUnicode: isUnicode)
    return (forward(page) + [""] + backward(page) + [""] + update(page)).joined(separator: "\n")
  }

  public func figure() -> Figure {
    .lines(
      TextSheet(
        title: "worked example", lines: text(width: 92).split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    )
  }

  private func forward(_ page: Page) -> [String] {
    var lines = ["FORWARD"]
    if let first = layers.first { lines += page.named("x", first.input) }
    for (i, layer) in layers.enumerated() {
      lines.append(layer.activation.isEmpty ? layer.name : "\(layer.name), \(layer.activation)")
      if !layer.weights.isEmpty {
        let bias = layer.weights.count > 1 ? " + b" : ""
        lines += page.named("  z = \(i == 0 ? "x" : "a") · W\(bias)", layer.z)
      } else if layer.activation.isEmpty {
        lines += page.named("  a = \(layer.name)(\(i == 0 ? "x" : "a"))", layer.a)
      }
      if !layer.activation.isEmpty { lines += page.named("  a = \(layer.activation)(z)", layer.a) }
    }
    lines.append("loss, \(lossName)")
    if let probability { lines += page.named("  p = \(probability.name)(z)", probability.values) }
    lines += page.named("  target t", target)
    lines += page.named("  L", [[loss]], figures: 8)
    if !lossFormula.isEmpty { lines.append(page.line("  the mean of \(lossFormula)")) }
    return lines
  }

  private func backward(_ page: Page) -> [String] {
    var lines = ["BACKWARD"]
    for i in layers.indices.reversed() where !layers[i].weights.isEmpty {
      let layer = layers[i]
      lines.append(layer.name)
      lines += page.named("  δ = \(deltaFormula(i))", layer.delta)
      for weight in layer.weights {
        let formula = weight.name == "weight" ? " = \(i == 0 ? "x" : "a")ᵀ · δ" : weight.name == "bias" ? " = Σ δ" : ""
        lines += page.named("  ∂L/∂\(weight.name)\(formula)", weight.gradient)
      }
    }
    return lines
  }

  private func update(_ page: Page) -> [String] {
    var lines = [page.line("UPDATE by \(optimizer)")] + page.wrapped(rule)
    for layer in layers {
      for weight in layer.weights {
        lines.append(page.line("\(layer.name).\(weight.name)"))
        lines += page.named("  w", weight.value) + page.named("  becomes", weight.next)
      }
    }
    return lines
  }

  /// How δ = ∂L/∂z of a layer comes from what follows it.
  private func deltaFormula(_ i: Int) -> String {
    let next = layers[(i + 1)...]
    if let last = next.first, last.weights.isEmpty, last.activation.isEmpty { return "∂L/∂z" }
    let slope = layers[i].activation.isEmpty ? next.first { $0.weights.isEmpty }?.activation ?? "" : layers[i].activation
    if next.contains(where: { !$0.weights.isEmpty }) { return slope.isEmpty ? "δ · Wᵀ" : "(δ · Wᵀ) ⊙ \(slope)′(z)" }
    guard slope.isEmpty else { return "∂L/∂a ⊙ \(slope)′(z)" }
    let (rows, numbers) = (layers[i].z.count, layers[i].z.count * (layers[i].z.first?.count ?? 1))
    func over(_ count: Int, _ text: String) -> String { count > 1 ? "(\(text)) / \(count)" : text }
    switch lossName {
    case LossKind.crossEntropy.name: return over(rows, "p − t")
    case LossKind.binaryCrossEntropy.name: return over(numbers, "p − t")
    case LossKind.mse.name: return numbers > 1 ? "2 (z − t) / \(numbers)" : "2 (z − t)"
    default: return "∂L/∂z"
    }
  }
}

/// Names on the left and matrices on the right, in so many columns.
private struct Page {
  let width: Int
  let isUnicode: Bool

  private var labelWidth: Int { min(28, max(14, width * 2 / 5)) }

  func line(_ text: String) -> String { (isUnicode ? text : text.asASCII).cut(to: width, isUnicode: isUnicode) }

  /// The rows of a matrix, beside their name or, where that is long, below it. Of large ones the first numbers of the first rows.
  func named(_ name: String, _ rows: [[Double]], figures: Int = 6) -> [String] {
    let label = line(name)
    let texts = matrix(rows, figures, room: width - labelWidth)
    guard label.columns < labelWidth, let first = texts.first else { return [label] + texts.map(indented) }
    return [label.padded(to: labelWidth) + first] + texts.dropFirst().map(indented)
  }

  /// A formula of several parts, each on a line of its own.
  func wrapped(_ formula: String) -> [String] {
    formula.split(separator: ";").map { line("  " + String($0.drop { $0 == " " })) }
  }

  private func indented(_ text: String) -> String { String(repeating: " ", count: labelWidth) + text }

  private func matrix(_ rows: [[Double]], _ figures: Int, room: Int) -> [String] {
    let most = 8
    let cells = rows.prefix(most).map { $0.prefix(most).map { digits($0, figures) } }
    let cell = cells.flatMap { $0 }.map(\.count).max() ?? 0
    let gap = isUnicode ? "…" : ".."
    let count = rows.first?.count ?? 0
    // Whole numbers only: as many columns as fit between the brackets.
    let shown = count <= most && count * (cell + 2) <= room ? count : max(1, min(most, (room - 2 - gap.count) / (cell + 2)))
    let lines = cells.map { row in
      let numbers = row.prefix(shown).map { $0.indented(to: cell) } + (shown < count ? [gap] : [])
      return "[" + numbers.joined(separator: "  ") + "]"
    }
    guard rows.count > most || rows.count > 1 && shown < count else { return lines }
    return lines + ["\(gap) \(rows.count) by \(count) numbers".cut(to: room, isUnicode: isUnicode)]
  }
}
