/// Reads blocks of lines from a person, with all that makes typing pleasant; plain lines where there is no terminal for it.
public final class LineEditor {
  private let terminal: Terminal
  private let lines: LineReader
  private weak var delegate: (any LineEditorDelegate)?
  private let hasColor: Bool
  public private(set) var history: History
  /// What the terminal has said of itself so far.
  public private(set) var features = TerminalFeatures()

  /// The environment.
  private let variables: (String) -> String?
  private var hasAsked = false
  /// Whether answers may still come.
  private var awaitsAnswers = false
  private var decoder = KeyDecoder()
  /// Keys that were typed behind the end of a block.
  private var keys: [Key] = []

  /// How often the terminal is asked for its size.
  private static let sizeTime: Int32 = 400
  /// How many rows the signature of the call around the cursor may take.
  private static let mostHintRows = 3

  /// - Parameters:
  ///   - lines: where lines come from without a terminal to edit on; shared with all who read that input.
  ///   - variables: the environment, which tells what the terminal may be asked.
  public init(
    terminal: Terminal = Terminal(), lines: LineReader, history: History = History(), hasColor: Bool,
    variables: @escaping (String) -> String? = { _ in nil },
    delegate: any LineEditorDelegate
  ) {
    self.terminal = terminal
    self.variables = variables
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
    let reading = terminal.raw {
      ask()
      let reading = edit(prompts, start, isInterrupted)
      awaitAnswers()
      return reading
    }
    if case .text(let text) = reading { history.add(text) }
    return reading
  }

  private func edit(_ prompts: Prompts, _ start: String, _ isInterrupted: () -> Bool) -> Reading {
    var editor = Editor(history: history)
    if !start.isEmpty { _ = editor.handle(.paste(start), delegate) }
    var painter = Painter(hasColor: hasColor)
    var size = terminal.size
    var isPainted = false
    while true {
      if keys.isEmpty {
        // Much that comes at once is shown once.
        if !isPainted, !terminal.hasInput() {
          paint(editor, &painter, prompts)
          isPainted = true
        }
        guard let more = readKeys(decoder.isWaiting ? Terminal.escapeTime : Self.sizeTime) else {
          terminal.write("\r\n")
          return .endOfInput
        }
        keys = isInterrupted() ? [.interrupt] : more
        let now = terminal.size
        if !keys.isEmpty || now != size || isOnLight != painter.isOnLight { isPainted = false }
        size = now
        editor.columns = size.columns
        continue
      }
      switch editor.handle(keys.removeFirst(), delegate) {
      case .none: break
      case .submit:
        leave(editor, &painter, prompts)
        return .text(editor.buffer.text)
      case .interrupt:
        keys = []
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
        awaitAnswers()
        terminal.suspend()
        isPainted = false
      case .edit:
        leave(editor, &painter, prompts)
        awaitAnswers()
        terminal.givenBack {
          if let text = delegate?.edited(editor.buffer.text) { editor.buffer.set(text) }
        }
        isPainted = false
      }
    }
  }

  // MARK: Reading

  /// The keys that come next; none when the time is over; nil at the end of the input.
  private func readKeys(_ milliseconds: Int32) -> [Key]? {
    // Byte by byte: what is typed ahead of a block's end is left to those who read after it.
    guard let bytes = terminal.read(milliseconds: milliseconds, most: decoder.isPasting ? 1 << 16 : 1) else { return nil }
    var keys = decoder.feed(bytes)
    if bytes.isEmpty { keys += decoder.flush() }
    keys.removeAll { key in
      guard case .answer(let answer) = key else { return false }
      features.take(answer)
      return true
    }
    return keys
  }

  private var isOnLight: Bool { features.isLight(variables) ?? false }

  /// Asks the terminal what it can do, once; it answers among what is typed.
  private func ask() {
    guard !hasAsked else { return }
    let questions = TerminalFeatures.questions(variables)
    terminal.write(questions)
    (hasAsked, awaitsAnswers) = (true, !questions.isEmpty)
  }

  /// Waits for the answers: those that came when the terminal has been given back would be taken for typed text.
  private func awaitAnswers() {
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(Int(Terminal.answerTime))
    while awaitsAnswers, !features.isAnswered, clock.now < end {
      guard let more = readKeys(Terminal.escapeTime) else { break }
      keys += more
    }
    awaitsAnswers = false
  }

  // MARK: Showing

  private func paint(_ editor: Editor, _ painter: inout Painter, _ prompts: Prompts) {
    let size = terminal.size
    painter.isOnLight = isOnLight
    terminal.write(
      painter.paint(
        layout(editor, prompts, size.columns, matchesBrackets: true), below: below(editor, size.columns), columns: size.columns,
        height: size.rows))
  }

  /// Shows the text alone, and goes on below it.
  private func leave(_ editor: Editor, _ painter: inout Painter, _ prompts: Prompts) {
    painter.isOnLight = isOnLight
    let columns = terminal.size.columns
    terminal.write(painter.finish(layout(editor, prompts, columns), columns: columns))
  }

  private func layout(
    _ editor: Editor, _ prompts: Prompts, _ width: Int, matchesBrackets: Bool = false
  ) -> BlockLayout {
    let buffer = editor.buffer
    var styles = hasColor ? styles(of: buffer) : []
    if matchesBrackets, let (one, other) = BracketMatch.places(buffer.characters, cursor: buffer.cursor, styles: styles) {
      for i in [one, other] where styles.indices.contains(i) { styles[i] = .matched }
    }
    return BlockLayout(
      buffer.characters, cursor: buffer.cursor, styles: styles,
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
