import FoundationEssentials

/// How a terminal is sent a picture.
public enum PictureProtocol: String, CaseIterable, Sendable {
  /// The graphics protocol of kitty, which Ghostty, WezTerm, Konsole and others have too.
  case kitty
  /// The inline images of iTerm2, which WezTerm and mintty have too.
  case iterm2
  /// The sixels of DEC's terminals, which xterm, foot, mlterm, tmux and others have.
  case sixel

  /// The bytes that show a canvas of so many whole cells, the cursor on a new line behind it.
  ///
  /// - Parameter colors: the most that sixels may have.
  /// - Returns: nil where it cannot be encoded here.
  public func encoded(_ canvas: Canvas, columns: Int, rows: Int, colors: Int) -> String? {
    switch self {
    case .kitty:
      guard let png = canvas.png() else { return nil }
      // Asked for silence: an answer would be taken for what the person types.
      return KittyPicture.commands(png, "a=T,f=100,q=2,c=\(columns),r=\(rows)").joined() + "\n"
    case .iterm2:
      guard let png = canvas.png() else { return nil }
      let about = "inline=1;size=\(png.count);width=\(columns);height=\(rows);preserveAspectRatio=1"
      return "\u{1B}]1337;File=\(about):\(Data(png).base64EncodedString())\u{7}\n"
    case .sixel:
      guard let sixels = canvas.sixels(colors: colors) else { return nil }
      return String(decoding: sixels, as: UTF8.self) + "\n"
    }
  }
}
