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
}
