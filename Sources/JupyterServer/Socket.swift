import CZeroMQ
import Glibc
import JupyterWire

/// The sockets of one server, which end together.
final class Context: @unchecked Sendable {
  // Unchecked: ZeroMQ lets every thread use a context.
  fileprivate let pointer: UnsafeMutableRawPointer

  init() throws(SocketError) {
    guard let pointer = zmq_ctx_new() else { throw SocketError("zmq_ctx_new") }
    self.pointer = pointer
    zmq_ctx_set(pointer, ZMQ_IPV6, 1)
  }

  /// Waits until the last messages are sent.
  deinit { zmq_ctx_term(pointer) }

  /// Makes every call on its sockets fail, also those that wait.
  func shutdown() { zmq_ctx_shutdown(pointer) }
}

/// A socket of ZeroMQ; used by one thread at a time.
struct Socket: ~Copyable {
  struct Kind: RawRepresentable, Sendable {
    let rawValue: Int32

    /// Receives from many, and answers each by its identity.
    static let router = Kind(rawValue: ZMQ_ROUTER)
    /// Sends to the one it is connected to, and receives from it.
    static let dealer = Kind(rawValue: ZMQ_DEALER)
    /// Publishes, and receives subscriptions.
    static let publisher = Kind(rawValue: ZMQ_XPUB)
  }

  struct Option: RawRepresentable, Sendable {
    let rawValue: Int32

    /// How many messages may wait for a slow receiver; 0: any number.
    static let sendLimit = Option(rawValue: ZMQ_SNDHWM)
    /// Whether every subscription is reported, or only the first to a topic.
    static let reportsAllSubscriptions = Option(rawValue: ZMQ_XPUB_VERBOSE)
    /// Whether a message to someone who is not connected is an error, or is dropped.
    static let mustReach = Option(rawValue: ZMQ_ROUTER_MANDATORY)
    /// Whether who comes later with the same identity takes the place of who has it.
    static let allowsHandover = Option(rawValue: ZMQ_ROUTER_HANDOVER)
    /// Whether only encrypted connections are accepted.
    static let isCurveServer = Option(rawValue: ZMQ_CURVE_SERVER)
  }

  /// Frames may be this long, in bytes.
  static let largestFrame: Int64 = 256 << 20
  /// Frames beyond this number are not kept.
  static let mostFrames = 1024
  /// How long messages may travel after the socket is closed, in milliseconds.
  static let linger: Int32 = 200

  let pointer: UnsafeMutableRawPointer
  private let context: Context

  init(_ kind: Kind, in context: Context) throws(SocketError) {
    guard let pointer = zmq_socket(context.pointer, kind.rawValue) else { throw SocketError("zmq_socket") }
    var limit = Self.largestFrame
    zmq_setsockopt(pointer, ZMQ_MAXMSGSIZE, &limit, MemoryLayout<Int64>.size)
    var linger = Self.linger
    zmq_setsockopt(pointer, ZMQ_LINGER, &linger, MemoryLayout<Int32>.size)
    self.pointer = pointer
    self.context = context
  }

  deinit { zmq_close(pointer) }

  func set(_ option: Option, _ value: Int32) throws(SocketError) {
    var value = value
    guard zmq_setsockopt(pointer, option.rawValue, &value, MemoryLayout<Int32>.size) == 0 else {
      throw SocketError("zmq_setsockopt")
    }
  }

  /// Encrypts what comes and goes; to be called before `bind`.
  func encrypt(with keys: CurveKeys) throws(SocketError) {
    try set(.isCurveServer, 1)
    for (option, key) in [(ZMQ_CURVE_PUBLICKEY, keys.publicKey), (ZMQ_CURVE_SECRETKEY, keys.secretKey)] {
      guard zmq_setsockopt(pointer, option, key, key.utf8.count) == 0 else { throw SocketError("zmq_setsockopt(ZMQ_CURVE)") }
    }
  }

  func connect(to address: String) throws(SocketError) {
    guard zmq_connect(pointer, address) == 0 else { throw SocketError("zmq_connect", address: address) }
  }

  /// Binds and returns the address, in which port 0 has become the port that the system chose.
  func bind(_ address: String) throws(SocketError) -> String {
    guard zmq_bind(pointer, address) == 0 else { throw SocketError("zmq_bind", address: address) }
    var bound = [UInt8](repeating: 0, count: 512)
    var length = bound.count
    guard zmq_getsockopt(pointer, ZMQ_LAST_ENDPOINT, &bound, &length) == 0 else {
      throw SocketError("zmq_getsockopt", address: address)
    }
    return String(decoding: bound.prefix { $0 != 0 }, as: UTF8.self)
  }
}

// Messages.
extension Socket {
  func send(_ frames: [[UInt8]]) throws(SocketError) {
    for (i, frame) in frames.enumerated() {
      let flags = i + 1 < frames.count ? ZMQ_SNDMORE : 0
      while zmq_send(pointer, frame, frame.count, flags) < 0 {
        if zmq_errno() != EINTR { throw SocketError("zmq_send") }
      }
    }
  }

  /// The next message; waits for it.
  func receive() throws(SocketError) -> [[UInt8]] { try receive(0) }

  private func receive(_ flags: Int32) throws(SocketError) -> [[UInt8]] {
    var frames: [[UInt8]] = []
    while true {
      let (frame, hasMore) = try receiveFrame(flags)
      if frames.count < Self.mostFrames { frames.append(frame) }
      if !hasMore { return frames }
    }
  }

  /// The next message if there is one.
  func receiveWaiting() throws(SocketError) -> [[UInt8]]? {
    do { return try receive(ZMQ_DONTWAIT) } catch {
      if error.code == EAGAIN { return nil }
      throw error
    }
  }

  /// Can be read when there may be messages: after it was, and after each `send` too, all that wait have to be received.
  var descriptor: Int32 {
    get throws(SocketError) { try get(ZMQ_FD) }
  }

  /// Whether there is a message, or an error in its place.
  var hasMessage: Bool {
    do { return try get(ZMQ_EVENTS) & ZMQ_POLLIN != 0 } catch { return true }
  }

  private func get(_ option: Int32) throws(SocketError) -> Int32 {
    var value: Int32 = 0
    var length = MemoryLayout<Int32>.size
    guard zmq_getsockopt(pointer, option, &value, &length) == 0 else { throw SocketError("zmq_getsockopt") }
    return value
  }

  /// Waits for a message, or for a signal if `wake` is given, for at most `timeout` milliseconds if not negative.
  ///
  /// Returns whether there is a message.
  @discardableResult
  func waitForMessage(or wake: Wake? = nil, timeout: Int = -1) throws(SocketError) -> Bool {
    var items = [zmq_pollitem_t(socket: pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)]
    if let wake { items.append(zmq_pollitem_t(socket: nil, fd: wake.descriptor, events: Int16(ZMQ_POLLIN), revents: 0)) }
    while zmq_poll(&items, Int32(items.count), timeout) < 0 {
      if zmq_errno() != EINTR { throw SocketError("zmq_poll") }
    }
    return items[0].revents != 0
  }

  private func receiveFrame(_ flags: Int32) throws(SocketError) -> (bytes: [UInt8], hasMore: Bool) {
    var message = zmq_msg_t()
    return try withUnsafeMutablePointer(to: &message) { message throws(SocketError) in
      zmq_msg_init(message)
      defer { zmq_msg_close(message) }
      while zmq_msg_recv(message, pointer, flags) < 0 {
        if zmq_errno() != EINTR { throw SocketError("zmq_msg_recv") }
      }
      let bytes = UnsafeRawBufferPointer(start: zmq_msg_data(message), count: zmq_msg_size(message))
      return (Array(bytes), zmq_msg_more(message) != 0)
    }
  }
}

/// A call of ZeroMQ that failed.
public struct SocketError: Error, Equatable, Sendable, CustomStringConvertible {
  public var operation: String
  public var address: String?
  public var code: Int32

  init(_ operation: String, address: String? = nil) {
    self.operation = operation
    self.address = address
    code = zmq_errno()
  }

  /// The context was shut down: the end, and no mistake.
  var isShutdown: Bool { code == ETERM }

  var isUnreachable: Bool { code == EHOSTUNREACH }

  public var description: String {
    let reason = String(cString: zmq_strerror(code))
    return [operation, address, reason].compactMap(\.self).joined(separator: ": ")
  }
}
