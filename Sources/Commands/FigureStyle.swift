import Pictures

/// How shown figures reach the person, where there is no notebook.
enum FigureStyle: Equatable {
  /// In the REPL as pictures where the terminal shows them, else as text.
  case automatic
  case text
  /// As pictures in scripts too; by this protocol, or by what the terminal knows.
  case picture(PictureProtocol?)
  /// Into a folder, as SVG.
  case folder(String)

  /// - Parameter word: what `--figures` and `BP_FIGURES` say. A folder of such a name is written `./text`.
  init(_ word: String) {
    switch word {
    case "auto": self = .automatic
    case "text": self = .text
    case "picture": self = .picture(nil)
    default: self = PictureProtocol(rawValue: word).map { .picture($0) } ?? .folder(word)
    }
  }

  /// What the environment asks for, where the command line asks for nothing.
  func or(_ word: String?) -> FigureStyle {
    guard self == .automatic, let word else { return self }
    return FigureStyle(word)
  }
}
