import JupyterWire
import Synchronization

/// Runs cells and tells of them; works on the execution thread.
final class CellRunner: Sendable {
  private let kernel: any Kernel
  private let desk: ReplyDesk
  private let input: InputDesk
  private let queue: ExecutionQueue
  private let outbox: Outbox
  /// The number of the last cell that belongs to the history.
  private let count = Atomic(0)

  init(kernel: any Kernel, desk: ReplyDesk, input: InputDesk, queue: ExecutionQueue, outbox: Outbox) {
    self.kernel = kernel
    self.desk = desk
    self.input = input
    self.queue = queue
    self.outbox = outbox
  }

  func run(_ message: Message, _ fields: ExecuteFields) {
    var aborted: [Message] = []
    desk.whileBusy(with: message) {
      let number = count.load(ordering: .relaxed) + 1
      if fields.storesHistory { count.store(number, ordering: .relaxed) }
      let request = ExecuteRequest(
        code: fields.code, silent: fields.silent, storesHistory: fields.storesHistory, allowsInput: fields.allowsInput,
        count: number)
      let reply: JSON.Object
      do throws(Failure) {
        reply = try execute(request, message, fields.expressions)
      } catch {
        if !fields.silent { desk.publications.publish("error", error.content, parent: message.header) }
        // Before the reply: what comes after it is sent by someone who knows of the failure.
        if fields.stopsOnError { aborted = queue.takeCells() }
        reply = self.reply(for: error)
      }
      desk.send(reply, to: message, in: outbox)
    }
    for message in aborted {
      desk.reply(to: message, in: outbox) {
        ["status": "aborted", "execution_count": .integer(count.load(ordering: .relaxed))]
      }
    }
  }

  /// The reply to a cell that failed, or was never run.
  func reply(for failure: Failure) -> JSON.Object {
    var reply = failure.reply
    reply.append("execution_count", .integer(count.load(ordering: .relaxed)))
    return reply
  }

  private func execute(
    _ request: ExecuteRequest, _ message: Message, _ expressions: [ExecuteFields.Expression]
  ) throws(Failure) -> JSON.Object {
    if !request.silent {
      desk.publications.publish(
        "execute_input", ["code": .string(request.code), "execution_count": .integer(request.count)], parent: message.header)
    }
    let output = CellOutput(request: request, message: message, publications: desk.publications, input: input)
    let payload = try kernel.execute(request, output: output)
    var values = JSON.Object()
    for expression in expressions {
      values.append(expression.name, evaluate(expression.code))
    }
    return [
      "status": "ok", "execution_count": .integer(request.count), "user_expressions": .object(values),
      "payload": .array(payload.map(\.reply)),
    ]
  }

  private func evaluate(_ expression: String) -> JSON {
    do { return try kernel.evaluate(expression).evaluation } catch { return .object(error.reply) }
  }
}
