import JupyterWire

/// Where a running cell asks for input and waits for the answer.
final class InputDesk: Sendable {
  /// The questions, for the thread that owns the stdin socket.
  let outbox: Outbox
  private let author: Author
  private let codec: Codec
  private let state = Monitor(State.idle)

  private enum State {
    case idle
    case asking(id: String)
    case answered(String)
    case failed(InputError)
    case closed
  }

  init(author: Author, codec: Codec) throws(ServerError) {
    self.author = author
    self.codec = codec
    outbox = try Outbox()
  }

  /// Asks the client who sent `request`; one question at a time.
  ///
  /// An interrupt that came just before the question could not `fail` it, so that is looked at once more.
  func ask(
    _ prompt: String, isPassword: Bool, for request: Message, isInterrupted: () -> Bool
  ) throws(InputError) -> String {
    let question = author.write(
      "input_request", ["prompt": .string(prompt), "password": .bool(isPassword)], parent: request.header,
      to: request.identities)
    let isOpen = state.wait { state -> Bool? in
      switch state {
      case .idle:
        state = .asking(id: question.header.id)
        return true
      case .closed: return false
      case .asking, .answered, .failed: return nil
      }
    }
    guard isOpen else { throw .closed }
    if isInterrupted() { fail(.interrupted) } else { outbox.post(codec.encode(question)) }
    let answer = state.wait { state -> Result<String, InputError>? in
      switch state {
      case .idle, .asking: return nil
      case .answered(let line):
        state = .idle
        return .success(line)
      case .failed(let error):
        state = .idle
        return .failure(error)
      case .closed: return .failure(.closed)
      }
    }
    return try answer.get()
  }

  /// Takes an `input_reply`; one that answers an earlier question, or none, is dropped.
  func accept(_ reply: Message) {
    let line = reply.content["value"]?.string ?? ""
    // Not every client says which question it answers.
    let asked = reply.parent["msg_id"]?.string
    state.withLock { state in
      if case .asking(let id) = state, asked == nil || asked == id { state = .answered(line) }
    }
  }

  /// Ends the question that waits, if one does.
  func fail(_ error: InputError) {
    state.withLock { state in
      if case .asking = state { state = .failed(error) }
    }
  }

  func close() {
    state.withLock { $0 = .closed }
  }
}
