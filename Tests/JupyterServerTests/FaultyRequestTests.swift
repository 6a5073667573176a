import JupyterServer
import JupyterWire
import Testing

@Suite struct FaultyRequestTests {
  @Test(
    arguments: [
      ("execute_request", [:], "execute_request: 'code' must be given"),
      ("execute_request", ["code": 1], "execute_request: 'code' must be a text"),
      ("execute_request", ["code": "", "silent": "no"], "execute_request: 'silent' must be true or false"),
      ("execute_request", ["code": "", "user_expressions": ["x": 1]], "execute_request: 'user_expressions.x' must be a text"),
      ("complete_request", ["cursor_pos": 1], "complete_request: 'code' must be given"),
      ("complete_request", ["code": "x", "cursor_pos": "1"], "complete_request: 'cursor_pos' must be a whole number"),
      (
        "history_request", ["hist_access_type": "all"],
        "history_request: 'hist_access_type' must be 'tail', 'range' or 'search', and not 'all'"
      ),
      ("debug_request", ["command": "initialize"], "this kernel does not know debug_request"),
      ("nonsense_request", [:], "this kernel does not know nonsense_request"),
    ] as [(String, JSON.Object, String)])
  func `a faulty request gets an error as its reply`(type: String, content: JSON.Object, message: String) throws {
    try converse { client in
      try client.send(type, content)
      try client.expectBusy()
      try client.expectIdle()
      let reply = try client.expectReply(type.replacing("_request", with: "_reply"))
      #expect(reply["status"] == "error")
      #expect(reply["evalue"] == .string(message))
      if type == "execute_request" { #expect(reply["execution_count"] == 0) }
    }
  }

  @Test func `cells are not run from the control socket`() throws {
    try converse { client in
      try client.send("execute_request", ["code": "out x"], on: .control)
      #expect(try client.expectReply("execute_reply", on: .control)["evalue"] == "send execute_request on shell")
    }
  }

  @Test func `a content that is no JSON is answered`() throws {
    try converse(at: Connection(transport: .tcp, ip: "127.0.0.1", ports: [:], key: [])) { client in
      var frames = client.codec.encode(client.author.write("execute_request", [:], parent: nil))
      frames[frames.count - 1] = Array("{\"code\":".utf8)
      try client.send(frames: frames)
      let reply = try client.receive(.shell)
      #expect(reply.header.type == "execute_reply")
      #expect(reply.content["evalue"] == "execute_request cannot be read: the text ends too early at byte 8")
    }
  }

  @Test func `wrong signatures, replays and rubbish are dropped, and the next request is answered`() throws {
    try converse { client in
      let frames = client.codec.encode(client.author.write("kernel_info_request", [:], parent: nil))
      var forged = frames
      forged[1][0] = forged[1][0] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
      let rubbish: [[[UInt8]]] = [
        forged, [[]], [[1], [2]], [Array("<IDS|MSG>".utf8)], Array(frames.prefix(4)), Array(repeating: [0], count: 5000),
        [[UInt8](repeating: 0xff, count: 1 << 20)],
      ]
      for channel in [Client.Channel.shell, .control, .stdin] {
        for frames in rubbish { try client.send(frames: frames, on: channel) }
      }
      try client.send(frames: frames)
      #expect(try client.receive(.shell).header.type == "kernel_info_reply")
      // Recorded and sent again, also to another socket.
      try client.send(frames: frames)
      try client.send(frames: frames, on: .control)
      for channel in [Client.Channel.shell, .control] {
        try client.send("comm_info_request", on: channel)
        try client.expectReply("comm_info_reply", on: channel)
        try client.expectNothing(on: channel)
      }
    }
  }

  @Test func `a message that asks for nothing is not answered`() throws {
    try converse { client in
      try client.send("whatever")
      try client.expectBusy()
      try client.expectIdle()
      try client.expectNothing(on: .shell)
    }
  }

  @Test(arguments: ["execute_request", "complete_request", "history_request", "comm_open", "interrupt_request"])
  func `no changed byte silences the kernel`(type: String) throws {
    let unsigned = Connection(transport: .tcp, ip: "127.0.0.1", ports: [:], key: [])
    try converse(at: unsigned) { client in
      let content: JSON.Object = ["code": "out x", "cursor_pos": 1, "hist_access_type": "tail", "n": 1, "comm_id": "c"]
      let frames = client.codec.encode(client.author.write(type, content, parent: nil))
      for i in [0, 2, 5] {
        for j in frames[i].indices {
          var changed = frames
          changed[i][j] ^= UInt8(1 << (j % 8))
          for channel in [Client.Channel.shell, .control, .stdin] { try client.send(frames: changed, on: channel) }
        }
      }
      for channel in [Client.Channel.shell, .control] {
        try client.send("comm_info_request", on: channel)
        let request = client.request
        var reply = try client.receive(channel)
        while reply.parent != request?.fields { reply = try client.receive(channel) }
        #expect(reply.header.type == "comm_info_reply")
      }
    }
  }
}
