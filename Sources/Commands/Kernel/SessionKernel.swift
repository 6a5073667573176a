import Builtins
import Diagnostics
import Execution
import JupyterServer
import JupyterWire
import Parsing
import Pictures
import Sessions

/// Adapts a session to what the Jupyter server asks for.
final class SessionKernel: Kernel {
  private let session: Session
  private let main: SessionShell
  private let front: NotebookFront
  private let desk: WidgetDesk
  let debugger: (any KernelDebugger)?

  /// - Parameter drawsControls: whether a page is there that draws them; else they have their first values.
  init(_ settings: Invocation.Settings, folder: String = ".", drawsControls: Bool = true) {
    front = NotebookFront(drawsControls: drawsControls)
    desk = front.desk
    session = settings.session(front, folder: folder)
    main = SessionShell(session, nil, front)
    debugger = DebugAdapter(session)
  }

  var info: KernelInfo {
    KernelInfo(
      implementation: "bp", version: Shell.version,
      banner: "bp \(Shell.version): networks and their gradients. help() lists what there is.",
      language: KernelInfo.Language(
        name: "bp", version: Shell.version, mimeType: "text/x-python", fileExtension: ".bp", pygmentsLexer: "python3",
        codeMirrorMode: "python"))
  }

  // What is known of the session's names is kept apart for the questions.
  var answersWhileBusy: Bool { true }

  // MARK: Shells

  let hasSubshells = true

  func makeSubshell() -> (any KernelShell)? {
    let front = NotebookFront(drawsControls: false)
    return SessionShell(session, session.makeSubshell(front: front), front)
  }

  func execute(_ request: ExecuteRequest, output: any KernelOutput) throws(JupyterServer.Failure) -> [Payload] {
    try main.execute(request, output: output)
  }

  /// Runs a cell; what it shows goes to `output`, and what became of it is the caller's to show.
  func run(_ request: ExecuteRequest, output: any KernelOutput) -> Outcome { main.run(request, output: output) }

  func evaluate(_ expression: String, output: any KernelOutput) throws(JupyterServer.Failure) -> MIMEBundle {
    try main.evaluate(expression, output: output)
  }

  // MARK: Controls

  var comms: [String: String] { desk.board.comms }

  func answer(_ comm: CommMessage) -> ((any KernelOutput) -> Void)? { desk.board.answer(comm) }

  func receive(_ comm: CommMessage, isFollowed: Bool, output: any KernelOutput) -> Bool {
    session.react { machine in
      front.showing(on: output) {
        let isWanted = desk.receive(comm)
        // While newer settings wait, older ones need no work.
        if !isFollowed { desk.settle(in: machine) }
        return isWanted
      }
    }
  }

  func history(_ request: HistoryRequest) -> [HistoryEntry] { main.history(request) }

  func interrupt() { main.interrupt() }

  var isInterrupted: Bool { main.isInterrupted }

  func forgetInterrupt() { main.forgetInterrupt() }

  func shutdown(restart: Bool) { main.interrupt() }

  // MARK: Questions

  func complete(_ code: String, cursor: Cursor) -> JupyterServer.Completions {
    let found = session.complete(code, at: code.utf8.distance(from: code.startIndex, to: cursor.index(in: code)))
    let start = code.scalarOffset(ofByte: found.replaced.lowerBound)
    let end = code.scalarOffset(ofByte: found.replaced.upperBound)
    return JupyterServer.Completions(
      found.candidates.map { Completion($0.text, type: $0.kind, signature: $0.signature) }, replacing: start..<end)
  }

  func inspect(_ code: String, cursor: Cursor, detail: DetailLevel) -> MIMEBundle? {
    let offset = code.utf8.distance(from: code.startIndex, to: cursor.index(in: code))
    return session.inspect(code, at: offset, isWhole: detail == .full)?.bundle
  }

  func isComplete(_ code: String) -> JupyterServer.Completeness {
    guard case .program = SessionText(code) else { return .complete }
    return switch Parsing.Completeness(of: code) {
    case .complete: .complete
    case .incomplete(let indent): .incomplete(indent: String(repeating: " ", count: indent))
    case .invalid: .invalid
    }
  }
}

extension Representations {
  /// All media types of the value.
  var bundle: MIMEBundle { bundle(hasPNG: true) }

  /// The value by media type.
  ///
  /// - Parameter hasPNG: whether a figure is drawn for what cannot show SVG: LaTeX, and so PDF.
  func bundle(hasPNG: Bool) -> MIMEBundle {
    var data: JSON.Object = ["text/plain": .string(text)]
    var metadata: JSON.Object = [:]
    // A page with widgets draws nothing for a view without a model.
    let model: String? =
      switch live {
      case .same: nil
      case .model(let id): id
      case .nothing: ""
      }
    if let model {
      data.append(
        "application/vnd.jupyter.widget-view+json", ["version_major": 2, "version_minor": 0, "model_id": .string(model)])
    }
    if let svg { data.append("image/svg+xml", .string(svg)) }
    if let svg, hasPNG, !isPassing, let file = Canvas.file(of: svg) {
      data.append("image/png", .string(file.text))
      metadata.append("image/png", .object(["width": .integer(file.width), "height": .integer(file.height)]))
    }
    if let html { data.append("text/html", .string(html)) }
    return MIMEBundle(data: data, metadata: metadata)
  }
}

extension HelpPage {
  /// The page by media type.
  var bundle: MIMEBundle {
    MIMEBundle(
      data: ["text/plain": .string(text), "text/markdown": .string(markdown), "text/html": .string(html)])
  }
}

extension String {
  /// The number of Unicode scalars before a byte.
  fileprivate func scalarOffset(ofByte byte: Int) -> Int {
    let end = utf8.index(startIndex, offsetBy: byte, limitedBy: endIndex) ?? endIndex
    return unicodeScalars.distance(from: startIndex, to: end)
  }
}
