import Testing

@testable import LineEditing

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

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("日", 2), ("ｱ", 1), ("ア", 2), ("한", 2), ("👍", 2), ("👍🏽", 2), ("👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2),
    ("❤", 1), ("δ", 1), ("🌡", 1), ("\u{7}", 2), ("\u{200B}", 0), ("㉈", 1), ("〱", 2), ("", 0),
  ])
  func `a character takes the columns that a terminal gives it`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }
}

@Suite struct FittingTests {
  @Test(arguments: [
    ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("日本語", 4, "日…"), ("日本語", 5, "日本…"), ("", 3, ""), ("a\u{1B}b", 9, "a^[b"),
  ])
  func `a text is cut to a width`(text: String, width: Int, result: String) {
    #expect(Fitting.cut(text, to: width) == result)
    #expect(DisplayWidth.of(result) <= width)
  }

  @Test func `a hint is broken at blanks, in a few rows`() {
    #expect(Fitting.wrapped("f(one, two, three)", to: 12, most: 3) == ["f(one, two,", "three)"])
    #expect(Fitting.wrapped("f(one, two, three)", to: 12, most: 1) == ["f(one, two…"])
    #expect(Fitting.wrapped("f(onetwothreefour)", to: 10, most: 2) == ["f(onetwo…"])
    #expect(Fitting.wrapped("", to: 10, most: 2) == [""])
  }
}
