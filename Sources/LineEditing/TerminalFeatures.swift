/// What a terminal said of itself: its ground, and the pictures that it can show.
public struct TerminalFeatures: Equatable, Sendable {
  /// The colour behind the text, `0xRRGGBB`; nil where it is not known.
  public var ground: Int?
  /// Whether it shows pictures by kitty's protocol.
  public var hasKittyPictures = false
  /// Whether it shows sixels.
  public var hasSixels = false
  /// The colours that sixels may have, and the pixels that they may take.
  public var sixelColors: Int?
  public var sixelSize: (width: Int, height: Int)? { sixelWidth.flatMap { width in sixelHeight.map { (width, $0) } } }
  /// Its name and version; empty where it keeps them to itself.
  public var name = ""
  /// A cell in pixels.
  public var cellSize: (width: Int, height: Int)? { cellWidth.flatMap { width in cellHeight.map { (width, $0) } } }
  /// Whether the last question was answered.
  var isAnswered = false

  private var sixelWidth: Int?
  private var sixelHeight: Int?
  private var cellWidth: Int?
  private var cellHeight: Int?

  public init() {}

  /// Whether what is written must be read on light ground; nil where nobody knows.
  ///
  /// - Parameter variables: the environment; rxvt and Konsole say in it what they do not answer.
  public func isLight(_ variables: (String) -> String?) -> Bool? {
    if let ground {
      let (red, green, blue) = (ground >> 16 & 255, ground >> 8 & 255, ground & 255)
      return 299 * red + 587 * green + 114 * blue > 127_500
    }
    guard let number = variables("COLORFGBG")?.split(separator: ";").last.flatMap({ Int($0) }) else { return nil }
    return number == 7 || number > 8
  }
}

/// A piece of what the terminal says.
public struct TerminalAnswer: Equatable, Sendable {
  /// What it begins with, and for sequences of numbers what it ends with.
  enum Kind: Equatable, Sendable {
    case control(UInt8)
    case text(UInt8)
  }

  let kind: Kind
  let text: String

  init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

extension TerminalFeatures {
  /// What a terminal is asked, the last what every terminal answers; empty for one that would show the questions.
  public static func questions(_ variables: (String) -> String?) -> String {
    let name = variables("TERM") ?? "dumb"
    let isInTmux = variables("TMUX") != nil
    let silent = ["dumb", "linux", "vt", "ansi", "cons", "eterm", "sun", "cygwin", "emacs"]
    guard !silent.contains(where: name.hasPrefix), isInTmux || !name.hasPrefix("screen") else { return "" }
    let kitty = "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\"
    let pictures =
      if isInTmux {
        // Goes on to the terminal behind tmux, where tmux lets it.
        "\u{1B}Ptmux;" + kitty.replacing("\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
      } else {
        // Apple's Terminal writes what it does not know.
        variables("TERM_PROGRAM") == "Apple_Terminal" ? "" : kitty
      }
    let rest = ["]11;?\u{1B}\\", "[>0q", "[16t", "[?1;1;0S", "[?2;1;0S", "[c"]
    return pictures + rest.map { "\u{1B}" + $0 }.joined()
  }

  mutating func take(_ answer: TerminalAnswer) {
    let numbers = answer.text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0.drop { $0 == "?" }) ?? 0 }
    switch answer.kind {
    case .control(UInt8(ascii: "c")):
      guard answer.text.hasPrefix("?") else { return }
      hasSixels = numbers.dropFirst().contains(4)
      isAnswered = true
    case .control(UInt8(ascii: "t")):
      guard numbers.count == 3, numbers[0] == 6, let height = Self.pixels(numbers[1]), let width = Self.pixels(numbers[2])
      else { return }
      (cellHeight, cellWidth) = (height, width)
    case .control(UInt8(ascii: "S")):
      guard answer.text.hasPrefix("?"), numbers.count >= 3, numbers[1] == 0 else { return }
      if numbers[0] == 1, numbers[2] >= 2 { sixelColors = numbers[2] }
      if numbers[0] == 2, numbers.count == 4 {
        (sixelWidth, sixelHeight) = (Self.pixels(numbers[2]), Self.pixels(numbers[3]))
      }
    case .text(UInt8(ascii: "]")):
      if answer.text.hasPrefix("11;") { ground = Self.color(answer.text.dropFirst(3)) }
    case .text(UInt8(ascii: "P")):
      if answer.text.hasPrefix(">|") { name = String(answer.text.dropFirst(2)) }
    case .text(UInt8(ascii: "_")):
      if answer.text.hasPrefix("Gi=31"), answer.text.hasSuffix(";OK") { hasKittyPictures = true }
    case .control, .text: break
    }
  }

  private static func pixels(_ number: Int) -> Int? { (1...10_000).contains(number) ? number : nil }

  /// `rgb:RRRR/GGGG/BBBB`, each of one to four digits.
  private static func color(_ text: Substring) -> Int? {
    let isRGB = text.hasPrefix("rgb:") || text.hasPrefix("rgba:")
    let parts = text.drop { $0 != ":" }.dropFirst().split(separator: "/").prefix(3)
    guard isRGB, parts.count == 3 else { return nil }
    var color = 0
    for part in parts {
      guard (1...4).contains(part.count), let value = Int(part, radix: 16) else { return nil }
      color = color << 8 | value * 255 / ((1 << (4 * part.count)) - 1)
    }
    return color
  }
}
