import Testing

@testable import LineEditing

@Suite struct TerminalFeaturesTests {
  private func features(_ answers: String) -> (TerminalFeatures, [Key]) {
    var decoder = KeyDecoder()
    var features = TerminalFeatures()
    var keys: [Key] = []
    // Byte by byte, as a slow line brings them.
    for byte in answers.utf8 {
      for key in decoder.feed([byte]) {
        if case .answer(let answer) = key { features.take(answer) } else { keys.append(key) }
      }
    }
    return (features, keys)
  }

  @Test func `kitty, as it answers`() {
    let (kitty, keys) = features(
      "\u{1B}_Gi=31;OK\u{1B}\\\u{1B}]11;rgb:0000/0000/0000\u{1B}\\\u{1B}P>|kitty(0.26.5)\u{1B}\\\u{1B}[6;18;9t\u{1B}[?62;c")
    #expect(kitty.hasKittyPictures && !kitty.hasSixels && kitty.isAnswered && keys.isEmpty)
    #expect(kitty.ground == 0 && kitty.name == "kitty(0.26.5)")
    #expect(kitty.cellSize ?? (0, 0) == (9, 18))
    #expect(kitty.isLight { _ in nil } == false)
  }

  @Test func `xterm as a VT340, as it answers`() {
    let (xterm, keys) = features(
      "\u{1B}]11;rgb:ffff/ffff/ffff\u{7}\u{1B}P>|XTerm(379)\u{1B}\\\u{1B}[?1;0;1024S\u{1B}[?2;0;660;585S\u{1B}[?63;1;2;4;6;9;15;16;22;28c"
    )
    #expect(!xterm.hasKittyPictures && xterm.hasSixels && xterm.isAnswered && keys.isEmpty)
    #expect(xterm.ground == 0xFFFFFF && xterm.sixelColors == 1024)
    #expect(xterm.sixelSize ?? (0, 0) == (660, 585))
    #expect(xterm.isLight { _ in nil } == true)
  }

  @Test(arguments: [
    // Attribute 4 stands behind the first number, which is the terminal's class.
    ("\u{1B}[?4c", false), ("\u{1B}[?64c", false), ("\u{1B}[?1;2;44c", false), ("\u{1B}[?1;2;4c", true),
  ])
  func `sixels are an attribute of the terminal`(answer: String, hasSixels: Bool) {
    #expect(features(answer).0.hasSixels == hasSixels)
    #expect(features(answer).0.isAnswered)
  }

  @Test(arguments: [
    "\u{1B}_Gi=31;ENOTSUPPORTED:no\u{1B}\\", "\u{1B}]11;?\u{7}", "\u{1B}]11;rgb:zz/0/0\u{7}", "\u{1B}]11;rgb:11111/0/0\u{7}",
    "\u{1B}]11;rgb:1/2\u{7}", "\u{1B}[6;0;9t", "\u{1B}[6;99999999999999999999;9t", "\u{1B}[?1;3;0S", "\u{1B}[>1;2;3c",
    "\u{1B}[t", "\u{1B}[?S", "\u{1B}]\u{7}", "\u{1B}P\u{1B}\\",
  ])
  func `an answer that says nothing changes nothing, and is not typed`(answer: String) {
    let (nothing, keys) = features(answer)
    #expect(nothing == TerminalFeatures() && keys.isEmpty)
  }

  @Test(arguments: [
    ("ab\u{1B}]11;rgb:0/0/0\u{1B}\\c", "abc"), ("\u{1B}_Gi=31;OK\u{1B}\\x", "x"), ("\u{1B}]11;r\u{3}y", "\u{3}y"),
  ])
  func `what is typed around an answer is typed`(bytes: String, typed: String) {
    let keys: [Key] = typed.map { $0 == "\u{3}" ? .interrupt : .character($0) }
    #expect(features(bytes).1 == keys)
  }

  @Test(arguments: [
    (["COLORFGBG": "15;0"], false), (["COLORFGBG": "0;15"], true), (["COLORFGBG": "0;default;7"], true),
    (["COLORFGBG": "0;default"], nil), ([:], nil),
  ])
  func `the environment tells the ground where the terminal does not`(variables: [String: String], isLight: Bool?) {
    #expect(TerminalFeatures().isLight { variables[$0] } == isLight)
  }

  @Test(arguments: [
    (["TERM": "dumb"], false, false), (["TERM": "linux"], false, false), (["TERM": "screen"], false, false), ([:], false, false),
    (["TERM": "xterm-256color"], true, true), (["TERM": "xterm", "TERM_PROGRAM": "Apple_Terminal"], true, false),
    (["TERM": "screen", "TMUX": "/tmp/tmux"], true, true),
  ])
  func `only a terminal that hides what it does not know is asked`(variables: [String: String], isAsked: Bool, ofKitty: Bool) {
    let questions = TerminalFeatures.questions { variables[$0] }
    #expect(questions.hasSuffix("\u{1B}[c") == isAsked && questions.isEmpty != isAsked)
    #expect(questions.contains("Gi=31") == ofKitty)
    #expect(questions.hasPrefix("\u{1B}Ptmux;\u{1B}\u{1B}_G") == (variables["TMUX"] != nil))
  }
}
