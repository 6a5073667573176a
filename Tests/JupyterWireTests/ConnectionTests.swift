import JupyterWire
import Testing

@Suite struct ConnectionTests {
  static let good = """
    {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5, "ip": "127.0.0.1",
     "key": "secret", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": "bp"}
    """

  @Test func `a file is read`() throws {
    let connection = try Connection(parsing: Array(Self.good.utf8))
    #expect(connection.transport == .tcp)
    #expect(connection.key == Array("secret".utf8))
    #expect(connection.ports == [.shell: 1, .iopub: 2, .stdin: 3, .control: 4, .heartbeat: 5])
  }

  @Test(arguments: [
    (#""tcp""#, #""tcp""#, "tcp://127.0.0.1:1"),
    (#""127.0.0.1""#, #""localhost""#, "tcp://127.0.0.1:1"),
    (#""127.0.0.1""#, #""::1""#, "tcp://[::1]:1"),
    (#""127.0.0.1""#, #""192.168.0.7""#, "tcp://192.168.0.7:1"),
    (#""tcp""#, #""ipc""#, "ipc://127.0.0.1-1"),
    (#""transport": "tcp","#, "", "tcp://127.0.0.1:1"),
    (#""signature_scheme": "hmac-sha256","#, "", "tcp://127.0.0.1:1"),
  ])
  func `addresses are written as ZeroMQ wants them`(old: String, new: String, address: String) throws {
    let connection = try Connection(parsing: Array(Self.good.replacing(old, with: new).utf8))
    #expect(connection.address(of: .shell) == address)
  }

  @Test(arguments: [
    (Self.good, "", "it is not JSON: the text ends too early at byte 0"),
    (Self.good, "[]", "it is not a JSON object"),
    (#""ip": "127.0.0.1","#, "", "it has no 'ip'"),
    (#""key": "secret","#, "", "it has no 'key'"),
    (#""hb_port": 5,"#, "", "it has no 'hb_port'"),
    (#""secret""#, "7", "'key' must be a text"),
    (#""hb_port": 5"#, #""hb_port": "5""#, "'hb_port' must be a whole number"),
    (#""hb_port": 5"#, #""hb_port": 0"#, "'hb_port' is 0; a port is between 1 and 65535"),
    (#""hb_port": 5"#, #""hb_port": 65536"#, "'hb_port' is 65536; a port is between 1 and 65535"),
    (#""hb_port": 5"#, #""hb_port": 4"#, "port 4 stands for two sockets"),
    (#""tcp""#, #""udp""#, "transport 'udp' is not known; it must be 'tcp' or 'ipc'"),
    ("hmac-sha256", "hmac-md5", "signature_scheme 'hmac-md5' is not known; it must be 'hmac-sha256'"),
  ])
  func `a faulty file is refused with the reason`(old: String, new: String, message: String) {
    let text = Self.good.replacing(old, with: new)
    let error = #expect(throws: ConnectionError.self) { try Connection(parsing: Array(text.utf8)) }
    #expect(error?.description == message)
  }

  @Test(arguments: [("127.0.0.1", true), ("::1", true), ("localhost", true), ("0.0.0.0", false), ("192.168.0.7", false)])
  func `an empty key is for this machine alone`(ip: String, isAllowed: Bool) {
    let text = Self.good.replacing("secret", with: "").replacing("127.0.0.1", with: ip)
    if isAllowed {
      #expect(throws: Never.self) { try Connection(parsing: Array(text.utf8)) }
    } else {
      #expect(throws: ConnectionError.unsigned(ip: ip)) { try Connection(parsing: Array(text.utf8)) }
    }
  }

  static let publicKey = String(repeating: "a", count: 40)
  static let secretKey = String(repeating: "Z", count: 40)

  @Test func `keys of CurveZMQ are read`() throws {
    let text = Self.good.replacing(
      "{", with: #"{"curve_publickey": "\#(Self.publicKey)", "curve_secretkey": "\#(Self.secretKey)","#)
    let connection = try Connection(parsing: Array(text.utf8))
    #expect(try connection.curve == CurveKeys(publicKey: Self.publicKey, secretKey: Self.secretKey))
    #expect(try Connection(parsing: connection.fileContent) == connection)
  }

  @Test(arguments: [
    ("curve_publickey", "curve_secretkey"), ("curve_secretkey", "curve_publickey"),
  ])
  func `one key of CurveZMQ alone is refused`(given: String, other: String) {
    let text = Self.good.replacing("{", with: #"{"\#(given)": "\#(Self.publicKey)", "\#(other)": null,"#)
    #expect(throws: ConnectionError.curveKeyAlone(field: given)) { try Connection(parsing: Array(text.utf8)) }
  }

  @Test(arguments: ["", "short", String(repeating: "~", count: 40), String(repeating: "é", count: 20)])
  func `what is no Z85 is no key`(key: String) {
    #expect(throws: ConnectionError.badCurveKey(field: "curve_secretkey")) {
      try CurveKeys(publicKey: Self.publicKey, secretKey: key)
    }
  }

  @Test func `a written file is read back`() throws {
    let connection = try Connection(parsing: Array(Self.good.utf8))
    #expect(try Connection(parsing: connection.fileContent) == connection)
  }

  @Test(arguments: [
    (#""registration_ip": "10.0.0.1", "registration_port": 9, "kernel_id": "k""#, "tcp://10.0.0.1:9", "k"),
    (#""registration_port": 9"#, "tcp://127.0.0.1:9", nil),
  ])
  func `a registration file is known by its port`(fields: String, address: String, id: String?) throws {
    let text = #"{"transport": "tcp", "ip": "127.0.0.1", "key": "secret", \#(fields)}"#
    guard case .registration(let registration) = try StartFile(parsing: Array(text.utf8)) else {
      Issue.record("taken for a connection file")
      return
    }
    #expect(registration.address == address)
    #expect(registration.kernelID == id)
    #expect(registration.connection.ports.isEmpty)
  }

  @Test(arguments: [
    (#""registration_port": 0"#, "'registration_port' is 0; a port is between 1 and 65535"),
    (#""registration_port": 9, "kernel_id": 7"#, "'kernel_id' must be a text"),
    (#""registration_port": 9, "registration_ip": null"#, "'registration_ip' must be a text"),
  ])
  func `a faulty registration file is refused`(fields: String, message: String) {
    let text = #"{"transport": "tcp", "ip": "127.0.0.1", "key": "secret", \#(fields)}"#
    let error = #expect(throws: ConnectionError.self) { try StartFile(parsing: Array(text.utf8)) }
    #expect(error?.description == message)
  }
}
