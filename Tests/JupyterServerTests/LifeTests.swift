import Glibc
import JupyterServer
import JupyterWire
import Testing

@Suite struct LifeTests {
  @Test(arguments: [Client.Channel.shell, .control], [false, true])
  func `a shutdown is answered, published and done, also while a cell runs`(channel: Client.Channel, restart: Bool) throws {
    let kernel = FakeKernel()
    try serve(kernel) { connection, server in
      let client = try Client(connection)
      try client.executeWaiting()
      let started = ContinuousClock.now
      try client.send("shutdown_request", ["restart": .bool(restart)], on: channel)
      server.wait()
      #expect(ContinuousClock.now - started < .seconds(2))
      #expect(kernel.seenShutdowns == [restart])
      let content: JSON.Object = ["status": "ok", "restart": .bool(restart)]
      var reply = try client.receive(channel)
      // The cell, which was stopped, may have been first.
      if reply.header.type == "execute_reply" { reply = try client.receive(channel) }
      #expect(reply.header.type == "shutdown_reply")
      #expect(reply.content == content)
      var published: [Message] = []
      while published.last?.header.type != "shutdown_reply" { published.append(try client.receive(.iopub)) }
      #expect(published.last?.content == content)
    }
  }

  @Test func `all that was shown before a shutdown arrives before its reply`() throws {
    try serve { connection, server in
      let client = try Client(connection)
      try client.execute("lines 20000\nout last\nresult 1")
      try client.send("shutdown_request", on: .control)
      server.wait()
      var published: [Message] = []
      while published.last?.header.type != "shutdown_reply" { published.append(try client.receive(.iopub)) }
      let text = published.compactMap { $0.content["text"]?.string }.joined()
      let lines = text.split(separator: "\n")
      // The cell may have been stopped at any line, but none is missing in between.
      for (number, line) in lines.dropLast().enumerated() { #expect(line == "line \(number)") }
    }
  }

  @Test func `a kernel says that it starts`() throws {
    try serve { connection, _ in
      let client = try Client(connection, subscribes: false)
      try client.subscribeToAll()
      let first = try client.receiveAny(.iopub)
      #expect(first.content == ["execution_state": "starting"])
      #expect(first.parent.isEmpty)
    }
  }

  @Test func `each client is welcomed to its topic and hears of the others`() throws {
    try serve { connection, _ in
      let first = try Client(connection, identity: "first")
      let second = try Client(connection, subscribes: false, identity: "second")
      try second.subscribe(to: "stream")
      let third = try Client(connection, identity: "third")
      try first.execute("out hello")
      for client in [second, third] { client.follow(first.request) }
      try second.expectStream("stdout", "hello\n")
      try third.expectBusy()
      try third.expectPublished("execute_input")
      try third.expectStream("stdout", "hello\n")
      try third.expectIdle()
    }
  }

  @Test func `nothing is lost to a client whose request is faster than its subscription`() throws {
    try serve { connection, _ in
      let client = try Client(connection, subscribes: false)
      try client.execute("out early")
      try client.expectReply("execute_reply")
      try client.subscribe(to: "")
      try client.expectBusy()
      try client.expectInput("out early", count: 1)
      try client.expectStream("stdout", "early\n")
      try client.expectIdle()
    }
  }

  @Test func `an interrupt while nothing runs stops nothing`() throws {
    try converse { client in
      try client.send("interrupt_request", on: .control)
      #expect(try client.expectReply("interrupt_reply", on: .control) == ["status": "ok"])
      try client.execute("out on")
      #expect(try client.expectReply("execute_reply")["status"] == "ok")
    }
  }

  @Test func `the heart beats`() throws {
    try converse { client in
      for _ in 0..<3 { try client.expectHeartbeat() }
    }
  }

  @Test func `sockets can be files that only their owner may use`() throws {
    let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
    var name = Array("\(temporary)/jupyter-XXXXXX".utf8CString)
    try #require(mkdtemp(&name) != nil)
    let folder = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { rmdir(folder) }
    let ports = Dictionary(uniqueKeysWithValues: Connection.Channel.allCases.enumerated().map { ($1, $0 + 1) })
    try converse(at: Connection(transport: .ipc, ip: folder + "/k", ports: ports, key: [1])) { client in
      try client.send("kernel_info_request")
      try client.expectReply("kernel_info_reply")
      for port in ports.values {
        var status = stat()
        try #require(stat(folder + "/k-\(port)", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
      }
    }
  }

  @Test func `a port in use is an error with its address`() throws {
    try serve { connection, _ in
      let error = #expect(throws: ServerError.self) { try serve(at: connection) { _, _ in } }
      #expect(error?.description.contains("zmq_bind: tcp://127.0.0.1:") == true)
      #expect(error?.description.contains("Address already in use") == true)
    }
  }

  @Test(arguments: [
    ("/nowhere/kernel.json", "cannot read the connection file /nowhere/kernel.json: No such file or directory"),
    ("/dev/null", "the connection file /dev/null is of no use: it is not JSON: the text ends too early at byte 0"),
  ])
  func `a connection file that is missing or empty is an error`(path: String, message: String) {
    let error = #expect(throws: ServerError.self) { try StartFile(contentsOf: path) }
    #expect(error?.description == message)
  }

  @Test func `the end of the parent process is seen`() throws {
    var child = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("cat"), nil]
    defer { arguments.forEach { free($0) } }
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    posix_spawn_file_actions_addclose(&actions, ends[1])
    try #require(posix_spawnp(&child, "cat", &actions, nil, &arguments, environ) == 0)
    var options = Server.Options()
    options.handlesInterruptSignal = false
    options.parent = ParentProcess(id: child)
    try #require(options.parent != nil)
    let server = try Server(connection: localConnection, kernel: FakeKernel(), options: options)
    try server.start()
    kill(child, SIGKILL)
    server.wait()
    var status: Int32 = 0
    waitpid(child, &status, 0)
    close(ends[0])
    close(ends[1])
  }
}
