import JupyterWire

/// What the threads of one server share.
struct Office: Sendable {
  let author = Author(username: "kernel")
  let codec: Codec
  let publications: Publications
  let input: InputDesk
  let shells: Shells
  let shellOutbox: Outbox
  let controlOutbox: Outbox
  let dispatcher: Dispatcher

  /// - Parameter stackSize: of the threads on which cells run.
  init(
    kernel: any Kernel, key: [UInt8], stackSize: Int, log: @escaping @Sendable (String) -> Void
  ) throws(ServerError) {
    codec = Codec(key: key)
    publications = try Publications(author: author, codec: codec)
    input = try InputDesk(author: author, codec: codec)
    shellOutbox = try Outbox()
    controlOutbox = try Outbox()
    let desk = ReplyDesk(
      author: author, codec: codec, publications: publications, status: StatusBoard(publications))
    shells = Shells(kernel: kernel, desk: desk, input: input, outbox: shellOutbox)
    dispatcher = Dispatcher(
      kernel: kernel, desk: desk, shells: shells, shellOutbox: shellOutbox, stackSize: stackSize, log: log)
  }
}

extension Office {
  /// Works on the bound socket of a channel until the channel ends.
  func serve(_ channel: Connection.Channel, on socket: consuming Socket) throws(SocketError) {
    switch channel {
    case .heartbeat: try serveHeartbeat(socket)
    case .shell: try serveRequests(socket, door: .shell, dispatcher: dispatcher, outbox: shellOutbox)
    case .control: try serveRequests(socket, door: .control, dispatcher: dispatcher, outbox: controlOutbox)
    case .stdin: try serveInput(socket, desk: input, codec: codec)
    case .iopub: try publications.serve(socket)
    }
  }
}
