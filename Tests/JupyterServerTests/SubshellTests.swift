import JupyterWire
import Testing

@testable import JupyterServer

@Suite struct SubshellTests {
  @Test func `subshells are made, listed and ended on control`() throws {
    try converse { client in
      let (first, second) = (try client.createSubshell(), try client.createSubshell())
      #expect(first != second)
      try client.send("list_subshell_request", on: .control)
      #expect(try client.expectReply("list_subshell_reply", on: .control) == ["status": "ok", "subshell_id": [first, second]])
      try client.send("delete_subshell_request", ["subshell_id": first], on: .control)
      #expect(try client.expectReply("delete_subshell_reply", on: .control) == ["status": "ok"])
      try client.send("list_subshell_request", on: .control)
      #expect(try client.expectReply("list_subshell_reply", on: .control)["subshell_id"] == [second])
    }
  }

  @Test func `each request about subshells is between busy and idle`() throws {
    try converse { client in
      for type in ["create_subshell", "list_subshell"] {
        try client.send(type + "_request", on: .control)
        try client.expectBusy()
        try client.expectIdle()
        try client.expectReply(type + "_reply", on: .control)
      }
    }
  }

  @Test func `a subshell runs its cells while the main shell is busy`() throws {
    try converse { client in
      let subshell = try client.createSubshell()
      try client.expectBusy()
      try client.expectIdle()
      try client.executeWaiting()
      let waiting = client.request
      try client.execute("out hello\nresult 5", subshell: subshell)
      try client.expectBusy()
      try client.expectInput("out hello\nresult 5", count: 1)
      try client.expectStream("stdout", "hello\n")
      try client.expectPublished("execute_result", ["execution_count": 1, "data": ["text/plain": "5"], "metadata": [:]])
      try client.expectIdle()
      #expect(try client.expectReply("execute_reply")["status"] == "ok")
      try client.send("interrupt_request", on: .control)
      client.follow(waiting)
      #expect(try client.expectReply("execute_reply")["ename"] == "KeyboardInterrupt")
    }
  }

  @Test func `each shell counts its own cells`() throws {
    try converse { client in
      let subshell = try client.createSubshell()
      for (shell, count) in [(nil, 1), (subshell, 1), (.null, 2), (nil, 3), (subshell, 2)] as [(JSON?, Int)] {
        try client.execute("out x", subshell: shell)
        #expect(try client.expectReply("execute_reply")["execution_count"] == .integer(count))
      }
    }
  }

  @Test(
    arguments: [
      ("nobody", "UnknownSubshell", "there is no subshell 'nobody'"), (7, "InvalidRequest", "subshell_id must be a text"),
    ] as [(JSON, JSON, JSON)])
  func `a subshell that is not known is an error`(id: JSON, name: JSON, message: JSON) throws {
    try converse { client in
      let requests: [(String, JSON.Object)] = [
        ("execute", ["code": "out x"]), ("complete", ["code": "x"]), ("history", ["hist_access_type": "tail"]),
        ("kernel_info", [:]),
      ]
      for (type, content) in requests {
        try client.send(type + "_request", content, subshell: id)
        let reply = try client.expectReply(type + "_reply")
        #expect(reply["status"] == "error")
        #expect(reply["ename"] == name)
        #expect(reply["evalue"] == message)
        #expect((reply["execution_count"] != nil) == (type == "execute"))
      }
    }
  }

  @Test func `a subshell that is gone cannot be ended`() throws {
    try converse { client in
      let subshell = try client.createSubshell()
      try client.send("delete_subshell_request", ["subshell_id": subshell], on: .control)
      try client.expectReply("delete_subshell_reply", on: .control)
      try client.send("delete_subshell_request", ["subshell_id": subshell], on: .control)
      #expect(try client.expectReply("delete_subshell_reply", on: .control)["ename"] == "UnknownSubshell")
      try client.send("delete_subshell_request", on: .control)
      #expect(try client.expectReply("delete_subshell_reply", on: .control)["ename"] == "InvalidRequest")
    }
  }

  @Test func `an interrupt stops every cell that runs`() throws {
    try converse { client in
      let subshell = try client.createSubshell()
      try client.expectBusy()
      try client.expectIdle()
      try client.executeWaiting()
      let main = client.request
      try client.executeWaiting(subshell: subshell)
      let other = client.request
      try client.send("interrupt_request", on: .control)
      try client.expectReply("interrupt_reply", on: .control)
      let parents = [try client.receive(.shell).parent, try client.receive(.shell).parent]
      #expect(parents.contains(try #require(main?.fields)))
      #expect(parents.contains(try #require(other?.fields)))
    }
  }

  @Test func `an interrupt of one subshell stops nothing else`() throws {
    try converse { client in
      let subshell = try client.createSubshell()
      try client.expectBusy()
      try client.expectIdle()
      try client.executeWaiting()
      let main = client.request
      try client.executeWaiting(subshell: subshell)
      let other = client.request
      try client.send("interrupt_request", on: .control, subshell: subshell)
      try client.expectReply("interrupt_reply", on: .control)
      client.follow(other)
      #expect(try client.expectReply("execute_reply")["ename"] == "KeyboardInterrupt")
      // The main shell is still at it.
      try client.expectNothing(on: .shell)
      try client.send("interrupt_request", on: .control)
      client.follow(main)
      try client.expectReply("execute_reply")
    }
  }

  @Test func `a failure aborts the cells of its own shell`() throws {
    try converse { client in
      let (_, first, second) = try client.createBusySubshell()
      try client.execute("out in the main shell")
      #expect(try client.expectReply("execute_reply")["status"] == "ok")
      try client.send("interrupt_request", on: .control)
      client.follow(first)
      #expect(try client.expectReply("execute_reply")["status"] == "error")
      client.follow(second)
      #expect(try client.expectReply("execute_reply") == ["status": "aborted", "execution_count": 1])
    }
  }

  @Test func `ending a subshell stops its cell and aborts those that wait`() throws {
    try converse { client in
      let (subshell, first, second) = try client.createBusySubshell()
      try client.send("kernel_info_request")
      try client.expectReply("kernel_info_reply")
      try client.send("delete_subshell_request", ["subshell_id": subshell], on: .control)
      try client.expectReply("delete_subshell_reply", on: .control)
      var replies: [String: JSON] = [:]
      for _ in 0..<2 {
        let reply = try client.receive(.shell)
        replies[reply.parent["msg_id"]?.string ?? ""] = reply.content["status"]
      }
      #expect(replies == [first?.id ?? "": "error", second?.id ?? "": "aborted"])
    }
  }

  @Test func `shells ask for input independently`() throws {
    try converse { client in
      let subshell = try client.createSubshell()
      try client.expectBusy()
      try client.expectIdle()
      try client.execute("input main?")
      let (main, first) = (client.request, try client.receive(.stdin))
      try client.execute("input sub?", subshell: subshell)
      let (sub, second) = (client.request, try client.receive(.stdin))
      #expect([first, second].map { $0.content["prompt"] } == ["main?", "sub?"])
      #expect(second.parent["subshell_id"] == subshell)
      for (question, cell, line) in [(second, sub, "two"), (first, main, "one")] {
        let reply = client.author.write("input_reply", ["value": .string(line)], parent: question.header)
        try client.send(frames: client.codec.encode(reply), on: .stdin)
        client.follow(cell)
        #expect(try client.expectReply("execute_reply")["status"] == "ok")
      }
    }
  }

  @Test func `there is a limit to subshells`() throws {
    try converse { client in
      for _ in 0..<Shells.mostSubshells { _ = try client.createSubshell() }
      try client.send("create_subshell_request", on: .control)
      #expect(try client.expectReply("create_subshell_reply", on: .control)["ename"] == "TooManySubshells")
      try client.execute("out on")
      #expect(try client.expectReply("execute_reply")["status"] == "ok")
    }
  }
}
