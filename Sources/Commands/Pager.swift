import LineEditing

/// Shows a page in the person's pager where it is longer than the window; `PAGER=cat` is without one.
enum Pager {
  /// - Returns: whether it was shown.
  static func show(_ page: String, on terminal: Terminal) -> Bool {
    let (_, rows) = terminal.size
    guard terminal.canEdit, page.split(separator: "\n", omittingEmptySubsequences: false).count >= rows - 1 else { return false }
    let command = TerminalStyle.variable("PAGER") ?? "less"
    // As git asks less: leave at the end of a short text, keep colours, leave the text standing.
    let settings = TerminalStyle.variable("LESS") == nil ? ["LESS": "FRX"] : [:]
    return ChildProgram.run(command, input: page + "\n", settings: settings)
  }
}
