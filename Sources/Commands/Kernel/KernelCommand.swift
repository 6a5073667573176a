import Glibc
import JupyterServer
import JupyterWire

/// `bpsh kernel`: a session behind Jupyter's protocol.
struct KernelCommand {
  let connectionFile: String
  let settings: Invocation.Settings

  func run() -> Int32 {
    do throws(ServerError) {
      let connection = try Connection(contentsOf: connectionFile)
      let server = try Server(connection: connection, kernel: SessionKernel(settings), options: options)
      try server.run()
      return 0
    } catch {
      Shell.report(error.description)
      return 1
    }
  }

  private var options: Server.Options {
    var options = Server.Options()
    options.log = { Shell.report($0) }
    return options
  }
}
