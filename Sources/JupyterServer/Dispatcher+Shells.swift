import JupyterWire

extension Dispatcher {
  /// Starts the thread of a shell, which runs cells, and what has to wait for them, until the queue is closed.
  func start(_ shell: Shell) throws(ServerError) {
    try Thread(shell.id == nil ? "cells" : "subshell", stackSize: stackSize) {
      while let job = shell.queue.next(prepare: shell.kernel.forgetInterrupt) {
        switch job {
        case .cell(let cell): shell.cells.run(cell)
        case .comm(let comm, let message):
          shell.cells.receive(comm, of: message, isFollowed: shell.queue.goesOnWithComm, by: kernel)
        case .question(let message, let request):
          desk.reply(to: message, in: shellOutbox) { answer(request, in: shell) }
        }
      }
    }.detach()
  }

  /// Answers a request about subshells.
  func manageSubshells(_ request: Request, _ message: Message, _ outbox: Outbox) {
    desk.reply(to: message, in: outbox) {
      var reply: JSON.Object = ["status": "ok"]
      do throws(Failure) {
        switch request {
        case .createSubshell: reply.append("subshell_id", .string(try shells.create(start)))
        case .deleteSubshell(let id): try shells.delete(id)
        default: reply.append("subshell_id", .array(shells.ids.map(JSON.string)))
        }
      } catch {
        return error.reply
      }
      return reply
    }
  }
}
