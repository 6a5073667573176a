import JupyterWire

/// A message of a comm: a channel between an object of the kernel and one of the front end, open until one of them closes it.
///
/// Without buffers: what is sent in them is dropped.
public struct CommMessage: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// Opens the comm; the target says what for.
    case open(target: String)
    case message
    case close
  }

  public var kind: Kind
  public var id: String
  public var data: JSON.Object
  public var metadata: JSON.Object

  public init(_ kind: Kind, id: String, data: JSON.Object = [:], metadata: JSON.Object = [:]) {
    self.kind = kind
    self.id = id
    self.data = data
    self.metadata = metadata
  }

  var opensComm: Bool { if case .open = kind { true } else { false } }
}

extension CommMessage {
  /// Names longer than this are nobody's.
  private static let longestName = 256

  init(_ message: Message, _ fields: RequestFields) throws(Failure) {
    func name(_ field: String) throws(Failure) -> String {
      let name = try fields.text(field)
      guard name.utf8.count <= Self.longestName else {
        throw fields.failure(field, "of at most \(Self.longestName) bytes")
      }
      return name
    }
    let kind: Kind
    switch message.header.type {
    case "comm_open": kind = .open(target: try name("target_name"))
    case "comm_close": kind = .close
    default: kind = .message
    }
    guard let data = (message.content["data"] ?? [:]).object else { throw fields.failure("data", "an object") }
    self.init(kind, id: try name("comm_id"), data: data, metadata: message.metadata)
  }

  /// The message's type and content, as the protocol writes them.
  var published: (type: String, content: JSON.Object) {
    var content: JSON.Object = ["comm_id": .string(id), "data": .object(data)]
    switch kind {
    case .open(let target):
      content.append("target_name", .string(target))
      return ("comm_open", content)
    case .message: return ("comm_msg", content)
    case .close: return ("comm_close", content)
    }
  }
}

extension CellRunner {
  /// Gives a comm's message to the kernel, in its turn among the cells; a comm that nobody wants is closed.
  func receive(_ comm: CommMessage, of message: Message, isFollowed: Bool, by kernel: any Kernel) {
    desk.whileBusy(with: message, takesTurn: true) {
      let output = output(beside: message)
      defer { output.finishText() }
      let isWanted = kernel.receive(comm, isFollowed: isFollowed, output: output)
      if comm.opensComm && !isWanted { output.send(CommMessage(.close, id: comm.id)) }
    }
  }

  /// Where goes what follows from a message that is no cell.
  func output(beside message: Message) -> CellOutput {
    let request = ExecuteRequest(code: "", storesHistory: false, allowsInput: false, count: count.load(ordering: .relaxed))
    return output(for: request, message)
  }
}
