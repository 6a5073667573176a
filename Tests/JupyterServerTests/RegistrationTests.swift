import Glibc
import JupyterWire
import Testing
import Threads

@testable import JupyterServer

@Suite struct RegistrationTests {
  /// What starts kernels in these tests: has a socket to which they report.
  final class Starter {
    let socket: Socket
    let address: String

    init() throws {
      let context = try Context()
      socket = try Socket(.router, in: context)
      address = try socket.bind("tcp://127.0.0.1:*")
    }

    func registration(key: String = "secret", address: String? = "127.0.0.1", _ more: String = "") throws -> Registration {
      let more = more + (address.map { ", \"registration_ip\": \"\($0)\"" } ?? "")
      let port = try #require(self.address.split(separator: ":").last)
      let text = """
        {"transport": "tcp", "ip": "127.0.0.1", "key": "\(key)", "signature_scheme": "hmac-sha256",
         "registration_port": \(port)\(more)}
        """
      guard case .registration(let registration) = try StartFile(parsing: Array(text.utf8)) else {
        throw ConnectionError.notAnObject
      }
      return registration
    }

    func receive() throws -> [[UInt8]] {
      try #require(try socket.waitForMessage(timeout: 20_000))
      return try socket.receive()
    }
  }

  func server(_ registration: Registration) throws -> Server {
    var options = Server.Options()
    options.handlesInterruptSignal = false
    options.parent = nil
    return try Server(.registration(registration), kernel: FakeKernel(), options: options)
  }

  @Test func `a kernel tells its ports, and waits until they are acknowledged`() throws {
    let starter = try Starter()
    let registration = try starter.registration(key: "secret", ", \"kernel_id\": \"k1\"")
    let server = try server(registration)
    let opened = Monitor<Connection?>(nil)
    let starting = try Thread("starting") { opened.withLock { $0 = try? server.start() } }
    let frames = try starter.receive()
    try #require(frames.count == 4)
    #expect(frames[1] == Array("<IDS|MSG>".utf8))
    let content = try #require(try JSON(parsing: frames[3]).object)
    #expect(content["kernel_id"] == "k1")
    var told = registration.connection
    for channel in Connection.Channel.allCases { told.ports[channel] = content[channel.rawValue]?.integer }
    #expect(Set(told.ports.values).count == 5)
    #expect(registration.isReceipt([frames[1], frames[2], frames[3]]))

    // A receipt by someone who does not know the key is none.
    try starter.socket.send([frames[0], frames[1], Array(repeating: 48, count: 64), Array("ACK".utf8)])
    try starter.socket.send([frames[0]] + registration.signed(Array("ACK".utf8)))
    starting.join()
    #expect(opened.withLock { $0 } == told)
    let client = try Client(told)
    try client.send("kernel_info_request")
    try client.expectReply("kernel_info_reply")
    server.stop()
    server.wait()
  }

  @Test func `a starter whose file names no address is told in a message of the protocol`() throws {
    let starter = try Starter()
    let registration = try starter.registration(address: nil)
    let server = try server(registration)
    let starting = try Thread("starting") { _ = try? server.start() }
    let frames = try starter.receive()
    #expect(frames[1] == [])
    let request = try Codec(key: registration.connection.key).decode(frames)
    #expect(request.header.type == "handshake_request")
    #expect(request.content["shell_port"]?.integer != nil)
    let reply = Author(username: "starter").write(
      "handshake_reply", ["status": "ok"], parent: request.header, to: [frames[0], []])
    try starter.socket.send(Codec(key: registration.connection.key).encode(reply))
    starting.join()
    server.stop()
    server.wait()
  }

  @Test func `without a key the receipt need not be signed`() throws {
    let starter = try Starter()
    let server = try server(try starter.registration(key: ""))
    let starting = try Thread("starting") { _ = try? server.start() }
    let frames = try starter.receive()
    #expect(frames[2] == [])
    try starter.socket.send([frames[0], frames[1], [], Array("ACK".utf8)])
    starting.join()
    server.stop()
    server.wait()
  }

  @Test func `a kernel that nobody acknowledges does not start`() throws {
    var registration = try Starter().registration()
    registration.patience = .milliseconds(50)
    let error = #expect(throws: ServerError.self) { try server(registration).start() }
    #expect(error?.description == "nobody at \(registration.address) has acknowledged the kernel's ports")
  }
}
