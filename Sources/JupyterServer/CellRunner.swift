import JupyterWire
import Synchronization

/// Runs cells and tells of them; works on the execution thread.
final class CellRunner: Sendable {
  private let kernel: any KernelShell
  private let shell: String?
  let desk: ReplyDesk
  private let input: InputDesk
  private let queue: ExecutionQueue
  private let outbox: Outbox
  /// The number of the last cell that belongs to the history.
  let count = Atomic(0)
  private let lastFailure = Mutex<LastFailure?>(nil)

  init(
    kernel: any KernelShell, shell: String?, desk: ReplyDesk, input: InputDesk, queue: ExecutionQueue, outbox: Outbox
  ) {
    self.kernel = kernel
    self.shell = shell
    self.desk = desk
    self.input = input
    self.queue = queue
    self.outbox = outbox
  }

  func run(_ cell: ExecutionQueue.Cell) {
    if lastFailure.withLock({ $0?.wasUnknown(to: cell.message.header) ?? false }) {
      abort(cell.message)
      return
    }
    var aborted: [Message] = []
    let (message, fields) = (cell.message, cell.fields)
    desk.whileBusy(with: message, takesTurn: true) {
      if fields.storesHistory { count.add(1, ordering: .relaxed) }
      let number = count.load(ordering: .relaxed)
      let request = ExecuteRequest(
        code: fields.code, silent: fields.silent, storesHistory: fields.storesHistory, allowsInput: fields.allowsInput,
        count: number, cell: message.metadata["cellId"]?.string)
      let reply: JSON.Object
      do throws(Failure) {
        reply = try execute(request, message, fields.expressions)
      } catch {
        if !fields.silent { desk.publications.publish("error", error.content, parent: message.header) }
        reply = self.reply(for: error, count: number)
        if fields.stopsOnError {
          aborted = queue.takeCells()
          lastFailure.withLock { $0 = LastFailure(of: message.header, treatment: .now - cell.received) }
        }
      }
      desk.send(reply, to: message, in: outbox)
    }
    abort(aborted)
  }

  func abort(_ messages: [Message]) {
    for message in messages { abort(message) }
  }

  private func abort(_ message: Message) {
    desk.reply(to: message, in: outbox) {
      ["status": "aborted", "execution_count": .integer(count.load(ordering: .relaxed))]
    }
  }

  /// The reply to a cell that failed, or, without a `count`, was never run.
  func reply(for failure: Failure, count: Int? = nil) -> JSON.Object {
    var reply = failure.reply
    reply.append("execution_count", .integer(count ?? self.count.load(ordering: .relaxed)))
    return reply
  }

  private func execute(
    _ request: ExecuteRequest, _ message: Message, _ expressions: [ExecuteFields.Expression]
  ) throws(Failure) -> JSON.Object {
    if !request.silent {
      desk.publications.publish(
        "execute_input", ["code": .string(request.code), "execution_count": .integer(request.count)], parent: message.header)
    }
    let output = output(for: request, message)
    defer { output.finishText() }
    let payload = try kernel.execute(request, output: output)
    var values = JSON.Object()
    for expression in expressions {
      values.append(expression.name, evaluate(expression.code, output))
    }
    return [
      "status": "ok", "execution_count": .integer(request.count), "user_expressions": .object(values),
      "payload": .array(payload.map(\.reply)),
    ]
  }

  func output(for request: ExecuteRequest, _ message: Message) -> CellOutput {
    CellOutput(
      request: request, message: message, publications: desk.publications, input: input, shell: shell, kernel: kernel)
  }

  private func evaluate(_ expression: String, _ output: CellOutput) -> JSON {
    do { return try kernel.evaluate(expression, output: output).shortened.evaluation } catch { return .object(error.reply) }
  }
}

/// A cell after whose failure no further cell should run that was sent before the failure was known.
///
/// Those that are still on their way when the cell fails cannot be taken from the queue; they are known by their dates.
private struct LastFailure {
  private let session: String
  private let date: Timestamp?
  private let treatment: Duration

  /// - Parameter treatment: the time from the receipt of the request to the reply.
  init(of request: Header, treatment: Duration) {
    session = request.session
    date = request.date
    self.treatment = treatment
  }

  /// Whether the client wrote a request so soon after the one that failed that it cannot have known.
  ///
  /// Both dates are from the same clock, so it need not agree with ours.
  func wasUnknown(to request: Header) -> Bool {
    guard request.session == session, let date, let next = request.date, next >= date else { return false }
    // A clock that counts whole seconds cannot tell.
    return !next.isWholeSecond && next - date < treatment
  }
}
