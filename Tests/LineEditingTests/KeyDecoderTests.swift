import Testing

@testable import LineEditing

@Suite struct KeyDecoderTests {
  @Test(arguments: [
    ("a", [Key.character("a")]), ("é日", [.character("é"), .character("日")]), ("\r", [.enter]), ("\u{1B}\r", [.newline]),
    ("\u{1B}[A\u{1B}OB", [.up, .down]), ("\u{1B}[1;5C\u{1B}b", [.wordRight, .wordLeft]), ("\u{1B}[3~", [.delete]),
    ("\u{1B}[H\u{1B}[4~", [.home, .end]), ("\u{3}\u{4}", [.interrupt, .endOfInput]), ("\u{1B}[Z\t", [.backTab, .tab]),
    ("\u{1B}[200~a\rb\u{1B}[201~c", [.paste("a\nb"), .character("c")]), ("\u{1B}[99;99q", []),
    ("\u{7F}\u{8}", [.backspace, .backspace]),
    ("\u{14}\u{7}", [.transpose, .escape]), ("\u{1B}d\u{1B}\u{7F}", [.killWordAhead, .killWordBack]),
    ("\u{1B}[200~a\r\nb\r\r\u{1B}[A\u{1B}[201~", [.paste("a\nb\n\n\u{1B}[A")]),
  ])
  func `bytes become keys, in whatever pieces they come`(text: String, keys: [Key]) {
    var whole = KeyDecoder()
    #expect(whole.feed(text.utf8) == keys)
    var pieces = KeyDecoder()
    var found: [Key] = []
    for byte in text.utf8 { found += pieces.feed([byte]) }
    #expect(found == keys)
  }

  @Test func `a lone Escape is one when nothing follows`() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0x1B]).isEmpty)
    #expect(decoder.isWaiting)
    #expect(decoder.flush() == [.escape])
  }

  @Test func `any bytes are survived`() {
    var state: UInt64 = 1
    var decoder = KeyDecoder()
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      _ = decoder.feed([UInt8(truncatingIfNeeded: state >> 56)])
      if state % 7 == 0 { _ = decoder.flush() }
    }
  }
}
