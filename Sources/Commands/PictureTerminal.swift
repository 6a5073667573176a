import LineEditing
import Pictures
import Plotting

/// A terminal that shows figures as pictures.
struct PictureTerminal {
  private let way: PictureProtocol
  private let features: TerminalFeatures
  private let isLight: Bool?
  private let terminal: Terminal

  /// - Returns: nil where figures are to be text, or nothing is there that would draw or show them.
  init?(_ style: FigureStyle, _ features: TerminalFeatures, _ terminal: Terminal) {
    let way: PictureProtocol? =
      switch style {
      case .automatic, .picture(nil): Self.way(features, TerminalStyle.variable)
      case .picture(let way): way
      case .text, .folder: nil
      }
    guard let way, Canvas.canDraw, way != .sixel || Canvas.canMakeSixels else { return nil }
    self.way = way
    self.features = features
    isLight = features.isLight(TerminalStyle.variable)
    self.terminal = terminal
  }

  /// The best protocol that a terminal knows.
  static func way(_ features: TerminalFeatures, _ variables: (String) -> String?) -> PictureProtocol? {
    // What stands between us and the terminal passes on only what it knows itself.
    if variables("TMUX") != nil { return features.hasSixels ? .sixel : nil }
    if features.hasKittyPictures { return .kitty }
    let names = [features.name, variables("TERM_PROGRAM") ?? "", variables("LC_TERMINAL") ?? ""]
    if names.contains(where: { name in ["iTerm", "WezTerm", "mintty"].contains { name.hasPrefix($0) } }) { return .iterm2 }
    return features.hasSixels ? .sixel : nil
  }

  /// The bytes that show a picture; nil where it cannot be drawn.
  func shown(_ svg: String) -> String? {
    guard let size = Canvas.size(of: svg) else { return nil }
    let (columns, rows) = terminal.size
    let cell = features.cellSize ?? terminal.cellSize ?? (width: 8, height: 17)
    // A row stays for the prompt, and one for what was typed.
    let room = PictureRoom(
      columns: columns - 1, rows: max(4, rows - 2), cellWidth: cell.width, cellHeight: cell.height,
      most: way == .sixel ? features.sixelSize.map { Canvas.Size(width: Double($0.width), height: Double($0.height)) } : nil)
    let place = room.place(for: size)
    let canvas = Canvas(
      svg: svg, style: isLight == false ? Figure.darkStyle : nil, drawn: place.drawn, width: place.columns * cell.width,
      height: place.rows * cell.height, ground: ground)
    return canvas.flatMap { way.encoded($0, columns: place.columns, rows: place.rows, colors: features.sixelColors ?? 256) }
  }

  /// The terminal's own ground shows through, where it is known to suit the picture and the protocol lets it.
  private var ground: Int? {
    guard let isLight else { return 0xFFFFFF }
    return way == .sixel ? features.ground ?? (isLight ? 0xFFFFFF : 0) : nil
  }
}
