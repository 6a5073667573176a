import JupyterServer
import JupyterWire
import Testing

@Suite struct CommTests {
  @Test func `a target that the kernel does not know is closed`() throws {
    try converse { client in
      try client.send("comm_open", ["comm_id": "c", "target_name": "nobody", "data": [:]])
      try client.expectBusy()
      try client.expectPublished("comm_close", ["comm_id": "c", "data": [:]])
      try client.expectIdle()
      try client.expectNothing(on: .shell)
    }
  }

  @Test func `a message goes to the kernel, and what it sends is published`() throws {
    try converse { client in
      try client.send("comm_open", ["comm_id": "c", "target_name": "echo", "data": [:]])
      try client.expectBusy()
      try client.expectIdle()
      try client.send("comm_msg", ["comm_id": "c", "data": ["x": 1]])
      try client.expectBusy()
      try client.expectPublished("comm_msg", ["comm_id": "c", "data": ["x": 1]])
      try client.expectIdle()
    }
  }

  @Test func `one that needs no turn is answered while a cell runs`() throws {
    try converse { client in
      try client.execute("wait")
      try client.expectBusy()
      try client.expectPublished("execute_input", ["code": "wait", "execution_count": 1])
      try client.expectStream("stdout", "waiting\n")
      try client.send("comm_msg", ["comm_id": "c", "data": ["now": true]])
      try client.expectBusy()
      try client.expectPublished("comm_msg", ["comm_id": "c", "data": ["answered": true]])
      try client.expectIdle()
    }
  }

  @Test(arguments: [(nil, true), ("echo", true), ("other", false)])
  func `the open comms are told, all or those of a target`(target: String?, isFound: Bool) throws {
    try converse { client in
      try client.send("comm_open", ["comm_id": "c", "target_name": "echo", "data": [:]])
      try client.expectBusy()
      try client.expectIdle()
      try client.send("comm_info_request", ["target_name": target.map(JSON.string) ?? .null])
      let comms: JSON = isFound ? ["c": ["target_name": "echo"]] : [:]
      #expect(try client.receive(.shell).content == ["status": "ok", "comms": comms])
    }
  }

  static let malformed: [JSON.Object] = [
    ["data": [:]], ["comm_id": 3], ["comm_id": "c", "target_name": "echo", "data": 1],
    ["comm_id": .string(String(repeating: "c", count: 257)), "target_name": "echo"],
  ]

  @Test(arguments: malformed)
  func `a malformed one opens nothing`(content: JSON.Object) throws {
    try converse { client in
      for type in ["comm_open", "comm_msg", "comm_close"] { try client.send(type, content) }
      try client.send("comm_info_request")
      #expect(try client.receive(.shell).content == ["status": "ok", "comms": [:]])
    }
  }
}
