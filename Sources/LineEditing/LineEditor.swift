/// Reads blocks of lines from a person, with all that makes typing pleasant; plain lines where there is no terminal for it.
public final class LineEditor {
  private let terminal: Terminal
  private weak var delegate: (any LineEditorDelegate)?
  private let hasColor: Bool
  public private(set) var history: History

  /// How long a lone Escape may take to become a sequence, in milliseconds.
  private static let escapeTime: Int32 = 40
  /// How often the terminal is asked for its size.
  private static let sizeTime: Int32 = 400

  public init(terminal: Terminal = Terminal(), history: History = History(), hasColor: Bool, delegate: any LineEditorDelegate) {
    self.terminal = terminal
    self.history = history
    self.hasColor = hasColor
    self.delegate = delegate
  }

  /// Reads a block that the language calls complete.
  ///
  /// - Parameters:
  ///   - prompt: before the first line, `continuation` before the others.
  public func readBlock(prompt: String, continuation: String, start: String = "") -> Reading {
    guard terminal.canEdit else { return readPlain(prompt, continuation) }
    let reading = terminal.raw { edit(prompt, continuation, start) }
    if case .text(let text) = reading { history.add(text) }
    return reading
  }

  private func edit(_ prompt: String, _ continuation: String, _ start: String) -> Reading {
    var editor = Editor(history: history)
    if !start.isEmpty { _ = editor.handle(.paste(start), delegate) }
    var painter = Painter(hasColor: hasColor)
    var decoder = KeyDecoder()
    var size = terminal.size
    paint(editor, &painter, prompt, continuation)
    while true {
      guard let bytes = terminal.read(milliseconds: decoder.isWaiting ? Self.escapeTime : Self.sizeTime) else {
        terminal.write("\r\n")
        return .endOfInput
      }
      var keys = decoder.feed(bytes)
      if bytes.isEmpty { keys += decoder.flush() }
      for key in keys {
        switch editor.handle(key, delegate) {
        case .none: break
        case .submit:
          leave(editor, &painter, prompt, continuation)
          return .text(editor.buffer.text)
        case .interrupt:
          leave(editor, &painter, prompt, continuation)
          return .interrupted
        case .endOfInput:
          leave(editor, &painter, prompt, continuation)
          return .endOfInput
        case .clearScreen:
          painter = Painter(hasColor: hasColor)
          terminal.write("\u{1B}[H\u{1B}[2J")
        case .suspend: terminal.suspend()
        }
      }
      let now = terminal.size
      if !keys.isEmpty || now != size { paint(editor, &painter, prompt, continuation) }
      size = now
    }
  }

  private func paint(_ editor: Editor, _ painter: inout Painter, _ prompt: String, _ continuation: String) {
    let size = terminal.size
    terminal.write(
      painter.paint(
        layout(editor, prompt, continuation, size.columns), below: below(editor, size.columns), height: size.rows))
  }

  /// Shows the text alone, and goes on below it.
  private func leave(_ editor: Editor, _ painter: inout Painter, _ prompt: String, _ continuation: String) {
    let size = terminal.size
    let last = layout(editor, prompt, continuation, size.columns)
    var text = painter.paint(last, below: [], height: size.rows)
    let down = min(last.rows.count, max(2, size.rows - 1)) - 1 - last.cursorRow
    if down > 0 { text += "\u{1B}[\(down)B" }
    terminal.write(text + "\r\n")
  }

  private func layout(_ editor: Editor, _ prompt: String, _ continuation: String, _ width: Int) -> BlockLayout {
    let buffer = editor.buffer
    let shownPrompt =
      editor.search.map {
        "search \($0.query.isEmpty ? "" : "“\($0.query)”")\($0.place == nil && !$0.query.isEmpty ? " not found" : ""): "
      } ?? prompt
    return BlockLayout(
      buffer.characters, cursor: buffer.cursor, styles: hasColor ? styles(of: buffer) : [], prompt: shownPrompt,
      continuation: continuation, width: width)
  }

  private func styles(of buffer: TextBuffer) -> [TextStyle] {
    guard let delegate else { return [] }
    var styles: [TextStyle] = []
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
    if let menu = editor.menu { return menu.rows(width: width) }
    guard editor.search == nil, let hint = delegate?.signature(in: editor.buffer.text, at: editor.buffer.byteOffset) else {
      return []
    }
    let line = hint.split(separator: "\n").first.map(String.init) ?? ""
    return [[BlockLayout.Piece(text: line.count < width ? line : String(line.prefix(width - 1)) + "…", style: .dim)]]
  }

  // MARK: Without a terminal

  /// Lines until the language calls them complete; an empty line ends a block.
  private func readPlain(_ prompt: String, _ continuation: String) -> Reading {
    terminal.write(prompt)
    guard var text = Swift.readLine(strippingNewline: true) else { return .endOfInput }
    while let delegate, case .incomplete = delegate.completeness(of: text) {
      terminal.write(continuation)
      guard let line = Swift.readLine(strippingNewline: true) else { break }
      text += "\n" + line
      if line.allSatisfy(\.isWhitespace), delegate.completeness(of: text + "\n\n") == .complete { break }
    }
    return .text(text)
  }
}
