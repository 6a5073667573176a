import Builtins
import Diagnostics
import JupyterServer
import Sessions
import Synchronization

/// Adapts a shell of a session to what the Jupyter server asks for.
final class SessionShell: KernelShell {
  private let session: Session
  /// `nil` for the main shell.
  private let subshell: Subshell?
  private let front: NotebookFront
  private let entries = Mutex(KernelHistory())

  init(_ session: Session, _ subshell: Subshell?, _ front: NotebookFront) {
    self.session = session
    self.subshell = subshell
    self.front = front
  }

  func execute(_ request: ExecuteRequest, output: any KernelOutput) throws(JupyterServer.Failure) -> [Payload] {
    switch run(request, output: output) {
    case .value(let value):
      if let value { output.result(value.bundle) }
      return []
    case .page(let page): return [.page(page.bundle)]
    case .nextInput(let text): return [.nextInput(text, replace: false)]
    case .exit: return [.exit(keepKernel: false)]
    case .failure(let failure): throw failure.reply
    }
  }

  /// Runs a cell; what it shows goes to `output`, and what became of it is the caller's to show.
  func run(_ request: ExecuteRequest, output: any KernelOutput) -> Outcome {
    // A cell that is not counted has no number of its own.
    let kind = subshell == nil ? "cell" : "subshell cell"
    let name = request.storesHistory ? "\(kind) \(request.count)" : kind
    let outcome = session.having(subshell) {
      front.showing(on: output) {
        front.desk.begin(cell: request.cell)
        return session.run(request.code, name: name, mode: Session.Mode(isKept: request.storesHistory), in: subshell)
      }
    }
    if request.storesHistory {
      let shown: String? = if case .value(let value?) = outcome { value.text } else { nil }
      entries.withLock { $0.add(request.code, line: request.count, output: shown) }
    }
    return outcome
  }

  func evaluate(_ expression: String, output: any KernelOutput) throws(JupyterServer.Failure) -> MIMEBundle {
    switch session.having(subshell, { front.showing(on: output) { session.evaluate(expression, in: subshell) } }) {
    case .success(let value): return value.bundle
    case .failure(let failure): throw failure.reply
    }
  }

  func history(_ request: HistoryRequest) -> [HistoryEntry] { entries.withLock { $0.entries(request) } }

  // MARK: Interrupts

  private var own: Subshell { subshell ?? session.main }

  func interrupt() {
    if let subshell { subshell.interrupt() } else { session.interrupt() }
  }

  var isInterrupted: Bool { own.isInterrupted }

  func forgetInterrupt() { own.forgetInterrupt() }
}

extension Sessions.Failure {
  /// The failure as a notebook shows it.
  var reply: JupyterServer.Failure {
    let text = rendered(RenderingStyle(width: 90, emphasis: .weight))
    return JupyterServer.Failure(
      name: kind, message: message,
      traceback: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
  }
}
