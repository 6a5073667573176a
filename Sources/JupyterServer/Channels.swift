import JupyterWire

// What the owner of each socket does until the context is shut down, which ends it with an error.

/// Sends everything back as it came.
func serveHeartbeat(_ socket: borrowing Socket) throws(SocketError) {
  while true {
    try socket.send(try socket.receive())
  }
}

/// Receives requests and lets them be answered; returns when the end is asked for.
func serveRequests(
  _ socket: consuming Socket, door: Dispatcher.Door, dispatcher: Dispatcher, outbox: Outbox
) throws(SocketError) {
  let arrivals = try socket.descriptor
  outbox.open(socket)
  defer { outbox.close() }
  while true {
    while let frames = try outbox.receive() {
      if dispatcher.receive(frames, at: door, outbox: outbox) { return }
    }
    outbox.wake.wait(or: arrivals)
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
