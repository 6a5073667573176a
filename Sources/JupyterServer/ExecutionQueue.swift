import JupyterWire

/// Requests that wait for the execution thread.
final class ExecutionQueue: Sendable {
  enum Job: Sendable {
    case cell(Cell)
    /// A question to a kernel that does not answer while it runs a cell.
    case question(Message, Request)
  }

  struct Cell: Sendable {
    var message: Message
    var fields: ExecuteFields
    var received: ContinuousClock.Instant
  }

  private let state = Monitor(State())

  private struct State {
    var jobs: [Job] = []
    var isRunningCell = false
    var isClosed = false
  }

  func add(_ job: Job) {
    state.withLock { $0.jobs.append(job) }
  }

  /// The next job, after waiting for it; `nil` after the end.
  ///
  /// Calls `prepare` before a cell; whoever acts `whileRunning` acts after that.
  func next(prepare: () -> Void) -> Job? {
    state.wait { state -> Job?? in
      state.isRunningCell = false
      if state.isClosed { return .some(nil) }
      if state.jobs.isEmpty { return nil }
      let job = state.jobs.removeFirst()
      if case .cell = job {
        prepare()
        state.isRunningCell = true
      }
      return job
    }
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
