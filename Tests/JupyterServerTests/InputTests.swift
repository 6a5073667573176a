import JupyterServer
import JupyterWire
import Testing

@Suite struct InputTests {
  @Test(arguments: [("input", false), ("password", true)])
  func `a cell asks and gets a line`(command: String, isPassword: Bool) throws {
    try converse { client in
      try client.execute("\(command) name?")
      let question = try client.expectReply("input_request", on: .stdin)
      #expect(question == ["prompt": "name?", "password": .bool(isPassword)])
      let cell = client.request
      try client.send("input_reply", ["value": "Ada"], on: .stdin)
      client.follow(cell)
      try client.expectBusy()
      try client.expectPublished("execute_input")
      try client.expectStream("stdout", "got Ada\n")
      try client.expectIdle()
    }
  }

  @Test func `a front end that allows no input is not asked`() throws {
    try converse { client in
      try client.execute("input name?", ["allow_stdin": false])
      #expect(try client.expectReply("execute_reply")["evalue"] == "notAllowed")
    }
  }

  @Test func `an interrupt ends the question`() throws {
    try converse { client in
      try client.execute("input name?")
      let cell = client.request
      try client.expectReply("input_request", on: .stdin)
      try client.send("interrupt_request", on: .control)
      try client.expectReply("interrupt_reply", on: .control)
      client.follow(cell)
      #expect(try client.expectReply("execute_reply")["evalue"] == "interrupted")
    }
  }

  @Test func `an interrupt that comes just before the question ends it`() throws {
    try converse { client in
      try client.execute("interrupt\ninput name?")
      #expect(try client.expectReply("execute_reply")["evalue"] == "interrupted")
    }
  }

  @Test func `the answer to an earlier question is not taken for this one`() throws {
    try converse { client in
      try client.execute("input first?")
      let first = try client.receive(.stdin)
      let author = client.author
      func answer(_ question: Message, _ line: String) throws {
        let reply = author.write("input_reply", ["value": .string(line)], parent: question.header)
        try client.send(frames: client.codec.encode(reply), on: .stdin)
      }
      try answer(first, "one")
      #expect(try client.expectReply("execute_reply")["status"] == "ok")
      try client.execute("input second?")
      let second = try client.receive(.stdin)
      try answer(first, "late")
      try answer(second, "two")
      try client.expectReply("execute_reply")
      try client.execute("out end")
      try client.expectReply("execute_reply")
      var text = ""
      while !text.contains("end") {
        let message = try client.receive(.iopub)
        if message.header.type == "stream" { text += message.content["text"]?.string ?? "" }
      }
      #expect(text == "got one\ngot two\nend\n")
    }
  }
}
