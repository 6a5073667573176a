import JupyterWire

/// Reads requests and answers them, or hands them to the execution thread.
struct Dispatcher: Sendable {
  let kernel: any Kernel
  let desk: ReplyDesk
  let shells: Shells
  /// For the replies of shells.
  let shellOutbox: Outbox
  /// Of the threads on which cells run, in bytes.
  let stackSize: Int
  /// Told what was dropped and why.
  let log: @Sendable (String) -> Void

  /// The socket on which a request came.
  enum Door: String {
    case shell
    case control
  }

  /// Answers a message; returns whether it asked for the end.
  func receive(_ frames: [[UInt8]], at door: Door, outbox: Outbox) -> Bool {
    let message: Message
    do {
      message = try desk.codec.decode(frames)
    } catch {
      if case .malformed(let message, _) = error {
        refuse(message, Failure(name: "InvalidRequest", message: error.description, traceback: []), outbox)
      } else {
        log("dropped on \(door.rawValue): \(error)")
      }
      return false
    }

    let request: Request
    let shell: Shell
    do {
      request = try Request(message)
      shell = try shells.shell(for: message.header)
    } catch {
      refuse(message, error, outbox)
      return false
    }
    if door == .control && !request.isForControl {
      refuse(message, Failure(name: "InvalidRequest", message: "send \(message.header.type) on shell", traceback: []), outbox)
      return false
    }
    answer(request, message, shell, outbox)
    if case .shutdown = request { return true } else { return false }
  }

  private func answer(_ request: Request, _ message: Message, _ shell: Shell, _ outbox: Outbox) {
    switch request {
    case .execute(let fields):
      shell.queue.add(.cell(ExecutionQueue.Cell(message: message, fields: fields, received: .now)))
    case .complete, .inspect, .isComplete, .history:
      if kernel.answersWhileBusy {
        desk.reply(to: message, in: outbox) { answer(request, in: shell) }
      } else {
        shells.main.queue.add(.question(message, request))
      }
    case .kernelInfo:
      desk.reply(to: message, in: outbox) { kernel.infoReply }
    case .commInfo(let target):
      desk.reply(to: message, in: outbox) { CommMessage.reply(kernel.comms, target: target) }
    case .createSubshell, .deleteSubshell, .listSubshells:
      manageSubshells(request, message, outbox)
    case .interrupt:
      desk.reply(to: message, in: outbox) {
        // Whoever names a subshell means it alone.
        shells.interrupt(shell.id == nil ? nil : shell)
        return ["status": "ok"]
      }
    case .shutdown(let restart):
      let content: JSON.Object = ["status": "ok", "restart": .bool(restart)]
      desk.reply(to: message, in: outbox) {
        kernel.shutdown(restart: restart)
        desk.publications.publish("shutdown_reply", content, parent: message.header)
        return content
      }
    case .debug(let content): debug(content, message, outbox)
    case .comm(let comm): take(comm, message)
    case .ignored:
      desk.whileBusy(with: message) {}
    }
  }

  /// Answers a comm's message, or hands it on.
  private func take(_ comm: CommMessage, _ message: Message) {
    // Controls belong to the main shell, whatever shell a front end sends their messages to.
    let main = shells.main
    if let answer = kernel.answer(comm) {
      return desk.whileBusy(with: message) {
        let output = main.cells.output(beside: message)
        defer { output.finishText() }
        answer(output)
      }
    }
    if main.queue.add(comm: comm, of: message) { return }
    log("dropped: \(message.header.type), too many wait")
    desk.whileBusy(with: message) {
      if comm.opensComm { desk.publications.publish(CommMessage(.close, id: comm.id), parent: message.header) }
    }
  }

  /// The answer to a question about code; empty for any other request.
  func answer(_ request: Request, in shell: Shell) -> JSON.Object {
    switch request {
    case .complete(let code, let cursor): kernel.complete(code, cursor: cursor).reply
    case .inspect(let code, let cursor, let detail):
      MIMEBundle.inspection(of: kernel.inspect(code, cursor: cursor, detail: detail))
    case .isComplete(let code): kernel.isComplete(code).reply
    case .history(let request):
      HistoryEntry.reply(shell.kernel.history(request), includesOutput: request.includesOutput)
    case .kernelInfo, .execute, .commInfo, .comm, .createSubshell, .deleteSubshell, .listSubshells, .interrupt, .shutdown,
      .debug, .ignored:
      [:]
    }
  }

  private func refuse(_ message: Message, _ failure: Failure, _ outbox: Outbox) {
    log("refused: \(failure.message)")
    guard message.header.type.hasSuffix("_request") else { return }
    desk.reply(to: message, in: outbox) {
      message.header.type == "execute_request" ? shells.main.cells.reply(for: failure) : failure.reply
    }
  }
}

extension Request {
  /// Whether it may come on the control socket, where nothing that takes time is asked.
  fileprivate var isForControl: Bool {
    switch self {
    case .kernelInfo, .commInfo, .createSubshell, .deleteSubshell, .listSubshells, .interrupt, .shutdown, .debug, .ignored: true
    case .execute, .complete, .inspect, .isComplete, .history, .comm: false
    }
  }
}
