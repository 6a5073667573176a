import JupyterWire

/// What the threads of one server share.
struct Office: Sendable {
  let author = Author(username: "kernel")
  let codec: Codec
  let publications: Publications
  let input: InputDesk
  let queue = ExecutionQueue()
  let shellOutbox: Outbox
  let controlOutbox: Outbox
  let cells: CellRunner
  let dispatcher: Dispatcher

  init(kernel: any Kernel, key: [UInt8], log: @escaping @Sendable (String) -> Void) throws(ServerError) {
    codec = Codec(key: key)
    publications = try Publications(author: author)
    input = try InputDesk(author: author, codec: codec)
    shellOutbox = try Outbox()
    controlOutbox = try Outbox()
    let desk = ReplyDesk(author: author, codec: codec, publications: publications)
    cells = CellRunner(kernel: kernel, desk: desk, input: input, queue: queue, outbox: shellOutbox)
    dispatcher = Dispatcher(kernel: kernel, desk: desk, cells: cells, queue: queue, input: input, log: log)
  }
}

extension Office {
  /// Works on the bound socket of a channel until the channel ends.
  func serve(_ channel: Connection.Channel, on socket: borrowing Socket) throws(SocketError) {
    switch channel {
    case .heartbeat: try serveHeartbeat(socket)
    case .shell: try serveRequests(socket, door: .shell, dispatcher: dispatcher, outbox: shellOutbox)
    case .control: try serveRequests(socket, door: .control, dispatcher: dispatcher, outbox: controlOutbox)
    case .stdin: try serveInput(socket, desk: input, codec: codec)
    case .iopub: try servePublications(socket, publications: publications, author: author, codec: codec)
    }
  }

  /// Runs cells, and what has to wait for them, until the queue is closed.
  func runJobs() {
    while let job = queue.next(prepare: dispatcher.kernel.forgetInterrupt) {
      switch job {
      case .cell(let cell): cells.run(cell)
      case .comm(let comm, let message, let isFollowed): cells.receive(comm, of: message, isFollowed: isFollowed)
      case .question(let message, let request):
        dispatcher.desk.reply(to: message, in: shellOutbox) { dispatcher.answer(request) }
      }
    }
  }
}
