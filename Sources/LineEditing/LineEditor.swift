/// Reads blocks of lines from a person, with all that makes typing pleasant; plain lines where there is no terminal for it.
public final class LineEditor {
  private let terminal: Terminal
  private let lines: LineReader
  private weak var delegate: (any LineEditorDelegate)?
  private let hasColor: Bool
  public private(set) var history: History

  /// How long a lone Escape may take to become a sequence, in milliseconds.
  private static let escapeTime: Int32 = 40
  /// How often the terminal is asked for its size.
  private static let sizeTime: Int32 = 400
  /// How many rows the signature of the call around the cursor may take.
  private static let mostHintRows = 3

  /// - Parameter lines: where lines come from without a terminal to edit on; shared with all who read that input.
  public init(
    terminal: Terminal = Terminal(), lines: LineReader, history: History = History(), hasColor: Bool,
    delegate: any LineEditorDelegate
  ) {
    self.terminal = terminal
    self.lines = lines
    self.history = history
    self.hasColor = hasColor
    self.delegate = delegate
  }

  /// What stands before the first line, and before the others.
  public struct Prompts {
    var first: String
    var others: String

    public init(first: String, others: String) {
      self.first = first
      self.others = others
    }
  }

  /// Reads a block that the language calls complete.
  ///
  /// - Parameters:
  ///   - start: a text to begin with.
  ///   - isInterrupted: whether a signal ends the wait, as Ctrl-C does.
  public func readBlock(_ prompts: Prompts, start: String = "", isInterrupted: () -> Bool = { false }) -> Reading {
    guard terminal.canEdit else { return readPlain(prompts, start, isInterrupted) }
    let reading = terminal.raw { edit(prompts, start, isInterrupted) }
    if case .text(let text) = reading { history.add(text) }
    return reading
  }

  private func edit(_ prompts: Prompts, _ start: String, _ isInterrupted: () -> Bool) -> Reading {
    var editor = Editor(history: history)
    if !start.isEmpty { _ = editor.handle(.paste(start), delegate) }
    var painter = Painter(hasColor: hasColor)
    var decoder = KeyDecoder()
    var size = terminal.size
    paint(editor, &painter, prompts)
    while true {
      guard let bytes = terminal.read(milliseconds: decoder.isWaiting ? Self.escapeTime : Self.sizeTime) else {
        terminal.write("\r\n")
        return .endOfInput
      }
      var keys = decoder.feed(bytes)
      if bytes.isEmpty { keys += decoder.flush() }
      if isInterrupted() { keys.append(.interrupt) }
      editor.columns = size.columns
      for key in keys {
        switch editor.handle(key, delegate) {
        case .none: break
        case .submit:
          leave(editor, &painter, prompts)
          return .text(editor.buffer.text)
        case .interrupt:
          leave(editor, &painter, prompts)
          return .interrupted
        case .endOfInput:
          leave(editor, &painter, prompts)
          return .endOfInput
        case .clearScreen:
          painter = Painter(hasColor: hasColor)
          terminal.write("\u{1B}[H\u{1B}[2J")
        case .suspend:
          leave(editor, &painter, prompts)
          terminal.suspend()
        }
      }
      let now = terminal.size
      if !keys.isEmpty || now != size { paint(editor, &painter, prompts) }
      size = now
    }
  }

  // MARK: Showing

  private func paint(_ editor: Editor, _ painter: inout Painter, _ prompts: Prompts) {
    let size = terminal.size
    terminal.write(
      painter.paint(
        layout(editor, prompts, size.columns), below: below(editor, size.columns), columns: size.columns, height: size.rows))
  }

  /// Shows the text alone, and goes on below it.
  private func leave(_ editor: Editor, _ painter: inout Painter, _ prompts: Prompts) {
    let columns = terminal.size.columns
    terminal.write(painter.finish(layout(editor, prompts, columns), columns: columns))
  }

  private func layout(_ editor: Editor, _ prompts: Prompts, _ width: Int) -> BlockLayout {
    BlockLayout(
      editor.buffer.characters, cursor: editor.buffer.cursor, styles: hasColor ? styles(of: editor.buffer) : [],
      prompt: editor.search?.prompt ?? prompts.first, continuation: prompts.others, width: width)
  }

  private func styles(of buffer: TextBuffer) -> [TextRole] {
    guard let delegate else { return [] }
    var styles: [TextRole] = []
    var parts = delegate.styles(in: buffer.text).makeIterator()
    var part = parts.next()
    var offset = 0
    for character in buffer.characters {
      while let current = part, current.range.upperBound <= offset { part = parts.next() }
      styles.append(part.flatMap { $0.range.contains(offset) ? $0.style : nil } ?? .plain)
      offset += character.utf8.count
    }
    return styles
  }

  private func below(_ editor: Editor, _ width: Int) -> [[BlockLayout.Piece]] {
    if let help = editor.help { return helpRows(help, width) }
    if let menu = editor.menu { return menu.rows(width: width) }
    guard editor.search == nil, let hint = delegate?.signature(in: editor.buffer.text, at: editor.buffer.byteOffset) else {
      return []
    }
    return Fitting.wrapped(hint, to: width, most: Self.mostHintRows).map { [BlockLayout.Piece(text: $0, style: .dim)] }
  }

  /// As much of the help as the terminal has room for.
  private func helpRows(_ help: String, _ width: Int) -> [[BlockLayout.Piece]] {
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    let room = max(4, terminal.size.rows - 4)
    var rows = lines.prefix(lines.count > room ? room - 1 : room).map {
      [BlockLayout.Piece(text: Fitting.cut(String($0), to: width - 1), style: .plain)]
    }
    if lines.count > room { rows.append([BlockLayout.Piece(text: "… and more: name? shows all of it", style: .dim)]) }
    return rows
  }

  // MARK: Without a terminal

  /// Lines until the language calls them complete; an empty line ends a block.
  private func readPlain(_ prompts: Prompts, _ start: String, _ isInterrupted: () -> Bool) -> Reading {
    func next(_ prompt: String) -> Reading {
      if terminal.hasPerson { terminal.write(prompt) }
      return lines.next(isInterrupted: isInterrupted)
    }
    // A text that cannot be edited is taken as it is.
    guard start.isEmpty else { return .text(start) }
    let first = next(prompts.first)
    guard case .text(var text) = first else { return ended(first) }
    while let delegate, case .incomplete = delegate.completeness(of: text) {
      let reading = next(prompts.others)
      if reading == .interrupted { return ended(reading) }
      guard case .text(let line) = reading else { break }
      text += "\n" + line
      if line.allSatisfy(\.isWhitespace), delegate.completeness(of: text + "\n\n") == .complete { break }
    }
    return .text(text)
  }

  /// What follows begins on a line of its own.
  private func ended(_ reading: Reading) -> Reading {
    if terminal.hasPerson { terminal.write("\n") }
    return reading
  }
}
