import JupyterServer
import JupyterWire
import Testing

@Suite struct ClientsTests {
  @Test func `replies go to who asked`() throws {
    try serve { connection, _ in
      let clients = try ["first", "second", "third"].map { try Client(connection, identity: $0) }
      for round in 1...3 {
        for client in clients { try client.execute("out \(round)") }
        for client in clients { try client.expectReply("execute_reply") }
      }
      for client in clients { try client.expectNothing(on: .shell) }
    }
  }

  @Test func `input is asked of the client whose cell it is`() throws {
    try serve { connection, _ in
      let (first, second) = (try Client(connection, identity: "first"), try Client(connection, identity: "second"))
      try second.execute("input name?")
      let question = try second.receive(.stdin)
      try first.expectNothing(on: .stdin)
      let reply = second.author.write("input_reply", ["value": "Ada"], parent: question.header)
      try second.send(frames: second.codec.encode(reply), on: .stdin)
      try second.expectReply("execute_reply")
    }
  }

  @Test func `a failure aborts what other clients had sent before, and nothing later`() throws {
    try serve { connection, _ in
      let (first, second) = (
        try Client(connection, identity: "first"), try Client(connection, subscribes: false, identity: "second")
      )
      try first.executeWaiting()
      let cell = first.request
      try second.execute("out x")
      try second.send("kernel_info_request")
      let info = second.request
      second.follow(info)
      try second.expectReply("kernel_info_reply")
      try first.send("interrupt_request", on: .control)
      first.follow(cell)
      try first.expectReply("execute_reply")
      #expect(try second.receive(.shell).content["status"] == "aborted")
      try second.execute("out y")
      #expect(try second.expectReply("execute_reply")["status"] == "ok")
    }
  }

  @Test func `a client that comes back with its old identity is answered`() throws {
    try serve { connection, _ in
      let gone = try Client(connection, identity: "client")
      try gone.send("kernel_info_request")
      try gone.expectBusy()
      try gone.expectReply("kernel_info_reply")
      // Else the end of it could come before the welcome.
      try gone.expectIdle()
      let back = try Client(connection, identity: "client")
      try back.execute("input name?")
      #expect(try back.receive(.stdin).content["prompt"] == "name?")
    }
  }

  @Test func `a client that goes away in the middle of its cell harms nobody`() throws {
    try serve { connection, _ in
      do {
        let gone = try Client(connection, identity: "gone")
        try gone.execute("lines 1000\nout last")
        try gone.expectBusy()
      }
      let client = try Client(connection, subscribes: false, identity: "client")
      try client.execute("out on")
      #expect(try client.expectReply("execute_reply")["status"] == "ok")
    }
  }
}
