import Glibc
import JupyterServer
import JupyterWire

/// `bpsh kernel`: a session behind Jupyter's protocol.
struct KernelCommand {
  let connectionFile: String
  let settings: Invocation.Settings

  func run() -> Int32 {
    do throws(ServerError) {
      let start = try StartFile(contentsOf: connectionFile)
      let server = try Server(start, kernel: SessionKernel(settings), options: options)
      let connection = try server.start()
      var file: RuntimeFile?
      if case .registration(let registration) = start { file = RuntimeFile(connection, kernelID: registration.kernelID) }
      defer { file?.remove() }
      server.wait()
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
