import Glibc
import JupyterWire
import Threads

/// The thread that makes, binds, serves and closes the socket of one channel.
struct ChannelThread: Sendable {
  private let bound: Monitor<Result<String, SocketError>?>
  private let thread: Thread

  /// - Parameters:
  ///   - serve: works on the bound socket until the channel ends.
  ///   - ended: called when `serve` returns or fails, but not when the context is shut down.
  init(
    _ channel: Connection.Channel, of connection: Connection, in context: Context,
    serve: @escaping @Sendable (consuming Socket) throws(SocketError) -> Void,
    ended: @escaping @Sendable (SocketError?) -> Void
  ) throws(ServerError) {
    let bound = Monitor<Result<String, SocketError>?>(nil)
    self.bound = bound
    thread = try Thread(channel.name) {
      do throws(SocketError) {
        let socket = try Socket.make(for: channel, in: context)
        if let curve = connection.curve { try socket.encrypt(with: curve) }
        let address = try socket.bind(connection.address(of: channel))
        restrictAccess(to: address)
        bound.withLock { $0 = .success(address) }
        try serve(socket)
        ended(nil)
      } catch {
        let wasBound = bound.withLock { bound in
          defer { bound = bound ?? .failure(error) }
          return bound != nil
        }
        if wasBound && !error.isShutdown { ended(error) }
      }
    }
  }

  /// Waits until the socket is bound, and gives the port of its address; the one that the system chose if it was to choose.
  func port() throws(ServerError) -> Int? {
    let address: String
    do { address = try bound.wait { $0 }.get() } catch { throw .socket(error) }
    return address.lastIndex { $0 == ":" || $0 == "-" }.flatMap { Int(address[address.index(after: $0)...]) }
  }

  func join() { thread.join() }
}

extension Socket {
  fileprivate static func make(for channel: Connection.Channel, in context: Context) throws(SocketError) -> Socket {
    let socket = try Socket(channel == .iopub ? .publisher : .router, in: context)
    // Replies and output wait for a slow client; they are never dropped.
    try socket.set(.sendLimit, 0)
    switch channel {
    case .iopub: try socket.set(.reportsAllSubscriptions, 1)
    case .stdin:
      try socket.set(.mustReach, 1)
      try socket.set(.allowsHandover, 1)
    case .shell, .control, .heartbeat: try socket.set(.allowsHandover, 1)
    }
    return socket
  }
}

extension Connection.Channel {
  var name: String {
    switch self {
    case .shell: "shell"
    case .iopub: "iopub"
    case .stdin: "stdin"
    case .control: "control"
    case .heartbeat: "heartbeat"
    }
  }
}

/// Lets only the owner use the file of an `ipc` socket.
private func restrictAccess(to address: String) {
  let scheme = "ipc://"
  if address.hasPrefix(scheme) { chmod(String(address.dropFirst(scheme.count)), 0o600) }
}
