import JupyterWire
import Threads

/// Requests that wait for the execution thread.
final class ExecutionQueue: Sendable {
  enum Job: Sendable {
    case cell(Cell)
    /// A question to a kernel that does not answer while it runs a cell.
    case question(Message, Request)
    case comm(CommMessage, of: Message)
  }

  struct Cell: Sendable {
    var message: Message
    var fields: ExecuteFields
    var received: ContinuousClock.Instant
  }

  private let state = Monitor(State())

  /// A front end sends the next change of a control when the last one is done; more than this is nobody's work.
  private static let mostComms = 1000

  private struct State {
    var jobs: [Job] = []
    /// How many of them are comms' messages.
    var commCount = 0
    var isRunningCell = false
    var isClosed = false
  }

  func add(_ job: Job) {
    state.withLock { $0.jobs.append(job) }
  }

  /// Adds a comm's message; false where too many wait.
  func add(comm: CommMessage, of message: Message) -> Bool {
    state.withLock { state in
      guard state.commCount < Self.mostComms else { return false }
      state.commCount += 1
      state.jobs.append(.comm(comm, of: message))
      return true
    }
  }

  /// The next job, after waiting for it; `nil` after the end.
  ///
  /// Calls `prepare` before a cell or a comm's message; whoever acts `whileRunning` acts after that.
  func next(prepare: () -> Void) -> Job? {
    state.wait { state -> Job?? in
      state.isRunningCell = false
      if state.isClosed { return .some(nil) }
      if state.jobs.isEmpty { return nil }
      let job = state.jobs.removeFirst()
      switch job {
      case .question: break
      case .cell:
        prepare()
        state.isRunningCell = true
      case .comm:
        prepare()
        state.isRunningCell = true
        state.commCount -= 1
      }
      return job
    }
  }

  /// Whether the next job is a comm's message.
  var goesOnWithComm: Bool {
    state.withLock { if case .comm? = $0.jobs.first { true } else { false } }
  }

  /// Takes away the cells that wait, and leaves the questions.
  func takeCells() -> [Message] {
    state.withLock { state in
      let cells = state.jobs.compactMap { job in
        if case .cell(let cell) = job { cell.message } else { nil }
      }
      state.jobs.removeAll { job in
        if case .cell = job { true } else { false }
      }
      return cells
    }
  }

  /// Does something only if a cell runs, and before its end.
  func whileRunning(_ body: () -> Void) {
    state.withLock { if $0.isRunningCell { body() } }
  }

  func close() {
    state.withLock { $0.isClosed = true }
  }
}
