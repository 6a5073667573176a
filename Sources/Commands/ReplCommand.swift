import Builtins
import Diagnostics
import Glibc
import LineEditing
import Parsing
import Sessions

/// `bpsh` alone: a conversation, line by line.
struct ReplCommand {
  let settings: Invocation.Settings

  func run() -> Int32 {
    let (session, front) = settings.conversation()
    return ProgramThread.run(interrupting: session) { converse(session, front) }
  }

  private func converse(_ session: Session, _ front: OutputFront) -> Int32 {
    let language = ReplLanguage(session)
    let terminal = Terminal()
    let editor = LineEditor(
      terminal: terminal, lines: front.lines, history: History(path: Self.historyFile), hasColor: front.textStyle.hasColor,
      variables: TerminalStyle.variable, delegate: language)
    let figures = settings.figures.or(TerminalStyle.variable("BP_FIGURES"))
    if terminal.hasPerson {
      front.write("bp \(Shell.version)\nhelp() lists what there is, name? shows one, Ctrl-D leaves\n", toErrors: false)
    }
    var number = 1
    var start = ""
    var hasFailed = false
    while true {
      session.forgetInterrupt()
      front.endLine()
      let reading = editor.readBlock(
        LineEditor.Prompts(first: "> ", others: "  "), start: start, isInterrupted: session.takeInterrupt)
      start = ""
      guard case .text(let text) = reading else {
        // Who pipes lines in wants to know whether they went well.
        if reading == .endOfInput { return hasFailed && !terminal.hasPerson ? 1 : 0 }
        continue
      }
      guard !text.allSatisfy(\.isWhitespace) else { continue }
      front.pictures = PictureTerminal(figures, editor.features, terminal)
      // The window may have been resized since.
      front.textStyle = TerminalStyle.text(on: STDOUT_FILENO, allowsColor: settings.hasColor)
      switch session.run(text, name: "input \(number)") {
      case .value(let value): if let value { front.display(value, id: nil, isUpdate: false) }
      case .page(let page):
        if !Pager.show(page.text, on: terminal) { front.write(page.text + "\n", toErrors: false) }
      case .nextInput(let text): start = text
      case .exit(let status): return status
      case .failure(let failure):
        hasFailed = true
        // The terminal has shown ^C.
        if failure.isInterrupt, terminal.hasPerson { front.write("\n", toErrors: true) }
        front.endLine()
        front.write(failure.rendered(TerminalStyle.errors(allowsColor: settings.hasColor)) + "\n", toErrors: true)
      }
      number += 1
    }
  }

  /// In the folder for what programs keep between runs.
  static var historyFile: String? {
    // By the specification of these folders a path that is not absolute counts as not set.
    let state = TerminalStyle.variable("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let folder = state ?? TerminalStyle.variable("HOME").map({ $0 + "/.local/state" }) else { return nil }
    var made = ""
    for part in (folder + "/bp").split(separator: "/") {
      made += "/" + part
      mkdir(made, 0o700)
    }
    return made + "/history"
  }
}

/// What the editor wants to know of the language.
final class ReplLanguage: LineEditorDelegate {
  private let session: Session

  init(_ session: Session) {
    self.session = session
  }

  func completeness(of text: String) -> InputCompleteness {
    guard case .program = SessionText(text) else { return .complete }
    return switch Completeness(of: text) {
    case .complete: .complete
    case .incomplete(let indent): .incomplete(indent: indent)
    case .invalid: .invalid
    }
  }

  func completions(in text: String, at offset: Int) -> (candidates: [Candidate], replaced: Range<Int>) {
    let found = session.complete(text, at: offset)
    return (found.candidates.map { Candidate($0.text, kind: $0.kind, signature: $0.signature, facts: $0.facts) }, found.replaced)
  }

  func styles(in text: String) -> [(range: Range<Int>, style: TextRole)] {
    Highlight.all(in: text).compactMap { highlight in
      switch highlight.kind {
      case .keyword: (highlight.range, .keyword)
      case .string: (highlight.range, .string)
      case .number: (highlight.range, .number)
      case .comment: (highlight.range, .comment)
      case .name:
        session.isBuiltin(String(decoding: Array(text.utf8)[highlight.range], as: UTF8.self)) ? (highlight.range, .builtin) : nil
      }
    }
  }

  func help(in text: String, at offset: Int, width: Int) -> String? { session.inspect(text, at: offset)?.text }

  func indent(ofLastOf lines: [Substring]) -> Int? { Continuation.indent(ofLastOf: lines) }

  func edited(_ text: String) -> String? { TextEditor.edited(text) }

  func signature(in text: String, at offset: Int) -> String? { session.signature(in: text, at: offset) }
}
