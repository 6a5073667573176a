import JupyterServer
import JupyterWire
import Testing

@Suite struct ExecutionTests {
  @Test func `a cell shows its output in order between busy and idle`() throws {
    try converse { client in
      try client.execute("out one\nout two\nerr three\nout four\nresult 5")
      try client.expectBusy()
      try client.expectInput("out one\nout two\nerr three\nout four\nresult 5", count: 1)
      try client.expectStream("stdout", "one\ntwo\n")
      try client.expectStream("stderr", "three\n")
      try client.expectStream("stdout", "four\n")
      try client.expectPublished("execute_result", ["execution_count": 1, "data": ["text/plain": "5"], "metadata": [:]])
      try client.expectIdle()
      let reply = try client.expectReply("execute_reply")
      #expect(reply == ["status": "ok", "execution_count": 1, "user_expressions": [:], "payload": []])
    }
  }

  @Test func `a failure is published and answered`() throws {
    try converse { client in
      try client.execute("out before\nfail ValueError")
      try client.expectBusy()
      try client.expectInput("out before\nfail ValueError", count: 1)
      try client.expectStream("stdout", "before\n")
      let error: JSON.Object = ["ename": "ValueError", "evalue": "because", "traceback": ["line 1", "line 2"]]
      try client.expectPublished("error", error)
      try client.expectIdle()
      let reply = try client.expectReply("execute_reply")
      #expect(reply["status"] == "error")
      #expect(reply["ename"] == "ValueError")
      #expect(reply["traceback"] == ["line 1", "line 2"])
      #expect(reply["execution_count"] == 1)
    }
  }

  @Test func `displays carry their name and can be changed`() throws {
    try converse { client in
      try client.execute("display a one\nclear\nupdate a two")
      try client.expectBusy()
      try client.expectPublished("execute_input")
      let transient: JSON = ["display_id": "a"]
      try client.expectPublished("display_data", ["data": ["text/plain": "one"], "metadata": [:], "transient": transient])
      try client.expectPublished("clear_output", ["wait": true])
      try client.expectPublished("update_display_data", ["data": ["text/plain": "two"], "metadata": [:], "transient": transient])
      try client.expectIdle()
    }
  }

  @Test func `cells are counted unless they are silent or not stored`() throws {
    try converse { client in
      for (more, count) in [
        (["store_history": true], 1), (["store_history": false], 1), (["silent": true], 1), ([:], 2), ([:], 3),
      ] as [(JSON.Object, Int)] {
        try client.execute("out x", more)
        #expect(try client.expectReply("execute_reply")["execution_count"] == .integer(count))
      }
      try client.execute("fail ValueError", ["store_history": false])
      #expect(try client.expectReply("execute_reply")["execution_count"] == 3)
    }
  }

  @Test func `a silent cell shows nothing`() throws {
    try converse { client in
      try client.execute("out x\nresult 1\ndisplay a b\nfail ValueError", ["silent": true])
      try client.expectBusy()
      try client.expectIdle()
      #expect(try client.expectReply("execute_reply")["status"] == "error")
    }
  }

  @Test func `user expressions have values or errors`() throws {
    try converse { client in
      try client.execute("out x", ["user_expressions": ["good": "x", "wrong": "bad"]])
      let values = try client.expectReply("execute_reply")["user_expressions"]
      #expect(values?["good"] == ["status": "ok", "data": ["text/plain": "x"], "metadata": [:]])
      #expect(values?["wrong"] == ["status": "error", "ename": "NameError", "evalue": "bad", "traceback": []])
    }
  }

  @Test func `what an expression shows belongs to its cell`() throws {
    try converse { client in
      try client.execute("result 1", ["user_expressions": ["x": "says"]])
      try client.expectBusy()
      try client.expectPublished("execute_input")
      try client.expectPublished("execute_result")
      try client.expectStream("stdout", "said\n")
      try client.expectIdle()
    }
  }

  @Test func `a cell can ask the front end to end the session`() throws {
    try converse { client in
      try client.execute("exit")
      #expect(try client.expectReply("execute_reply")["payload"] == [["source": "ask_exit", "keepkernel": false]])
    }
  }

  @Test func `cells that wait behind a failure are aborted, and later ones run`() throws {
    try converse { client in
      try client.executeWaiting()
      let first = client.request
      try client.execute("out second")
      let second = client.request
      try client.execute("out third")
      let third = client.request
      // The answer shows that the cells before it have been received.
      try client.send("kernel_info_request")
      try client.expectReply("kernel_info_reply")
      try client.send("interrupt_request", on: .control)
      try client.expectReply("interrupt_reply", on: .control)
      client.follow(first)
      #expect(try client.expectReply("execute_reply")["ename"] == "KeyboardInterrupt")
      for request in [second, third] {
        client.follow(request)
        #expect(try client.expectReply("execute_reply") == ["status": "aborted", "execution_count": 1])
      }
      try client.execute("out fourth")
      #expect(try client.expectReply("execute_reply")["status"] == "ok")
    }
  }

  /// A cell that fails at once is answered before the next cell of "Run All" arrives; its date tells that it was sent before.
  @Test(arguments: [(0, "aborted"), (60_000_000, "ok"), (-60_000_000, "ok")])
  func `a cell on its way when another fails is aborted`(microsecondsLater: Int, status: JSON) throws {
    try converse { client in
      var first = client.author.write("execute_request", ["code": "fail ValueError"], parent: nil)
      var second = client.author.write("execute_request", ["code": "out x"], parent: nil)
      let now = Timestamp.now
      first.header.fields["date"] = .string(now.description)
      second.header.fields["date"] = .string(Timestamp(microseconds: now.microseconds + microsecondsLater).description)
      for (message, status) in [(first, "error"), (second, status)] {
        try client.send(frames: client.codec.encode(message))
        #expect(try client.receive(.shell).content["status"] == status)
      }
    }
  }

  @Test func `dates in whole seconds abort nothing`() throws {
    try converse { client in
      for (code, status) in [("fail ValueError", "error"), ("out x", "ok")] as [(JSON, JSON)] {
        var request = client.author.write("execute_request", ["code": code], parent: nil)
        request.header.fields["date"] = "2026-01-31T12:00:00Z"
        try client.send(frames: client.codec.encode(request))
        #expect(try client.receive(.shell).content["status"] == status)
      }
    }
  }

  @Test func `without stop_on_error the cells behind a failure run`() throws {
    try converse { client in
      try client.executeWaiting(["stop_on_error": false])
      let first = client.request
      try client.execute("out second")
      let second = client.request
      try client.send("interrupt_request", on: .control)
      try client.expectReply("interrupt_reply", on: .control)
      client.follow(first)
      #expect(try client.expectReply("execute_reply")["status"] == "error")
      client.follow(second)
      #expect(try client.expectReply("execute_reply")["status"] == "ok")
    }
  }

  @Test func `a hundred thousand lines arrive whole and in few messages`() throws {
    try converse { client in
      try client.execute("lines 100000")
      try client.expectBusy()
      try client.expectPublished("execute_input")
      var text = ""
      var messages = 0
      while case let message = try client.receive(.iopub), message.header.type == "stream" {
        text += message.content["text"]?.string ?? ""
        messages += 1
      }
      #expect(text == (0..<100_000).map { "line \($0)\n" }.joined())
      #expect(messages < 50)
    }
  }
}
