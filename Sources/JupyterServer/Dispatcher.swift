import JupyterWire

/// Reads requests and answers them, or hands them to the execution thread.
struct Dispatcher: Sendable {
  let kernel: any Kernel
  let desk: ReplyDesk
  let cells: CellRunner
  let queue: ExecutionQueue
  let input: InputDesk
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
    do {
      request = try Request(message)
    } catch {
      refuse(message, error, outbox)
      return false
    }
    if door == .control && !request.isForControl {
      refuse(message, Failure(name: "InvalidRequest", message: "send \(message.header.type) on shell", traceback: []), outbox)
      return false
    }
    answer(request, message, outbox)
    if case .shutdown = request { return true } else { return false }
  }

  private func answer(_ request: Request, _ message: Message, _ outbox: Outbox) {
    switch request {
    case .execute(let fields):
      queue.add(.cell(ExecutionQueue.Cell(message: message, fields: fields, received: .now)))
    case .complete, .inspect, .isComplete, .history:
      if kernel.answersWhileBusy {
        desk.reply(to: message, in: outbox) { answer(request) }
      } else {
        queue.add(.question(message, request))
      }
    case .kernelInfo:
      desk.reply(to: message, in: outbox) { kernel.info.reply(hasDebugger: kernel.debugger != nil) }
    case .commInfo:
      desk.reply(to: message, in: outbox) { ["status": "ok", "comms": [:]] }
    case .interrupt:
      desk.reply(to: message, in: outbox) {
        interrupt()
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
    case .commOpen(let id):
      // There are no targets, so every comm is closed at once.
      desk.whileBusy(with: message) {
        desk.publications.publish("comm_close", ["comm_id": .string(id), "data": [:]], parent: message.header)
      }
    case .ignored:
      desk.whileBusy(with: message) {}
    }
  }

  /// The answer to a question about code; empty for any other request.
  func answer(_ request: Request) -> JSON.Object {
    switch request {
    case .complete(let code, let cursor): kernel.complete(code, cursor: cursor).reply
    case .inspect(let code, let cursor, let detail):
      MIMEBundle.inspection(of: kernel.inspect(code, cursor: cursor, detail: detail))
    case .isComplete(let code): kernel.isComplete(code).reply
    case .history(let request):
      HistoryEntry.reply(kernel.history(request), includesOutput: request.includesOutput)
    case .kernelInfo, .execute, .commInfo, .commOpen, .interrupt, .shutdown, .debug, .ignored: [:]
    }
  }

  /// Stops the running cell, if there is one.
  func interrupt() {
    queue.whileRunning {
      kernel.interrupt()
      input.fail(.interrupted)
    }
  }

  private func refuse(_ message: Message, _ failure: Failure, _ outbox: Outbox) {
    log("refused: \(failure.message)")
    guard message.header.type.hasSuffix("_request") else { return }
    desk.reply(to: message, in: outbox) {
      message.header.type == "execute_request" ? cells.reply(for: failure) : failure.reply
    }
  }
}

extension Request {
  /// Whether it may come on the control socket, where nothing that takes time is asked.
  fileprivate var isForControl: Bool {
    switch self {
    case .kernelInfo, .commInfo, .interrupt, .shutdown, .debug, .ignored: true
    case .execute, .complete, .inspect, .isComplete, .history, .commOpen: false
    }
  }
}
