import Builtins
import Diagnostics
import Execution
import JupyterServer
import JupyterWire
import Parsing
import Sessions
import Synchronization

/// Adapts a session to what the Jupyter server asks for.
final class SessionKernel: Kernel, @unchecked Sendable {
  // Unchecked: the front is used by the cell that runs; the session and the history look after themselves.
  private let session: Session
  private let front: NotebookFront
  let debugger: (any KernelDebugger)?
  private let history = Mutex(KernelHistory())

  init(_ settings: Invocation.Settings) {
    front = NotebookFront()
    session = settings.session(front, folder: ".")
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

  // MARK: Cells

  func execute(_ request: ExecuteRequest, output: any KernelOutput) throws(JupyterServer.Failure) -> [Payload] {
    // A cell that is not counted has no number of its own.
    let name = request.storesHistory ? "cell \(request.count)" : "cell"
    let outcome = front.showing(on: output) {
      session.run(request.code, name: name, mode: Session.Mode(isKept: request.storesHistory))
    }
    if request.storesHistory {
      let shown: String? = if case .value(let value?) = outcome { value.text } else { nil }
      history.withLock { $0.add(request.code, line: request.count, output: shown) }
    }
    switch outcome {
    case .value(let value):
      if let value { output.result(value.bundle) }
      return []
    case .page(let page): return [.page(page.bundle)]
    case .nextInput(let text): return [.nextInput(text, replace: false)]
    case .exit: return [.exit(keepKernel: false)]
    case .failure(let failure): throw failure.reply
    }
  }

  func evaluate(_ expression: String, output: any KernelOutput) throws(JupyterServer.Failure) -> MIMEBundle {
    switch front.showing(on: output, { session.evaluate(expression) }) {
    case .success(let value): return value.bundle
    case .failure(let failure): throw failure.reply
    }
  }

  // MARK: Questions

  func complete(_ code: String, cursor: Cursor) -> JupyterServer.Completions {
    let found = session.complete(code, at: code.utf8.distance(from: code.startIndex, to: cursor.index(in: code)))
    let start = code.scalarOffset(ofByte: found.replaced.lowerBound)
    let end = code.scalarOffset(ofByte: found.replaced.upperBound)
    return JupyterServer.Completions(
      found.candidates.map { Completion($0.text, type: $0.kind, signature: $0.signature) }, replacing: start..<end)
  }

  func inspect(_ code: String, cursor: Cursor, detail: DetailLevel) -> MIMEBundle? {
    session.inspect(code, at: code.utf8.distance(from: code.startIndex, to: cursor.index(in: code)))?.bundle
  }

  func isComplete(_ code: String) -> JupyterServer.Completeness {
    guard case .program = SessionText(code) else { return .complete }
    return switch Parsing.Completeness(of: code) {
    case .complete: .complete
    case .incomplete(let indent): .incomplete(indent: String(repeating: " ", count: indent))
    case .invalid: .invalid
    }
  }

  func history(_ request: HistoryRequest) -> [HistoryEntry] { history.withLock { $0.entries(request) } }

  // MARK: The end of things

  func interrupt() { session.interrupt() }

  var isInterrupted: Bool { session.isInterrupted }

  func forgetInterrupt() { session.forgetInterrupt() }

  func shutdown(restart: Bool) { session.interrupt() }
}

extension Representations {
  /// The value by media type.
  var bundle: MIMEBundle {
    var data: JSON.Object = ["text/plain": .string(text)]
    if let svg { data.append("image/svg+xml", .string(svg)) }
    if let html { data.append("text/html", .string(html)) }
    return MIMEBundle(data: data)
  }
}

extension HelpPage {
  /// The page by media type.
  fileprivate var bundle: MIMEBundle {
    MIMEBundle(data: ["text/plain": .string(text), "text/markdown": .string(markdown)])
  }
}

extension Sessions.Failure {
  /// The failure as a notebook shows it.
  fileprivate var reply: JupyterServer.Failure {
    let text = rendered(RenderingStyle(width: 90, emphasis: .weight))
    return JupyterServer.Failure(
      name: kind, message: message,
      traceback: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
  }
}

extension String {
  /// The number of Unicode scalars before a byte.
  fileprivate func scalarOffset(ofByte byte: Int) -> Int {
    let end = utf8.index(startIndex, offsetBy: byte, limitedBy: endIndex) ?? endIndex
    return unicodeScalars.distance(from: startIndex, to: end)
  }
}
