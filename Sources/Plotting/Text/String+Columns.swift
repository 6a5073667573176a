import Diagnostics

// Widths are in columns of a terminal: some characters take two.
extension String {
  public var columns: Int { reduce(0) { $0 + Printable.width(of: $1) } }

  public var trimmedRight: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// One line, without what a terminal might obey.
  var printable: String { Printable.text(replacing("\n", with: " ").replacing("\t", with: " ")) }

  /// The beginning that fits, with a sign that something is missing.
  public func cut(to width: Int, isUnicode: Bool = true) -> String {
    guard columns > width else { return self }
    let sign = isUnicode ? "…" : ".."
    var kept = ""
    var free = width - sign.count
    for character in self {
      free -= Printable.width(of: character)
      guard free >= 0 else { break }
      kept.append(character)
    }
    return width >= sign.count ? kept + sign : ""
  }

  public func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - columns)) }

  public func indented(to width: Int) -> String { String(repeating: " ", count: max(0, width - columns)) + self }

  func centred(in width: Int) -> String { String(repeating: " ", count: max(0, width - columns) / 2) + self }

  /// As ASCII spells it: the signs of formulas one by one; letters of a person's own names stay.
  public var asASCII: String {
    guard !utf8.allSatisfy({ $0 < 0x80 }) else { return self }
    return reduce(into: "") { $0 += Self.spellings[$1] ?? String($1) }
  }

  private static let spellings: [Character: String] = [
    "∂": "d", "δ": "delta", "σ": "sigmoid", "Σ": "sum", "←": "<-", "→": "->", "·": "*", "×": "x", "−": "-", "…": "..", "′": "'",
    "²": "^2", "³": "^3", "√": "sqrt", "‖": "||", "Δ": "delta ", "₁": "1", "₀": "0", "ₖ": "_k", "ⱼ": "_j", "≤": "<=", "≥": ">=",
    "≠": "!=", "½": "1/2", "π": "pi", "∞": "inf", "ᵀ": "^T", "β": "beta", "ε": "eps", "λ": "lambda", "α": "alpha", "Φ": "Phi",
    "φ": "phi", "⋮": ":", "ᶻ": "^z", "ᵇ": "^b", "ᵗ": "^t", "₂": "2", "ᵢ": "_i", "⌊": "floor(", "⌋": ")", "⁻": "^-", "¹": "1",
    "⊙": "*",
  ]
}

/// A text of the person's or of ours on one line, in so many columns and the letters of the style.
func spelled(_ text: String, to width: Int, _ style: TextFigureStyle) -> String {
  let text = text.printable
  return (style.isUnicode ? text : text.asASCII).cut(to: width, isUnicode: style.isUnicode)
}
