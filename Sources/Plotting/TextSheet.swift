/// Lines of text in columns, for what is read rather than looked at: a calculation with its numbers.
public struct TextSheet: Equatable, Sendable {
  /// What a screen reader says first; the lines themselves show it.
  public var title: String
  public var lines: [String]

  public init(title: String, lines: [String]) {
    self.title = title
    self.lines = lines
  }
}
