import JupyterWire

/// Sends replies, each between the news that the kernel is busy and that it is idle again.
struct ReplyDesk: Sendable {
  let author: Author
  let codec: Codec
  let publications: Publications
  let status: StatusBoard

  /// Publishes `busy`, makes the reply's content, sends it, publishes `idle`.
  func reply(to request: Message, in outbox: Outbox, _ content: () -> JSON.Object) {
    whileBusy(with: request) {
      send(content(), to: request, in: outbox)
    }
  }

  /// - Parameter takesTurn: whether this is its turn on a shell.
  func whileBusy(with request: Message, takesTurn: Bool = false, _ body: () -> Void) {
    status.begin(request.header, takesTurn: takesTurn)
    body()
    status.end(request.header)
  }

  func send(_ content: JSON.Object, to request: Message, in outbox: Outbox) {
    let type = request.header.type.replacingSuffix("_request", with: "_reply")
    let reply = codec.encode(author.write(type, content, parent: request.header, to: request.identities))
    // What the request has shown comes before its reply. Nothing else is done between them: the thread of the network wakes once.
    publications.flush()
    outbox.post(reply)
  }
}

extension String {
  fileprivate func replacingSuffix(_ suffix: String, with other: String) -> String {
    hasSuffix(suffix) ? dropLast(suffix.count) + other : self
  }
}
