import Glibc
import JupyterWire
import Synchronization
import Threads

/// Offers a kernel to Jupyter: opens the sockets of a connection, and answers on them until the end is asked for.
///
/// Each socket has a thread; cells run on one more. `run` returns when a client or `stop` asks for the end, or the parent process
/// ends. A cell may still be running then: the caller should end the process.
public final class Server: Sendable {
  public struct Options: Sendable {
    /// The stack of the thread on which cells run, in bytes; only what is used takes memory.
    public var stackSize = 512 << 20
    /// Whether SIGINT interrupts the running cell. It is then blocked in the thread that calls `start` and in all that come from it.
    public var handlesInterruptSignal = true
    /// The server stops when this process ends.
    public var parent = ParentProcess.fromEnvironment()
    /// Told what was dropped and why.
    public var log: @Sendable (String) -> Void = { _ in }

    public init() {}
  }

  private let connection: Connection
  private let registration: Registration?
  private let options: Options
  private let makeKernel: @Sendable () -> any Kernel
  /// Signalled when the end is asked for.
  private let ending: Wake
  private let running = Mutex<Running?>(nil)

  /// What is to be ended; the last one who has it frees the context, which waits until the last messages are sent.
  private struct Running {
    let context: Context
    /// What the threads of the sockets wait for; `.some(nil)` if it does not come.
    let opening = Monitor<Office??>(nil)
    var office: Office?
    var channels: [Connection.Channel: ChannelThread] = [:]
    var interrupts: InterruptSignal?
  }

  public convenience init(
    connection: Connection, kernel: @autoclosure @escaping @Sendable () -> any Kernel, options: Options = Options()
  ) throws(ServerError) {
    try self.init(.connection(connection), kernel: kernel(), options: options)
  }

  /// - Parameter kernel: made when the sockets are open.
  public init(
    _ start: StartFile, kernel: @autoclosure @escaping @Sendable () -> any Kernel, options: Options = Options()
  ) throws(ServerError) {
    switch start {
    case .connection(let given): (connection, registration) = (given, nil)
    case .registration(let given): (connection, registration) = (given.connection.withFreeFiles(), given)
    }
    self.options = options
    makeKernel = kernel
    ending = try Wake()
  }

  /// Serves until the end.
  public func run() throws(ServerError) {
    try start()
    wait()
  }

  /// Asks for the end.
  public func stop() {
    ending.signal()
  }

  /// Opens the sockets and starts the threads; returns the connection with the ports that were chosen.
  @discardableResult
  public func start() throws(ServerError) -> Connection {
    if options.handlesInterruptSignal { InterruptSignal.block() }
    let context: Context
    do { context = try Context() } catch { throw .socket(error) }
    var running = Running(context: context)
    var opened = connection
    do throws(ServerError) {
      // First of all, since a client that comes too early tries again only after a tenth of a second.
      for channel in Connection.Channel.allCases { running.channels[channel] = try open(channel, in: running) }
      for (channel, thread) in running.channels { opened.ports[channel] = try thread.port() ?? connection.ports[channel] }
      let office = try Office(kernel: makeKernel(), key: connection.key, stackSize: options.stackSize, log: options.log)
      running.office = office
      office.dispatcher.desk.status.start()
      try office.dispatcher.start(office.shells.main)
      running.opening.withLock { $0 = office }
      if options.handlesInterruptSignal { running.interrupts = try InterruptSignal { _ in office.shells.interrupt() } }
      try registration?.register(opened)
    } catch {
      end(running)
      throw error
    }
    self.running.withLock { $0 = running }
    return opened
  }

  /// Waits for the end, and ends all that `start` began.
  public func wait() {
    guard let running = running.withLock({ $0.take() }) else { return }
    waitUntilReadable([ending.descriptor, options.parent?.descriptor ?? -1])
    end(running)
  }

  private func end(_ running: Running) {
    running.interrupts?.end()
    running.office?.shells.close()
    running.office?.input.close()
    running.office?.publications.close()
    running.opening.withLock { $0 = .some(running.office) }
    // All that was published is sent before the sockets are told to end.
    running.channels[.iopub]?.join()
    running.context.shutdown()
    for (channel, thread) in running.channels where channel != .iopub { thread.join() }
  }

  private func open(_ channel: Connection.Channel, in running: Running) throws(ServerError) -> ChannelThread {
    try ChannelThread(channel, of: connection, in: running.context) { [opening = running.opening] socket throws(SocketError) in
      try opening.wait { $0 }?.serve(channel, on: socket)
    } ended: { [ending, options] error in
      if let error { options.log("\(channel.name) ended: \(error)") }
      ending.signal()
    }
  }
}
