import JupyterWire

/// Answers the requests of the Debug Adapter Protocol, and what Jupyter adds to them.
///
/// Called on the thread of the control socket, which must not wait: an answer may come later, from any thread.
public protocol KernelDebugger: Sendable {
  /// - Parameters:
  ///   - tell: publishes an event that follows from this request, now or later.
  ///   - reply: to be called once with the whole response.
  func answer(
    _ request: JSON.Object, tell: @escaping @Sendable (JSON.Object) -> Void, reply: @escaping @Sendable (JSON.Object) -> Void)
}

extension Dispatcher {
  func debug(_ content: JSON.Object, _ message: Message, _ outbox: Outbox) {
    guard let debugger = kernel.debugger else {
      return desk.reply(to: message, in: outbox) { Failure.unknownRequest(message.header.type).reply }
    }
    desk.status.begin(message.header, takesTurn: false)
    debugger.answer(content) { [desk] event in
      desk.publications.publish("debug_event", event, parent: message.header)
    } reply: { [desk] response in
      desk.send(response, to: message, in: outbox)
      desk.status.end(message.header)
    }
  }
}
