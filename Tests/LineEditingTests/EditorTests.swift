import Testing

@testable import LineEditing

/// A language of brackets and colons.
private final class ToyLanguage: LineEditorDelegate {
  func completeness(of text: String) -> InputCompleteness {
    if text.count(where: { $0 == "(" }) > text.count(where: { $0 == ")" }) { return .incomplete(indent: 4) }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first?.hasSuffix(":") == true else { return .complete }
    if lines.last == "", lines.count > 2 { return .complete }
    return .incomplete(indent: 4)
  }

  func completions(in text: String, at offset: Int) -> (candidates: [Candidate], replaced: Range<Int>) {
    let word = String(text.prefix(offset).split(separator: " ").last ?? "")
    let names = ["soft", "softmax", "softplus", "tanh"].filter { $0.hasPrefix(word) }
    return (names.map { Candidate($0, kind: "function") }, (offset - word.utf8.count)..<offset)
  }

  func styles(in text: String) -> [(range: Range<Int>, style: TextRole)] { [] }
  func signature(in text: String, at offset: Int) -> String? { nil }
}

@Suite struct EditorTests {
  private let language = ToyLanguage()

  /// What the keys make of an empty line, with `|` for the cursor.
  private func edit(_ keys: [Key], history: [String] = []) -> (text: String, effects: [Editor.Effect]) {
    var past = History()
    for entry in history { past.add(entry) }
    var editor = Editor(history: past)
    let effects = keys.map { editor.handle($0, language) }.filter { $0 != .none }
    var shown = editor.buffer.characters
    shown.insert("|", at: editor.buffer.cursor)
    return (String(shown), effects)
  }

  private func typed(_ text: String) -> [Key] { text.map(Key.character) }

  @Test func `editing moves and changes as Emacs does`() {
    #expect(edit(typed("abc") + [.left, .left, .character("x")]).text == "ax|bc")
    #expect(edit(typed("one two") + [.killWordBack]).text == "one |")
    #expect(edit(typed("one two") + [.home, .killWordAhead]).text == "| two")
    #expect(edit(typed("one two") + [.wordLeft, .killToEnd, .home, .yank]).text == "two|one ")
    #expect(edit(typed("one") + [.killToStart, .yank, .yank]).text == "oneone|")
    #expect(edit(typed("ab") + [.backspace, .undo]).text == "ab|")
    #expect(edit(typed("ab") + [.home, .delete]).text == "|b")
  }

  @Test func `a combining mark joins its letter`() {
    #expect(edit([.character("e"), .character("\u{301}"), .backspace]).text == "|")
  }

  @Test func `Enter runs what is complete and continues what is not`() {
    #expect(edit(typed("x") + [.enter]).effects == [.submit])
    #expect(edit(typed("f(") + [.enter]).text == "f(\n    |")
    #expect(edit(typed("if a:") + [.enter] + typed("b") + [.enter, .enter]).effects == [.submit])
    #expect(edit(typed("x") + [.newline]).text == "x\n|")
  }

  @Test func `a paste is one unit and is not run`() {
    let result = edit([.paste("for i in x:\n  print(i)\n\ny\n")])
    #expect(result.text == "for i in x:\n  print(i)\n\ny\n|")
    #expect(result.effects.isEmpty)
  }

  @Test func `Tab completes, or shows what there is`() {
    #expect(edit(typed("ta") + [.tab]).text == "tanh|")
    #expect(edit(typed("so") + [.tab]).text == "soft|")
    #expect(edit(typed("so") + [.tab, .tab, .tab, .enter]).text == "softmax|")
    #expect(edit(typed("so") + [.tab, .backTab, .enter]).text == "softplus|")
    #expect(edit(typed("so") + [.tab, .escape] + typed("x")).text == "softx|")
    #expect(edit([.tab] + typed("a")).text == "    a|")
    #expect(edit([.tab, .tab, .backspace]).text == "    |")
  }

  @Test func `the history is walked by what was typed`() {
    let past = ["x = 1", "print(x)", "x = 2"]
    #expect(edit([.up], history: past).text == "x = 2|")
    #expect(edit([.up, .up, .up, .up], history: past).text == "x = 1|")
    #expect(edit(typed("pr") + [.up], history: past).text == "print(x)|")
    #expect(edit(typed("y") + [.up, .down], history: past).text == "y|")
    #expect(edit([.up, .up, .down, .down], history: past).text == "|")
  }

  @Test func `the history is searched`() {
    let past = ["x = 1", "print(x)", "x = 2"]
    #expect(edit([.search] + typed("x =") + [.enter], history: past).text == "x = 2|")
    #expect(edit([.search] + typed("x =") + [.search, .enter], history: past).text == "x = 1|")
    #expect(edit(typed("q") + [.search] + typed("print") + [.escape], history: past).text == "q|")
  }

  @Test func `Ctrl-C drops the text, Ctrl-D leaves where there is none`() {
    #expect(edit(typed("x") + [.interrupt]).effects == [.interrupt])
    #expect(edit([.endOfInput]).effects == [.endOfInput])
    #expect(edit(typed("xy") + [.home, .endOfInput]).text == "|y")
  }

  @Test func `any keys in any order are survived`() {
    let keys: [Key] = [
      .character("a"), .character("("), .character("日"), .paste("x\ny"), .enter, .newline, .tab, .backTab, .backspace, .delete,
      .left, .right, .up, .down, .home, .end, .wordLeft, .wordRight, .killToEnd, .killToStart, .killWordBack, .killWordAhead,
      .yank, .undo, .search, .escape, .clearScreen, .interrupt, .endOfInput,
    ]
    var state: UInt64 = 7
    var history = History()
    for entry in ["one", "two\nlines", "three("] { history.add(entry) }
    var editor = Editor(history: history)
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      _ = editor.handle(keys[Int(state >> 33) % keys.count], language)
      #expect(editor.buffer.cursor >= 0 && editor.buffer.cursor <= editor.buffer.characters.count)
      let layout = BlockLayout(
        editor.buffer.characters, cursor: editor.buffer.cursor, styles: [], prompt: "> ", continuation: "  ", width: 20)
      #expect(layout.cursorRow < layout.rows.count)
      if editor.buffer.characters.count > 300 { editor = Editor(history: history) }
    }
  }
}

@Suite struct BlockLayoutTests {
  private func layout(_ text: String, cursor: Int, width: Int) -> (rows: [String], place: [Int]) {
    let layout = BlockLayout(
      Array(text), cursor: cursor, styles: [], prompt: "> ", continuation: ". ", width: width)
    return (layout.rows.map { $0.map(\.text).joined() }, [layout.cursorRow, layout.cursorColumn])
  }

  @Test func `lines have their prompts and long ones are wrapped`() {
    #expect(layout("ab\ncd", cursor: 5, width: 20) == (["> ab", ". cd"], [1, 4]))
    #expect(layout("abcdefgh", cursor: 8, width: 8) == (["> abcdef", "gh"], [1, 2]))
    #expect(layout("abcdef", cursor: 6, width: 8) == (["> abcdef", ""], [1, 0]))
  }

  @Test func `wide characters take two columns and never straddle an edge`() {
    #expect(layout("日本語日", cursor: 2, width: 8) == (["> 日本語", "日"], [0, 6]))
    #expect(layout("a日本語日", cursor: 5, width: 8).rows == ["> a日本", "語日"])
  }

  @Test func `control characters are shown and not obeyed`() {
    #expect(layout("a\u{1B}[2J\u{9B}", cursor: 0, width: 30).rows == ["> a^[[2J^?"])
  }
}

@Suite struct HistoryTests {
  @Test(arguments: ["plain", "two\nlines", "back\\slash\\n", "\r\n", "日本"])
  func `an entry is kept in one line`(text: String) {
    let line = History.encoded(text)
    #expect(!line.contains("\n"))
    #expect(History.decoded(line) == text)
  }

  @Test func `what repeats the last, or is blank, is left out`() {
    var history = History()
    for entry in ["a", "a", "  ", "b", "a"] { history.add(entry) }
    #expect(history.entries == ["a", "b", "a"])
  }
}
