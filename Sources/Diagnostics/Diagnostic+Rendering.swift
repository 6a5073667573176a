/// How a diagnostic is written.
public struct RenderingStyle: Equatable, Sendable {
  /// Columns; longer lines of source are cut around what matters.
  public var width: Int
  public var emphasis: Emphasis

  public enum Emphasis: Sendable {
    case none
    /// Bold alone, which can be read on any ground. Notebooks set errors on red, light or dark by their theme, and no colour
    /// of theirs stands out from both.
    case weight
    case color
  }

  public init(width: Int = 100, emphasis: Emphasis = .none) {
    self.width = width
    self.emphasis = emphasis
  }
}

extension Diagnostic {
  /// The text that a person reads: what, where with the source, how to mend it, and the calls that led there.
  public func rendered(_ style: RenderingStyle = RenderingStyle()) -> String {
    var lines = [paragraph(message.isEmpty ? kind : "\(kind): ", .strong, message, indent: 2, style)]
    if let span { lines += excerpt(of: span, style) }
    if let help { lines.append("  " + paragraph("help: ", .help, help, indent: 6, style).replacing("\n", with: "\n  ")) }
    if !calls.isEmpty { lines += callLines(style) }
    return lines.joined(separator: "\n")
  }

  /// A word that stands out and a text behind it, broken at blanks where the terminal ends.
  private func paragraph(
    _ word: String, _ ink: RenderingStyle.Ink, _ text: String, indent: Int, _ style: RenderingStyle
  ) -> String {
    let lines = (word + Printable.text(text)).wrapped(to: style.width - 1, indent: indent)
    return style.paint(word, ink) + lines.dropFirst(word.count)
  }

  /// The place, one line before for context, the line itself, and carets below it.
  private func excerpt(of span: Span, _ style: RenderingStyle) -> [String] {
    let (line, column) = span.start
    let gutter = String(line).count
    let blank = String(repeating: " ", count: gutter)
    var lines = [blank + style.paint(" ┌ ", .dim) + style.paint("\(Printable.text(span.source.name)):\(line):\(column)", .place)]
    func row(_ number: Int, _ text: String) {
      let label = String(number)
      lines.append(
        style.paint(String(repeating: " ", count: gutter - label.count) + label + " │ ", .dim) + text)
    }
    let room = max(20, style.width - gutter - 3)
    let text = span.source.line(line)
    let end = span.end
    let last = end.line == line ? end.column : text.count + 1
    let window = Window(of: text, around: column, to: last, room: room)
    if line > 1 {
      let before = span.source.line(line - 1)
      if !before.allSatisfy(\.isWhitespace) {
        row(line - 1, Window(of: before, from: window.start, room: room).text)
      }
    }
    row(line, window.text)
    let under = String(repeating: " ", count: window.indent)
    let carets = String(repeating: "^", count: max(1, window.marked))
    var marks = under + style.paint(carets, .mark)
    if let label { marks += " " + style.paint(Printable.text(label), .mark) }
    lines.append(style.paint(blank + " │ ", .dim) + marks)
    return lines
  }

  private func callLines(_ style: RenderingStyle) -> [String] {
    // An endless recursion shows its ends; the middle says nothing new.
    let folded = foldedCalls
    let shown = 8
    let middle = folded.count > shown ? shown / 2..<(folded.count - shown / 2) : 0..<0
    var lines: [String] = []
    for (i, (call, times)) in folded.enumerated() {
      if middle.contains(i) {
        if i == middle.lowerBound { lines.append("  … \(folded[middle].reduce(0) { $0 + $1.times }) more calls") }
        continue
      }
      let (line, _) = call.span.start
      let code = call.span.source.line(line).trimmingSpaces
      lines.append(
        "  " + style.paint("called from", .dim) + " \(Printable.text(call.span.source.name)):\(line)"
          + (call.function.isEmpty ? "" : " in \(call.function)")
          + style.paint("  \(Printable.text(String(code.prefix(60))))", .dim) + (times > 1 ? "  (\(times) times)" : ""))
    }
    return lines
  }

  /// The calls, each with how often it stands there in a row.
  private var foldedCalls: [(call: CallSite, times: Int)] {
    calls.reduce(into: []) { folded, call in
      if folded.last?.call == call { folded[folded.count - 1].times += 1 } else { folded.append((call, 1)) }
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: Substring {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return rest
  }
}

/// The part of a line that is shown, with tabs as spaces and control characters made visible.
private struct Window {
  /// The first character that is shown, from 0.
  var start: Int
  var text: String
  /// Columns before the marked part, and of it.
  var indent = 0
  var marked = 0

  init(of line: String, from start: Int, room: Int) {
    self.start = start
    text = Window.cut(line, from: start, room: room)
  }

  init(of line: String, around column: Int, to end: Int, room: Int) {
    let characters = Array(line)
    let first = column - 1
    let last = max(end - 1, first)
    let width = characters.prefix(last).reduce(0) { $0 + Printable.width(of: $1) }
    start = width <= room ? 0 : max(0, min(first, last) - room / 2)
    text = Window.cut(line, from: start, room: room)
    let visible = characters.dropFirst(start)
    indent = visible.prefix(max(0, first - start)).reduce(0) { $0 + Printable.width(of: $1) } + (start > 0 ? 1 : 0)
    let spanned = characters[min(first, characters.count)..<min(last, characters.count)]
    marked = min(max(1, spanned.reduce(0) { $0 + Printable.width(of: $1) }), max(1, room - indent))
  }

  /// What has room of a line from a character on, with `…` where something is left out.
  private static func cut(_ line: String, from start: Int, room: Int) -> String {
    let rest = Array(line).dropFirst(start)
    var text = start > 0 ? "…" : ""
    let whole = rest.reduce(text.count) { $0 + Printable.width(of: $1) }
    let end = whole <= room ? room : room - 1
    var width = text.count
    for character in rest {
      width += Printable.width(of: character)
      if width > end { return text + "…" }
      text += Printable.character(character)
    }
    return text
  }
}
