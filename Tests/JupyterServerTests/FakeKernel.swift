import Glibc
import JupyterServer
import JupyterWire
import Synchronization

/// A kernel whose language has one command in a line: `out TEXT`, `err TEXT`, `result TEXT`, `display ID TEXT`, `update ID TEXT`,
/// `clear`, `input PROMPT`, `password PROMPT`, `fail NAME`, `lines COUNT`, `exit`, `interrupt`, and `wait`, which says so and waits
/// for an interrupt.
final class FakeKernel: Kernel {
  let answersWhileBusy: Bool
  let debugger: (any KernelDebugger)? = nil
  private let interrupted = Mutex(false)
  private let openComms = Mutex<[String: String]>([:])
  private let shutdowns = Mutex<[Bool]>([])

  init(answersWhileBusy: Bool = true) {
    self.answersWhileBusy = answersWhileBusy
  }

  /// The `restart` of each shutdown so far.
  var seenShutdowns: [Bool] { shutdowns.withLock { $0 } }

  let info = KernelInfo(
    implementation: "fake", version: "1.0", banner: "A fake",
    language: .init(
      name: "lines", version: "1", mimeType: "text/plain", fileExtension: ".lines", pygmentsLexer: "text", codeMirrorMode: "text"),
    helpLinks: [.init(text: "Help", url: "https://example.org")])

  func execute(_ request: ExecuteRequest, output: any KernelOutput) throws(Failure) -> [Payload] {
    var payload: [Payload] = []
    for line in request.code.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 2).map(String.init)
      let rest = words.dropFirst().joined(separator: " ")
      switch words[0] {
      case "out": output.stream(.standard, rest + "\n")
      case "err": output.stream(.error, rest + "\n")
      case "lines":
        for i in 0..<(Int(rest) ?? 0) { output.stream(.standard, "line \(i)\n") }
      case "result": output.result(text(rest))
      case "display": output.display(text(words[2]), id: words[1])
      case "update": output.update(text(words[2]), id: words[1])
      case "clear": output.clear(wait: true)
      case "input", "password":
        do {
          output.stream(.standard, "got \(try output.input(prompt: rest, isPassword: words[0] == "password"))\n")
        } catch {
          throw Failure(name: "InputError", message: "\(error)", traceback: [])
        }
      case "wait":
        output.stream(.standard, "waiting\n")
        try waitForInterrupt()
      case "interrupt": interrupt()
      case "exit": payload.append(.exit(keepKernel: false))
      default: throw Failure(name: rest, message: "because", traceback: ["line 1", "line 2"])
      }
    }
    return payload
  }

  var comms: [String: String] { openComms.withLock { $0 } }

  /// What asks `now` waits for no cell.
  func answer(_ comm: CommMessage) -> ((any KernelOutput) -> Void)? {
    guard comm.data["now"] != nil else { return nil }
    return { $0.send(CommMessage(.message, id: comm.id, data: ["answered": true])) }
  }

  /// Knows one target, `echo`, which sends back what it gets.
  func receive(_ comm: CommMessage, isFollowed: Bool, output: any KernelOutput) -> Bool {
    switch comm.kind {
    case .open(let target):
      guard target == "echo" else { return false }
      openComms.withLock { $0[comm.id] = target }
    case .message: if comms[comm.id] != nil { output.send(CommMessage(.message, id: comm.id, data: comm.data)) }
    case .close: openComms.withLock { $0[comm.id] = nil }
    }
    return true
  }

  func evaluate(_ expression: String, output: any KernelOutput) throws(Failure) -> MIMEBundle {
    if expression == "says" { output.stream(.standard, "said\n") }
    if expression == "bad" { throw Failure(name: "NameError", message: "bad", traceback: []) }
    return text(expression)
  }

  let hasSubshells = true

  /// A kernel of its own, of which only the cells are asked for.
  func makeSubshell() -> (any KernelShell)? { FakeKernel(answersWhileBusy: answersWhileBusy) }

  func complete(_ code: String, cursor: Cursor) -> Completions {
    let typed = code[..<cursor.index(in: code)]
    return Completions([Completion(typed + "!", type: "function", signature: "(x)")], replacing: 0..<cursor.offset)
  }

  func inspect(_ code: String, cursor: Cursor, detail: DetailLevel) -> MIMEBundle? {
    code == "nothing" ? nil : text("\(code) at \(cursor.offset), \(detail)")
  }

  func isComplete(_ code: String) -> Completeness {
    switch code {
    case "complete": .complete
    case "incomplete": .incomplete(indent: "  ")
    case "invalid": .invalid
    default: .unknown
    }
  }

  func history(_ request: HistoryRequest) -> [HistoryEntry] {
    [HistoryEntry(session: 0, line: 1, input: "\(request.access)", output: "4")]
  }

  func interrupt() {
    interrupted.withLock { $0 = true }
  }

  var isInterrupted: Bool { interrupted.withLock { $0 } }

  func forgetInterrupt() {
    interrupted.withLock { $0 = false }
  }

  func shutdown(restart: Bool) {
    shutdowns.withLock { $0.append(restart) }
    interrupt()
  }

  private func waitForInterrupt() throws(Failure) {
    while !isInterrupted { usleep(1000) }
    throw Failure(name: "KeyboardInterrupt", message: "", traceback: ["interrupted"])
  }

  private func text(_ text: String) -> MIMEBundle {
    MIMEBundle(data: ["text/plain": .string(text)])
  }
}
