import CZeroMQ
import Glibc
import JupyterWire
import Testing

@testable import JupyterServer

@Suite struct EncryptionTests {
  /// A connection with new keys, as a starter writes it.
  func connection() throws -> Connection {
    var keys = (Array(repeating: CChar(0), count: 41), Array(repeating: CChar(0), count: 41))
    try #require(zmq_curve_keypair(&keys.0, &keys.1) == 0)
    let texts = [keys.0, keys.1].map { String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) }
    var connection = localConnection
    connection.curve = try CurveKeys(publicKey: texts[0], secretKey: texts[1])
    return connection
  }

  @Test func `all channels are encrypted when the connection has keys`() throws {
    try converse(at: connection()) { client in
      try client.execute("out hello\ninput name?")
      let cell = client.request
      try client.expectReply("input_request", on: .stdin)
      try client.send("input_reply", ["value": "Ada"], on: .stdin)
      client.follow(cell)
      try client.expectReply("execute_reply")
      try client.expectBusy()
      try client.expectPublished("execute_input")
      try client.expectStream("stdout", "hello\n")
      try client.expectHeartbeat()
      try client.send("kernel_info_request", on: .control)
      try client.expectReply("kernel_info_reply", on: .control)
    }
  }

  @Test func `who has no keys is not heard`() throws {
    try serve(at: connection()) { connection, _ in
      var plain = connection
      plain.curve = nil
      let stranger = try Client(plain, subscribes: false, identity: "stranger")
      try stranger.execute("out x")
      let client = try Client(connection)
      try client.send("kernel_info_request")
      try client.expectReply("kernel_info_reply")
      // What the stranger asked for has not been run.
      try client.execute("out y")
      #expect(try client.expectReply("execute_reply")["execution_count"] == 1)
      try stranger.expectNothing(on: .shell)
    }
  }
}
