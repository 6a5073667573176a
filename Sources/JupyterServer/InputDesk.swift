import JupyterWire
import Threads

/// Where running cells ask for input and wait for the answer; each shell has one question at a time.
final class InputDesk: Sendable {
  /// Signalled when there is a question for the thread that owns the stdin socket.
  let wake: Wake
  private let author: Author
  private let codec: Codec
  private let state = Monitor(State())

  private struct State {
    /// The oldest first.
    var questions: [Question] = []
    var isClosed = false
  }

  struct Question: Sendable {
    let id: String
    let frames: [[UInt8]]
    let asked: ContinuousClock.Instant
    fileprivate let shell: String?
    fileprivate var isSent = false
    fileprivate var answer: Result<String, InputError>?
  }

  init(author: Author, codec: Codec) throws(ServerError) {
    self.author = author
    self.codec = codec
    wake = try Wake()
  }

  /// Asks the client who sent `request`.
  ///
  /// An interrupt that came just before the question could not `fail` it, so that is looked at once more.
  func ask(
    _ prompt: String, isPassword: Bool, for request: Message, askedIn shell: String?, isInterrupted: () -> Bool
  ) throws(InputError) -> String {
    let question = author.write(
      "input_request", ["prompt": .string(prompt), "password": .bool(isPassword)], parent: request.header,
      to: request.identities)
    let id = question.header.id
    let frames = codec.encode(question)
    state.withLock { $0.questions.append(Question(id: id, frames: frames, asked: .now, shell: shell)) }
    if isInterrupted() { fail(.interrupted, askedIn: shell) } else { wake.signal() }
    let answer = state.wait { state -> Result<String, InputError>? in
      if state.isClosed { return .failure(.closed) }
      guard let place = state.questions.firstIndex(where: { $0.id == id }), let answer = state.questions[place].answer else {
        return nil
      }
      state.questions.remove(at: place)
      return answer
    }
    return try answer.get()
  }

  /// Takes an `input_reply`; one that answers an earlier question, or none, is dropped.
  func accept(_ reply: Message) {
    let line = reply.content["value"]?.string ?? ""
    // Not every client says which question it answers: it is the oldest then.
    let asked = reply.parent["msg_id"]?.string
    answer(.success(line)) { asked == nil || $0.id == asked }
  }

  /// Ends the question that waits in a shell, if one does.
  func fail(_ error: InputError, askedIn shell: String?) {
    answer(.failure(error)) { $0.shell == shell }
  }

  /// The questions that are to be sent.
  func unsent() -> [Question] {
    wake.clear()
    return state.withLock { $0.questions.filter { !$0.isSent && $0.answer == nil } }
  }

  func noteSent(_ question: Question) {
    state.withLock { state in
      if let place = state.questions.firstIndex(where: { $0.id == question.id }) { state.questions[place].isSent = true }
    }
  }

  /// Ends a question that does not reach its client.
  func failUnreachable(_ question: Question) {
    answer(.failure(.notAllowed)) { $0.id == question.id }
  }

  private func answer(_ answer: Result<String, InputError>, _ isMeant: (Question) -> Bool) {
    state.withLock { state in
      guard let place = state.questions.firstIndex(where: { $0.answer == nil && isMeant($0) }) else { return }
      state.questions[place].answer = answer
    }
  }

  func close() {
    state.withLock { $0.isClosed = true }
  }
}
