import Execution
import Learning
import Plotting

/// What is known of a name, in parts: one page for terminals, for Markdown and for notebooks.
public struct HelpPage: Equatable, Sendable {
  public enum Part: Equatable, Sendable {
    /// How something is called.
    case call(String)
    /// A program's text, below a word that says what it is.
    case code(String, title: String = "")
    /// A text whose columns matter.
    case fixed(String)
    case words(String)
    /// A formula with what it is of.
    case formula(String, of: String)
    /// Facts by name.
    case facts([Fact])
    case table([String], rows: [[String]])
    case figure(Figure)
  }

  /// Something known, as `shape  [2, 3]`.
  public struct Fact: Equatable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public var parts: [Part]
  private let style: TextStyle

  /// - Parameter style: what the page as text may take.
  public init(_ parts: [Part], style: TextStyle) {
    self.parts = parts
    self.style = style
  }

  /// A text that looks the same everywhere.
  public init(plain text: String) {
    self.init([.fixed(text)], style: TextStyle())
  }

  /// The page in lines of less than the style's width; those of programs stay as they are.
  public var text: String {
    var text = ""
    for (i, part) in parts.enumerated() {
      if i > 0 { text += part.isFormula && parts[i - 1].isFormula ? "\n" : "\n\n" }
      text += self.text(of: part)
    }
    return text
  }

  private func text(of part: Part) -> String {
    switch part {
    case .call(let call): return call.wrapped(to: style.width, indent: 4)
    case .code(let code, let title):
      let lines = code.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    " + $0 }
      return ((title.isEmpty ? [] : [title + ":"]) + lines).joined(separator: "\n")
    case .fixed(let text): return text
    case .words(let words): return words.wrapped(to: style.width)
    case .formula(let formula, let name): return "\(name): \(formula)".wrapped(to: style.width, indent: name.count + 2)
    case .facts(let facts):
      let column = facts.map(\.name.count).max() ?? 0
      return facts.map { fact in
        (fact.name.padding(to: column) + "  " + fact.value).wrapped(to: style.width, indent: column + 2)
      }.joined(separator: "\n")
    case .table(let header, let rows):
      var table = TextTable(header)
      for row in rows { table.add(row) }
      return table.text
    case .figure(let figure):
      return figure.text(
        TextFigureStyle(
          width: min(style.width - 1, 60), height: 9, hasColor: style.hasColor, isUnicode: style.hasUnicode))
    }
  }
}

extension HelpPage.Part {
  fileprivate var isFormula: Bool {
    if case .formula = self { true } else { false }
  }
}

extension HelpPage {
  /// The page as Markdown.
  public var markdown: String { parts.map(Self.markdown(of:)).joined(separator: "\n\n") }

  private static func markdown(of part: Part) -> String {
    switch part {
    case .call(let call): fenced(call, language: "python")
    case .code(let code, _): fenced(code, language: "python")
    case .fixed(let text): fenced(text)
    case .words(let words): escaped(words)
    case .formula(let formula, let name): "\(name): `\(formula)`"
    case .facts(let facts): facts.map { "- \(escaped($0.name)): \(escaped($0.value))" }.joined(separator: "\n")
    case .table(let header, let rows):
      ([header, header.indices.map { $0 == 0 ? "---" : "---:" }] + rows.map { $0.map(escaped) })
        .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    case .figure(let figure): "![\(escaped(figure.title))](\(figure.dataAddress))"
    }
  }

  /// Code, or a text whose columns matter.
  public static func fenced(_ code: String, language: String = "") -> String {
    var longest = 0
    var run = 0
    for byte in code.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(code)\n\(fence)"
  }

  /// Words in which no sign means anything to Markdown.
  public static func escaped(_ words: String) -> String {
    var escaped = ""
    for scalar in words.unicodeScalars {
      if "\\`*_{}[]()<>#|$~&".unicodeScalars.contains(scalar) { escaped.unicodeScalars.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
}
