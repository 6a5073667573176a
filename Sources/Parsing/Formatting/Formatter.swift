import Diagnostics

extension Module {
  /// A program in its one form: the same tree and comments, with the lines, blanks and brackets that every program has.
  ///
  /// - Returns: the text, or nil with the mistakes that keep it from being read.
  public static func format(_ source: Source) -> (text: String?, diagnostics: [Diagnostic]) {
    let (module, diagnostics) = parse(source)
    guard !diagnostics.contains(where: \.isError) else { return (nil, diagnostics) }
    var lexer = Lexer(source)
    lexer.readAll()
    var formatter = Formatter(source, endsWithSemicolon: module.hidesLastValue)
    formatter.write(LineCutter(source, lexer.tokens).items)
    return (formatter.text, diagnostics)
  }
}

/// Writes a program line by line, with the empty lines between.
private struct Formatter {
  private var layout: Layout
  private let endsWithSemicolon: Bool
  private let isMarked: Bool

  init(_ source: Source, endsWithSemicolon: Bool) {
    layout = Layout(source)
    self.endsWithSemicolon = endsWithSemicolon
    isMarked = source.utf8.starts(with: [0xEF, 0xBB, 0xBF])
  }

  /// What was written, with the line ends of the source.
  var text: String {
    let bytes = layout.source.utf8
    let start = isMarked ? "\u{FEFF}" : ""
    guard let end = bytes.firstIndex(of: 0x0A), end > 0, bytes[end - 1] == 0x0D else { return start + layout.page.text }
    // Strings may hold them already.
    return start + layout.page.text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
  }

  mutating func write(_ items: [LineItem]) {
    let last = items.lastIndex { if case .line = $0 { true } else { false } }
    for (place, item) in items.enumerated() {
      let indent = item.level * Layout.step
      if place > 0 {
        for _ in 0..<blankLines(before: place, items) { layout.page.skipLine() }
      }
      if indent > 0 { layout.page.write(String(repeating: " ", count: indent)) }
      switch item {
      case .comment(let comment, _): layout.page.write(comment.text(in: layout.source))
      case .line(let line):
        let mark = endsWithSemicolon && place == last ? ";" : ""
        layout.write(Run(statement: Nesting.nodes(Spacing(line.leaves).leaves)), indent: indent, tail: mark.utf8.count)
        layout.page.write(mark)
        for comment in line.comments { layout.page.write("  " + comment.text(in: layout.source)) }
      }
      layout.page.endLine(indent: 0)
    }
  }

  // MARK: Empty lines

  /// The writer's own, within bounds; a function stands apart from what is before and behind it.
  private func blankLines(before place: Int, _ items: [LineItem]) -> Int {
    let item = items[place]
    let before = items[place - 1]
    if item.level > before.level || item.continues || before.isDecorator { return 0 }
    let own = min(item.blankLines, item.level == 0 ? 2 : 1)
    return own == 0 && (endsFunction(before: place, items) || beginsFunction(at: place, items)) ? 1 : own
  }

  /// Whether a function begins here, or the comments right above one.
  private func beginsFunction(at place: Int, _ items: [LineItem]) -> Bool {
    if case .comment(_, let level) = items[place - 1], level == items[place].level, items[place].blankLines == 0 { return false }
    var next = place
    while next < items.count, case .comment = items[next] {
      next += 1
      if next < items.count, items[next].blankLines > 0 || items[next].level != items[place].level { return false }
    }
    return next < items.count && items[next].beginsFunction
  }

  /// Whether the block that ends here is a function's.
  private func endsFunction(before place: Int, _ items: [LineItem]) -> Bool {
    let level = items[place].level
    guard items[place - 1].level > level else { return false }
    let head = items[..<place].last { item in
      if case .line = item { item.level <= level } else { false }
    }
    return head?.level == level && head?.beginsFunction == true
  }
}

extension LineItem {
  private var first: Leaf? { if case .line(let line) = self { line.leaves.first } else { nil } }

  fileprivate var isDecorator: Bool { first?.isSymbol(.at) == true }

  fileprivate var beginsFunction: Bool { isDecorator || first?.isKeyword(.def) == true }

  /// Whether it goes on with the statement of the block above.
  fileprivate var continues: Bool {
    guard case .keyword(let keyword)? = first?.kind else { return false }
    return [.else, .elif, .except, .finally].contains(keyword)
  }
}

extension Comment {
  /// The comment with a space behind its `#`, and none at its end.
  func text(in source: Source) -> String {
    var bytes = source.utf8[range]
    while let last = bytes.last, [0x20, 0x09, 0x0C].contains(last) { bytes.removeLast() }
    // A mark that combines with the # is a character of the comment all the same, so bytes are looked at.
    let next = bytes.dropFirst().first.map { Unicode.Scalar($0) }
    let isMark = next.map { [" ", "#", ":", "'"].contains($0) || $0 == "!" && range.lowerBound == 0 } ?? true
    let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
    return isMark ? "#" + text : "# " + text
  }
}
