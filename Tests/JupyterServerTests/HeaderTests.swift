import JupyterWire
import Testing

@Suite struct HeaderTests {
  @Test func `every message says who wrote it, when, and by which protocol`() throws {
    try converse { client in
      try client.execute("out x\nresult 1\ninput name?")
      let question = try client.receive(.stdin)
      let reply = client.author.write("input_reply", ["value": "Ada"], parent: question.header)
      try client.send(frames: client.codec.encode(reply), on: .stdin)
      var messages = [question, try client.receive(.shell)]
      while messages.last?.content["execution_state"] != "idle" { messages.append(try client.receive(.iopub)) }
      #expect(messages.count > 6)
      for message in messages {
        #expect(message.header.fields["version"] == "5.5")
        #expect(message.header.fields["username"] == "kernel")
        #expect(message.header.date != nil)
      }
      #expect(Set(messages.map(\.header.id)).count == messages.count)
      #expect(Set(messages.map(\.header.session)).count == 1)
    }
  }

  /// What front ends put into headers of their own must come back to them.
  @Test func `the whole header of a request comes back as the parent of its messages`() throws {
    try converse { client in
      try client.send("execute_request", ["code": "out x"])
      var message = client.author.write("execute_request", ["code": "out x"], parent: nil)
      message.header.fields.append("custom", ["a": [1, 2.5, nil, "é"]])
      try client.expectReply("execute_reply")
      try client.send(frames: client.codec.encode(message))
      #expect(try client.receive(.shell).parent == message.header.fields)
      var published: [Message] = []
      while published.count < 8 { published.append(try client.receive(.iopub)) }
      for message_ in published[4...] { #expect(message_.parent == message.header.fields) }
    }
  }

  @Test func `published messages have their type as topic`() throws {
    try serve { connection, _ in
      let client = try Client(connection, subscribes: false)
      try client.subscribe(to: "execute_result")
      try client.execute("out x\nresult 1")
      try client.expectReply("execute_reply")
      #expect(try client.receive(.iopub).header.type == "execute_result")
      try client.expectNothing(on: .iopub)
    }
  }

  @Test func `what a later protocol adds to a message is passed over`() throws {
    try converse { client in
      var message = client.author.write(
        "execute_request", ["code": "out x", "new_field": [:], "silent": nil], metadata: ["tags": ["a"]], parent: nil)
      message.buffers = [[1, 2, 3], []]
      try client.send(frames: client.codec.encode(message))
      #expect(try client.receive(.shell).content["status"] == "ok")
    }
  }
}
