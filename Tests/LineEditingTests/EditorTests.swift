import Testing

@testable import LineEditing

/// A language of brackets and colons.
private final class ToyLanguage: LineEditorDelegate {
  func completeness(of text: String) -> InputCompleteness {
    if text.count(where: { $0 == "(" }) > text.count(where: { $0 == ")" }) { return .incomplete(indent: 4) }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first?.hasSuffix(":") == true else { return .complete }
    if lines.last == "", lines.count > 2 { return .complete }
    return .incomplete(indent: lines.last?.hasPrefix("    return") == true ? 0 : 4)
  }

  func completions(in text: String, at offset: Int) -> (candidates: [Candidate], replaced: Range<Int>) {
    let word = String(text.prefix(offset).split(separator: " ").last ?? "")
    let names = ["soft", "softmax", "softplus", "tanh"].filter { $0.hasPrefix(word) }
    return (names.map { Candidate($0, kind: "function") }, (offset - word.utf8.count)..<offset)
  }

  func styles(in text: String) -> [(range: Range<Int>, style: TextRole)] { [] }
  func signature(in text: String, at offset: Int) -> String? { nil }
  func indent(ofLastOf lines: [Substring]) -> Int? { lines.last?.contains("else") == true ? 0 : nil }
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

  @Test func `what is undone can be had again, until something else is done`() {
    #expect(edit(typed("ab") + [.backspace, .undo, .redo]).text == "a|")
    #expect(edit(typed("ab") + [.backspace, .undo, .redo, .redo, .undo]).text == "ab|")
    #expect(edit(typed("ab") + [.undo] + typed("c") + [.redo]).text == "c|")
  }

  @Test func `words cut one after another come back together`() {
    #expect(edit(typed("one two three") + [.killWordBack, .killWordBack, .yank]).text == "one two three|")
    #expect(edit(typed("one two") + [.home, .killWordAhead, .killWordAhead, .yank]).text == "one two|")
    #expect(edit(typed("one two") + [.killWordBack, .left, .right, .killWordBack, .yank]).text == "one |")
  }

  @Test func `a line that goes on with a statement goes to its depth`() {
    #expect(edit(typed("if a:") + [.enter] + typed("b") + [.enter] + typed("else:")).text == "if a:\n    b\nelse:|")
    #expect(edit(typed("if a:") + [.enter] + typed("else:") + [.undo]).text == "if a:\n    else:|")
    // In the middle of a line a colon is a slice or a type.
    #expect(edit(typed("    else") + [.left, .left] + typed(":")).text == "    el:|se")
  }

  @Test func `a search goes both ways, and passes by what is seen already`() {
    let past = ["Plot(1)", "plot(2)", "x", "plot(2)", "y"]
    #expect(edit([.search] + typed("plot") + [.search, .enter], history: past).text == "Plot(1)|")
    #expect(edit([.search] + typed("plot") + [.search, .searchNewer, .enter], history: past).text == "plot(2)|")
    #expect(edit([.search] + typed("Plot") + [.enter], history: past).text == "Plot(1)|")
    #expect(edit([.search, .paste("plot(2)\nmore"), .enter], history: past).text == "plot(2)|")
    #expect(edit([.search] + typed("Plot") + [.killToStart] + typed("x") + [.enter], history: past).text == "x|")
  }

  @Test func `older entries can be had from any line`() {
    #expect(edit([.up, .historyUp], history: ["one", "a\nb"]).text == "one|")
    #expect(edit([.up, .historyUp, .historyDown, .historyDown], history: ["one", "a\nb"]).text == "|")
  }

  @Test func `the ends of the text are one key away`() {
    #expect(edit([.paste("a\nb"), .start]).text == "|a\nb")
    #expect(edit([.paste("a\nb"), .start, .finish]).text == "a\nb|")
    #expect(edit([.edit]).effects == [.edit])
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
    #expect(edit(typed("ab") + [.transpose]).text == "ba|")
    #expect(edit(typed("abc") + [.left, .left, .transpose]).text == "ba|c")
    #expect(edit(typed("a") + [.transpose]).text == "a|")
    #expect(edit([.paste("ab\ncd"), .home, .transpose]).text == "ab\n|cd")
  }

  @Test(arguments: [
    ([Key.paste("ab\ncd"), .home, .backspace], "ab|cd"), ([.paste("ab\ncd"), .up, .end, .delete], "ab|cd"),
    ([.paste("abc\nd"), .up], "a|bc\nd"), ([.paste("a\nbcd"), .up, .end, .down], "a\nb|cd"),
    ([.paste("ab\ncd"), .home, .left], "ab|\ncd"), ([.paste("ab\ncd"), .killToStart], "ab\n|"),
    ([.paste("ab\ncd"), .up, .home, .killToEnd], "|\ncd"), ([.paste("x ab\ncd"), .home, .wordLeft], "x |ab\ncd"),
    ([.paste("é日👍🏽"), .left, .backspace], "é|👍🏽"),
  ])
  func `lines of a block are edited as one text`(keys: [Key], result: String) {
    #expect(edit(keys).text == result)
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

  @Test func `Enter breaks the line where the cursor stands`() {
    #expect(edit(typed("f(ab") + [.left, .enter]).text == "f(a\n    |b")
    #expect(edit([.paste("if a:\n    b"), .up, .end, .enter]).text == "if a:\n    |\n    b")
    #expect(edit(typed("if a:") + [.enter] + typed("return") + [.enter]).text == "if a:\n    return\n|")
    // On a line that is whole it runs, wherever the cursor stands.
    #expect(edit(typed("ab") + [.home, .enter]).effects == [.submit])
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
    #expect(edit(typed("so") + [.tab, .tab, .tab] + typed("(")).text == "softmax(|")
    #expect(edit(typed("so") + [.tab, .tab, .tab, .interrupt] + typed("x")).text == "softx|")
    #expect(edit(typed("so") + [.tab] + typed("p") + [.tab, .enter]).text == "softplus|")
    #expect(edit(typed("so") + [.tab, .backspace, .tab, .backTab, .backTab, .enter]).text == "softmax|")
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
