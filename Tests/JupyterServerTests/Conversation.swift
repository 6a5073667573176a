import Glibc
import JupyterServer
import JupyterWire

let localConnection = Connection(transport: .tcp, ip: "127.0.0.1", ports: [:], key: Array("secret".utf8))

/// Starts a server with a fake kernel, lets a client talk with it, and ends both.
func converse(
  with kernel: FakeKernel = FakeKernel(), at connection: Connection = localConnection, _ talk: (Client) throws -> Void
) throws {
  try serve(kernel, at: connection) { connection, _ in try talk(Client(connection)) }
}

/// Starts a server with a fake kernel for as long as `body` takes.
func serve(
  _ kernel: FakeKernel = FakeKernel(), at connection: Connection = localConnection,
  _ body: (Connection, Server) throws -> Void
) throws {
  var options = Server.Options()
  options.handlesInterruptSignal = false
  options.parent = nil
  let server = try Server(connection: connection, kernel: kernel, options: options)
  let opened = try server.start()
  defer {
    kernel.interrupt()
    server.stop()
    server.wait()
  }
  try body(opened, server)
}
