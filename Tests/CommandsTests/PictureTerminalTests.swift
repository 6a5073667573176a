import LineEditing
import Pictures
import Testing

@testable import Commands

@Suite struct PictureTerminalTests {
  private static func terminal(kitty: Bool = false, sixels: Bool = false, name: String = "") -> TerminalFeatures {
    var features = TerminalFeatures()
    (features.hasKittyPictures, features.hasSixels, features.name) = (kitty, sixels, name)
    return features
  }

  @Test(
    arguments: [
      (terminal(), [:], nil),
      (terminal(kitty: true), [:], .kitty),
      (terminal(kitty: true, sixels: true), ["TERM_PROGRAM": "WezTerm"], .kitty),
      (terminal(sixels: true, name: "mintty 3.6.1"), [:], .iterm2),
      (terminal(), ["TERM_PROGRAM": "iTerm.app"], .iterm2),
      (terminal(), ["LC_TERMINAL": "iTerm2"], .iterm2),
      (terminal(sixels: true), [:], .sixel),
      // tmux shows what it knows itself.
      (terminal(), ["TMUX": "x", "LC_TERMINAL": "iTerm2"], nil),
      (terminal(kitty: true), ["TMUX": "x"], nil),
      (terminal(sixels: true), ["TMUX": "x"], .sixel),
    ] as [(TerminalFeatures, [String: String], PictureProtocol?)])
  func `the best protocol that the terminal knows is taken`(
    features: TerminalFeatures, variables: [String: String], way: PictureProtocol?
  ) {
    #expect(PictureTerminal.way(features) { variables[$0] } == way)
  }

  @Test(
    arguments: [
      ("auto", .automatic), ("text", .text), ("picture", .picture(nil)), ("kitty", .picture(.kitty)),
      ("iterm2", .picture(.iterm2)),
      ("sixel", .picture(.sixel)), ("out", .folder("out")), ("./text", .folder("./text")),
    ] as [(String, FigureStyle)])
  func `a word says how figures are shown`(word: String, style: FigureStyle) {
    #expect(FigureStyle(word) == style)
    #expect(FigureStyle.automatic.or(word) == style)
    #expect(FigureStyle.text.or(word) == .text)
  }
}
