import JupyterWire
import Synchronization

/// Where cells are run, one after the other: the main shell or a subshell. Each has a thread, a count and a history of its own.
final class Shell: Sendable {
  /// `nil` for the main shell.
  let id: String?
  let kernel: any KernelShell
  let queue = ExecutionQueue()
  let cells: CellRunner
  private let input: InputDesk

  init(id: String?, kernel: any KernelShell, desk: ReplyDesk, input: InputDesk, outbox: Outbox) {
    self.id = id
    self.kernel = kernel
    self.input = input
    cells = CellRunner(kernel: kernel, shell: id, desk: desk, input: input, queue: queue, outbox: outbox)
  }

  /// Stops the running cell, if there is one.
  func interrupt() {
    queue.whileRunning {
      kernel.interrupt()
      input.fail(.interrupted, askedIn: id)
    }
  }

  /// Ends the thread after the cell that runs, which is stopped.
  func close() {
    queue.close()
    interrupt()
  }
}

/// The main shell and the subshells, which come and go as clients ask for it.
final class Shells: Sendable {
  let main: Shell
  private let kernel: any Kernel
  private let desk: ReplyDesk
  private let input: InputDesk
  private let outbox: Outbox
  private let subshells = Mutex<[Shell]>([])

  /// Each has a thread, so there cannot be any number.
  static let mostSubshells = 32

  init(kernel: any Kernel, desk: ReplyDesk, input: InputDesk, outbox: Outbox) {
    self.kernel = kernel
    self.desk = desk
    self.input = input
    self.outbox = outbox
    main = Shell(id: nil, kernel: kernel, desk: desk, input: input, outbox: outbox)
  }

  /// The shell that a request is for.
  func shell(for request: Header) throws(Failure) -> Shell {
    switch request.fields["subshell_id"] {
    case nil, .null: return main
    case .string(let id): return try subshell(id)
    case _: throw Failure(name: "InvalidRequest", message: "subshell_id must be a text", traceback: [])
    }
  }

  func subshell(_ id: String) throws(Failure) -> Shell {
    let found = subshells.withLock { $0.first { $0.id == id } }
    guard let found else { throw Failure(name: "UnknownSubshell", message: "there is no subshell '\(id)'", traceback: []) }
    return found
  }

  /// The ids of the subshells, the oldest first.
  var ids: [String] { subshells.withLock { $0.compactMap(\.id) } }

  private static var tooMany: Failure {
    Failure(name: "TooManySubshells", message: "there are \(mostSubshells) subshells, as many as there can be", traceback: [])
  }

  /// Makes a subshell; `start` starts its thread.
  func create(_ start: (Shell) throws(ServerError) -> Void) throws(Failure) -> String {
    guard ids.count < Self.mostSubshells else { throw Self.tooMany }
    guard let kernel = kernel.makeSubshell() else {
      throw Failure(name: "InvalidRequest", message: "this kernel has no subshells", traceback: [])
    }
    let id = Author.randomID()
    let shell = Shell(id: id, kernel: kernel, desk: desk, input: input, outbox: outbox)
    do { try start(shell) } catch { throw Failure(name: "SystemError", message: error.description, traceback: []) }
    // Two clients may ask at once.
    let hasRoom = subshells.withLock { subshells in
      guard subshells.count < Self.mostSubshells else { return false }
      subshells.append(shell)
      return true
    }
    guard hasRoom else {
      shell.close()
      throw Self.tooMany
    }
    return id
  }

  /// Ends a subshell: its cell is stopped, and those that wait are aborted.
  func delete(_ id: String) throws(Failure) {
    let shell = try subshell(id)
    subshells.withLock { $0.removeAll { $0 === shell } }
    shell.close()
    shell.cells.abort(shell.queue.takeCells())
  }

  /// Stops all cells that run, or those of one shell.
  func interrupt(_ only: Shell? = nil) {
    for shell in only.map({ [$0] }) ?? all { shell.interrupt() }
  }

  func close() {
    for shell in all { shell.queue.close() }
  }

  private var all: [Shell] { [main] + subshells.withLock { $0 } }
}
