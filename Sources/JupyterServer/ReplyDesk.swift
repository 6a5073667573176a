import JupyterWire

/// Sends replies, each between the news that the kernel is busy and that it is idle again.
struct ReplyDesk: Sendable {
  let author: Author
  let codec: Codec
  let publications: Publications

  /// Publishes `busy`, makes the reply's content, sends it, publishes `idle`.
  func reply(to request: Message, in outbox: Outbox, _ content: () -> JSON.Object) {
    whileBusy(with: request) {
      send(content(), to: request, in: outbox)
    }
  }

  func whileBusy(with request: Message, _ body: () -> Void) {
    publish(status: "busy", parent: request.header)
    body()
    publish(status: "idle", parent: request.header)
    publications.flush()
  }

  func send(_ content: JSON.Object, to request: Message, in outbox: Outbox) {
    let type = request.header.type.replacingSuffix("_request", with: "_reply")
    let reply = codec.encode(author.write(type, content, parent: request.header, to: request.identities))
    // What the request has shown comes before its reply. Nothing else is done between them: the thread of the network wakes once.
    publications.flush()
    outbox.post(reply)
  }

  func publish(status: String, parent: Header?) {
    publications.publish("status", ["execution_state": .string(status)], parent: parent)
  }
}

extension String {
  fileprivate func replacingSuffix(_ suffix: String, with other: String) -> String {
    hasSuffix(suffix) ? dropLast(suffix.count) + other : self
  }
}
