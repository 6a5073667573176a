import JupyterWire

// What the owner of each socket does until the context is shut down, which ends it with an error.

/// Sends everything back as it came.
func serveHeartbeat(_ socket: borrowing Socket) throws(SocketError) {
  while true {
    try socket.send(try socket.receive())
  }
}

/// Receives requests and sends replies, its own and those of the execution thread; returns when the end is asked for.
func serveRequests(
  _ socket: borrowing Socket, door: Dispatcher.Door, dispatcher: Dispatcher, outbox: Outbox
) throws(SocketError) {
  while true {
    try socket.waitForMessage(or: outbox.wake)
    var isLast = false
    repeat {
      for reply in outbox.takeAll() { try socket.send(reply) }
      if isLast { return }
      guard let frames = try socket.receiveWaiting() else { break }
      isLast = dispatcher.receive(frames, at: door, outbox: outbox)
    } while true
  }
}

/// Sends questions to the clients and receives their answers.
func serveInput(_ socket: borrowing Socket, desk: InputDesk, codec: Codec) throws(SocketError) {
  // The client may still be connecting.
  let patience = Duration.seconds(2)
  let pause = 10
  var isWaiting = false
  while true {
    try socket.waitForMessage(or: desk.wake, timeout: isWaiting ? pause : -1)
    isWaiting = false
    for question in desk.unsent() {
      do {
        try socket.send(question.frames)
        desk.noteSent(question)
      } catch let error where error.isUnreachable {
        if .now - question.asked < patience { isWaiting = true } else { desk.failUnreachable(question) }
      }
    }
    while let frames = try socket.receiveWaiting() {
      if let reply = try? codec.decode(frames), reply.header.type == "input_reply" { desk.accept(reply) }
    }
  }
}

/// Publishes what is queued, and welcomes every subscriber; returns when the queue is closed and empty.
func servePublications(
  _ socket: borrowing Socket, publications: Publications, author: Author, codec: Codec
) throws(SocketError) {
  // Nothing is lost to a client that sends its first request before its subscription has arrived.
  let patience = Duration.seconds(1)
  var hasSubscriber = false
  while true {
    if try welcomeSubscribers(socket, author: author, codec: codec) { hasSubscriber = true }
    switch publications.take(at: .now) {
    case .messages(let messages):
      let deadline = ContinuousClock.now + patience
      while !hasSubscriber, !publications.isClosed, case let rest = deadline - .now, rest > .zero {
        try socket.waitForMessage(or: publications.wake, timeout: Int(rest / .milliseconds(1)) + 1)
        publications.wake.clear()
        hasSubscriber = try welcomeSubscribers(socket, author: author, codec: codec)
      }
      for message in messages { try socket.send(codec.encode(message)) }
    case .nothing(let due): try socket.waitForMessage(or: publications.wake, timeout: due)
    case .closed: return
    }
  }
}

/// Answers each new subscription with a welcome to its topic; returns whether there was one.
private func welcomeSubscribers(
  _ socket: borrowing Socket, author: Author, codec: Codec
) throws(SocketError) -> Bool {
  var found = false
  while let frames = try socket.receiveWaiting() {
    guard let subscription = frames.first, subscription.first == 1 else { continue }
    let topic = Array(subscription.dropFirst())
    let name = JSON.string(String(decoding: topic, as: UTF8.self))
    try socket.send(codec.encode(author.write("iopub_welcome", ["subscription": name], parent: nil, to: [topic])))
    found = true
  }
  return found
}
