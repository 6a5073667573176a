import JupyterWire

/// Publishes what one cell shows.
struct CellOutput: KernelOutput {
  let request: ExecuteRequest
  let message: Message
  let publications: Publications
  let input: InputDesk
  let shell: String?
  let kernel: any KernelShell
  private let limit = OutputLimit()

  init(
    request: ExecuteRequest, message: Message, publications: Publications, input: InputDesk, shell: String?,
    kernel: any KernelShell
  ) {
    self.request = request
    self.message = message
    self.publications = publications
    self.input = input
    self.shell = shell
    self.kernel = kernel
  }

  func stream(_ stream: OutputStream, _ text: String) {
    if request.silent { return }
    publications.print(limit.cut(text, to: stream), to: stream, parent: message.header)
  }

  /// Shows the end of what was printed, where so much was that the rest is left out.
  func finishText() {
    for (stream, text) in limit.takeEnd() { publications.print(text, to: stream, parent: message.header) }
  }

  func display(_ bundle: MIMEBundle, id: String?) {
    display("display_data", bundle, transient: id.map { ["display_id": .string($0)] } ?? [:])
  }

  func update(_ bundle: MIMEBundle, id: String) {
    display("update_display_data", bundle, transient: ["display_id": .string(id)])
  }

  func result(_ bundle: MIMEBundle) {
    let bundle = bundle.shortened
    finishText()
    publish(
      "execute_result",
      ["execution_count": .integer(request.count), "data": .object(bundle.data), "metadata": .object(bundle.metadata)])
  }

  func clear(wait: Bool) {
    limit.reset()
    publish("clear_output", ["wait": .bool(wait)])
  }

  /// Does not wait for room: other threads may wait for who sends it, and a page's controls are few.
  func send(_ comm: CommMessage) {
    publications.publish(comm, parent: message.header)
  }

  func input(prompt: String, isPassword: Bool) throws(InputError) -> String {
    guard request.allowsInput else { throw .notAllowed }
    // The person should see what was printed before being asked.
    finishText()
    publications.flush()
    return try input.ask(prompt, isPassword: isPassword, for: message, askedIn: shell) { kernel.isInterrupted }
  }

  private func display(_ type: String, _ bundle: MIMEBundle, transient: JSON) {
    let bundle = bundle.shortened
    finishText()
    publish(type, ["data": .object(bundle.data), "metadata": .object(bundle.metadata), "transient": transient])
  }

  private func publish(_ type: String, _ content: JSON.Object) {
    if request.silent { return }
    publications.waitForRoom()
    publications.publish(type, content, parent: message.header)
  }
}
