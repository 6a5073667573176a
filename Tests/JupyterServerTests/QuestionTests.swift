import JupyterServer
import JupyterWire
import Testing

@Suite struct QuestionTests {
  @Test(arguments: [Client.Channel.shell, .control])
  func `the kernel tells who it is`(channel: Client.Channel) throws {
    try converse { client in
      try client.send("kernel_info_request", on: channel)
      try client.expectBusy()
      try client.expectIdle()
      let reply = try client.expectReply("kernel_info_reply", on: channel)
      #expect(
        reply == [
          "status": "ok", "protocol_version": "5.5", "implementation": "fake", "implementation_version": "1.0",
          "language_info": [
            "name": "lines", "version": "1", "mimetype": "text/plain", "file_extension": ".lines", "pygments_lexer": "text",
            "codemirror_mode": "text", "nbconvert_exporter": "script",
          ],
          "banner": "A fake", "debugger": false, "supported_features": ["kernel subshells"],
          "help_links": [["text": "Help", "url": "https://example.org"]],
        ])
    }
  }

  /// Places are counted in Unicode scalars, and places outside are moved into the code.
  @Test(
    arguments: [
      ("abc", 2, "ab!", 2), ("é🙂x", 2, "é🙂!", 2), ("abc", 99, "abc!", 3), ("abc", -1, "!", 0), ("e\u{301}x", 1, "e!", 1),
      ("abc", nil, "abc!", 3),
    ] as [(String, Int?, String, Int)])
  func `completion starts at the cursor`(code: String, cursor: Int?, match: String, end: Int) throws {
    try converse { client in
      try client.send("complete_request", ["code": .string(code), "cursor_pos": cursor.map(JSON.integer) ?? .null])
      let reply = try client.expectReply("complete_reply")
      #expect(reply["status"] == "ok")
      #expect(reply["matches"] == [.string(match)])
      #expect(reply["cursor_start"] == 0)
      #expect(reply["cursor_end"] == .integer(end))
      let type: JSON = ["start": 0, "end": .integer(end), "text": .string(match), "type": "function", "signature": "(x)"]
      #expect(reply["metadata"] == ["_jupyter_types_experimental": [type]])
    }
  }

  @Test func `inspection finds something or nothing`() throws {
    try converse { client in
      try client.send("inspect_request", ["code": "abc", "cursor_pos": 1, "detail_level": 1])
      let found: JSON.Object = ["status": "ok", "found": true, "data": ["text/plain": "abc at 1, full"], "metadata": [:]]
      #expect(try client.expectReply("inspect_reply") == found)
      try client.send("inspect_request", ["code": "nothing", "cursor_pos": 1])
      #expect(try client.expectReply("inspect_reply") == ["status": "ok", "found": false, "data": [:], "metadata": [:]])
    }
  }

  @Test(
    arguments: [
      ("complete", ["status": "complete"]), ("incomplete", ["status": "incomplete", "indent": "  "]),
      ("invalid", ["status": "invalid"]), ("?", ["status": "unknown"]),
    ] as [(String, JSON.Object)])
  func `code is complete or not`(code: String, reply: JSON.Object) throws {
    try converse { client in
      try client.send("is_complete_request", ["code": .string(code)])
      #expect(try client.expectReply("is_complete_reply") == reply)
    }
  }

  @Test(
    arguments: [
      (["hist_access_type": "tail", "n": 3], "tail(count: 3)"),
      (["hist_access_type": "range", "session": -1, "start": 2, "stop": nil], "range(session: -1, start: 2, stop: nil)"),
      (["hist_access_type": "range", "start": 2, "stop": 5], "range(session: 0, start: 2, stop: Optional(5))"),
      (
        ["hist_access_type": "search", "pattern": "a*", "n": 2, "unique": true],
        "search(pattern: \"a*\", count: Optional(2), unique: true)"
      ),
    ] as [(JSON.Object, String)])
  func `history is looked up in each way`(content: JSON.Object, access: String) throws {
    try converse { client in
      try client.send("history_request", content)
      #expect(try client.expectReply("history_reply") == ["status": "ok", "history": [[0, 1, .string(access)]]])
      var content = content
      content["output"] = true
      try client.send("history_request", content)
      #expect(try client.expectReply("history_reply")["history"] == [[0, 1, [.string(access), "4"]]])
    }
  }

  @Test func `questions are answered while a cell runs`() throws {
    try converse { client in
      try client.executeWaiting()
      try client.send("complete_request", ["code": "abc", "cursor_pos": 1])
      try client.expectReply("complete_reply")
      try client.send("kernel_info_request", on: .control)
      try client.expectReply("kernel_info_reply", on: .control)
      try client.expectHeartbeat()
    }
  }

  @Test func `the last word is busy while a cell runs, and idle afterwards`() throws {
    try converse { client in
      try client.executeWaiting()
      let cell = client.request
      for (question, door) in [("complete", Client.Channel.shell), ("kernel_info", .control)] {
        try client.send(question + "_request", ["code": "abc"], on: door)
        try client.expectReply(question + "_reply", on: door)
        try client.expectBusy()
        try client.expectIdle()
        client.follow(cell)
        try client.expectBusy()
      }
      try client.send("interrupt_request", on: .control)
      client.follow(cell)
      var last: JSON?
      while last != "idle" {
        let message = try client.receive(.iopub)
        if message.header.type == "status", message.parent == cell?.fields { last = message.content["execution_state"] }
      }
      try client.expectReply("execute_reply")
    }
  }

  @Test func `questions to a kernel that answers one thing at a time wait`() throws {
    let kernel = FakeKernel(answersWhileBusy: false)
    try converse(with: kernel) { client in
      try client.executeWaiting()
      let cell = client.request
      try client.send("complete_request", ["code": "abc", "cursor_pos": 1])
      let question = client.request
      try client.send("kernel_info_request")
      try client.expectReply("kernel_info_reply")
      kernel.interrupt()
      client.follow(cell)
      try client.expectReply("execute_reply")
      client.follow(question)
      try client.expectReply("complete_reply")
    }
  }

  @Test func `there are no comms`() throws {
    try converse { client in
      try client.send("comm_info_request")
      try client.expectBusy()
      try client.expectIdle()
      #expect(try client.expectReply("comm_info_reply") == ["status": "ok", "comms": [:]])
      try client.send("comm_open", ["comm_id": "c", "target_name": "t", "data": [:]])
      try client.expectBusy()
      try client.expectPublished("comm_close", ["comm_id": "c", "data": [:]])
      try client.expectIdle()
      try client.send("comm_msg", ["comm_id": "c", "data": [:]])
      try client.expectBusy()
      try client.expectIdle()
      try client.expectNothing(on: .shell)
    }
  }
}
