import CZeroMQ
import Glibc
import JupyterWire
import Testing

@testable import JupyterServer

/// A front end in a test: sends requests and expects what the kernel must say.
final class Client {
  let author = Author(username: "person")
  let codec: Codec
  private let shell: Socket
  private let control: Socket
  private let stdin: Socket
  private let iopub: Socket
  private let heartbeat: Socket
  /// The last request that was sent; replies and publications must follow from it.
  private(set) var request: Header?

  enum Channel { case shell, control, stdin, iopub, heartbeat }

  /// Connects, and takes the welcome unless `subscribes` is false.
  init(_ connection: Connection, subscribes: Bool = true, identity: String = "client") throws {
    let context = try Context()
    codec = Codec(key: connection.key)
    func connect(_ kind: Int32, _ channel: Connection.Channel) throws -> Socket {
      let socket = try Socket(Socket.Kind(rawValue: kind), in: context)
      if kind == ZMQ_DEALER { zmq_setsockopt(socket.pointer, ZMQ_ROUTING_ID, identity, identity.utf8.count) }
      if let curve = connection.curve {
        zmq_setsockopt(socket.pointer, ZMQ_CURVE_SERVERKEY, curve.publicKey, 40)
        zmq_setsockopt(socket.pointer, ZMQ_CURVE_PUBLICKEY, curve.publicKey, 40)
        zmq_setsockopt(socket.pointer, ZMQ_CURVE_SECRETKEY, curve.secretKey, 40)
      }
      try #require(zmq_connect(socket.pointer, connection.address(of: channel)) == 0)
      return socket
    }
    shell = try connect(ZMQ_DEALER, .shell)
    control = try connect(ZMQ_DEALER, .control)
    stdin = try connect(ZMQ_DEALER, .stdin)
    iopub = try connect(ZMQ_SUB, .iopub)
    heartbeat = try connect(ZMQ_REQ, .heartbeat)
    if subscribes { try subscribe(to: "") }
  }

  func subscribe(to topic: String) throws {
    zmq_setsockopt(iopub.pointer, ZMQ_SUBSCRIBE, topic, topic.utf8.count)
    let message = try receive(.iopub)
    #expect(message.header.type == "iopub_welcome")
    #expect(message.content == ["subscription": .string(topic)])
    #expect(message.parent.isEmpty)
  }

  func send(_ type: String, _ content: JSON.Object = [:], on channel: Channel = .shell, subshell: JSON? = nil) throws {
    var message = author.write(type, content, parent: nil)
    if let subshell { message.header.fields.append("subshell_id", subshell) }
    request = message.header
    try send(frames: codec.encode(message), on: channel)
  }

  func send(frames: [[UInt8]], on channel: Channel = .shell) throws {
    switch channel {
    case .shell: try shell.send(frames)
    case .control: try control.send(frames)
    case .stdin: try stdin.send(frames)
    case .heartbeat: try heartbeat.send(frames)
    case .iopub: try iopub.send(frames)
    }
  }

  func execute(_ code: String, _ more: JSON.Object = [:], subshell: JSON? = nil) throws {
    var content: JSON.Object = ["code": .string(code)]
    for member in more.members { content.append(member.name, member.value) }
    try send("execute_request", content, subshell: subshell)
  }

  /// A new subshell's id.
  func createSubshell() throws -> JSON {
    try send("create_subshell_request", on: .control)
    let reply = try expectReply("create_subshell_reply", on: .control)
    #expect(reply["status"] == "ok")
    return try #require(reply["subshell_id"])
  }

  /// Starts a cell that waits for an interrupt, and returns when it does.
  func executeWaiting(_ more: JSON.Object = [:], subshell: JSON? = nil) throws {
    try execute("wait", more, subshell: subshell)
    try expectBusy()
    try expectInput("wait", count: 1)
    try expectStream("stdout", "waiting\n")
  }

  /// A subshell with a cell that waits for an interrupt, and one that waits for its turn.
  func createBusySubshell() throws -> (id: JSON, running: Header?, waiting: Header?) {
    let subshell = try createSubshell()
    try expectBusy()
    try expectIdle()
    try executeWaiting(subshell: subshell)
    let running = request
    try execute("out second", subshell: subshell)
    return (subshell, running, request)
  }

  /// From now on what is expected follows from this request.
  func follow(_ request: Header?) {
    self.request = request
  }

  // MARK: What is expected

  @discardableResult
  func expectReply(
    _ type: String, on channel: Channel = .shell, _ location: SourceLocation = #_sourceLocation
  ) throws -> JSON.Object {
    let message = try receive(channel, location)
    #expect(message.header.type == type, sourceLocation: location)
    #expect(message.parent == request?.fields, sourceLocation: location)
    #expect(message.header.fields["version"] == "5.5", sourceLocation: location)
    return message.content
  }

  @discardableResult
  func expectPublished(_ type: String, _ location: SourceLocation = #_sourceLocation) throws -> JSON.Object {
    let message = try receive(.iopub, location)
    #expect(message.header.type == type, sourceLocation: location)
    #expect(message.parent == request?.fields, sourceLocation: location)
    #expect(message.header.fields["version"] == "5.5", sourceLocation: location)
    return message.content
  }

  func expectPublished(_ type: String, _ content: JSON.Object, _ location: SourceLocation = #_sourceLocation) throws {
    let found = try expectPublished(type, location)
    #expect(found == content, sourceLocation: location)
  }

  func expectBusy(_ location: SourceLocation = #_sourceLocation) throws {
    try expectPublished("status", ["execution_state": "busy"], location)
  }

  func expectIdle(_ location: SourceLocation = #_sourceLocation) throws {
    try expectPublished("status", ["execution_state": "idle"], location)
  }

  func expectInput(_ code: String, count: Int, _ location: SourceLocation = #_sourceLocation) throws {
    try expectPublished("execute_input", ["code": .string(code), "execution_count": .integer(count)], location)
  }

  func expectStream(_ name: String, _ text: String, _ location: SourceLocation = #_sourceLocation) throws {
    try expectPublished("stream", ["name": .string(name), "text": .string(text)], location)
  }

  /// The echo of these frames.
  func expectHeartbeat(_ location: SourceLocation = #_sourceLocation) throws {
    try heartbeat.send([[1, 2, 3]])
    try #require(try heartbeat.waitForMessage(timeout: Self.patience), sourceLocation: location)
    #expect(try heartbeat.receive() == [[1, 2, 3]], sourceLocation: location)
  }

  /// Nothing more was sent on a channel; to be asked after the answer to a later request.
  func expectNothing(on channel: Channel, _ location: SourceLocation = #_sourceLocation) throws {
    let waiting =
      switch channel {
      case .shell: try shell.receiveWaiting()
      case .control: try control.receiveWaiting()
      case .stdin: try stdin.receiveWaiting()
      case .iopub: try iopub.receiveWaiting()
      case .heartbeat: try heartbeat.receiveWaiting()
      }
    #expect(waiting == nil, sourceLocation: location)
  }

  func subscribeToAll() throws {
    zmq_setsockopt(iopub.pointer, ZMQ_SUBSCRIBE, "", 0)
    #expect(try receiveAny(.iopub).header.type == "iopub_welcome")
  }

  /// The next message that is no `starting`; a kernel that says nothing fails the test and does not hang it.
  func receive(_ channel: Channel, _ location: SourceLocation = #_sourceLocation) throws -> Message {
    let message = try receiveAny(channel, location)
    // Only the first client hears that the kernel starts, and only if it comes soon.
    let isStart = message.content == ["execution_state": "starting"]
    return isStart ? try receive(channel, location) : message
  }

  /// The next message.
  func receiveAny(_ channel: Channel, _ location: SourceLocation = #_sourceLocation) throws -> Message {
    let frames =
      switch channel {
      case .shell: try next(shell, location)
      case .control: try next(control, location)
      case .stdin: try next(stdin, location)
      case .iopub: try next(iopub, location)
      case .heartbeat: try next(heartbeat, location)
      }
    return try codec.decode(frames)
  }

  private func next(_ socket: borrowing Socket, _ location: SourceLocation) throws -> [[UInt8]] {
    let hasMessage = try socket.waitForMessage(timeout: Self.patience)
    try #require(hasMessage, "nothing came", sourceLocation: location)
    return try socket.receive()
  }

  /// In milliseconds.
  private static let patience = 20_000
}
