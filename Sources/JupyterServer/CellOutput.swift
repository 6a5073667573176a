import JupyterWire

/// Publishes what one cell shows.
struct CellOutput: KernelOutput {
  let request: ExecuteRequest
  let message: Message
  let publications: Publications
  let input: InputDesk
  let shell: String?
  let kernel: any KernelShell

  func stream(_ stream: OutputStream, _ text: String) {
    if request.silent { return }
    publications.print(text, to: stream, parent: message.header)
  }

  func display(_ bundle: MIMEBundle, id: String?) {
    display("display_data", bundle, transient: id.map { ["display_id": .string($0)] } ?? [:])
  }

  func update(_ bundle: MIMEBundle, id: String) {
    display("update_display_data", bundle, transient: ["display_id": .string(id)])
  }

  func result(_ bundle: MIMEBundle) {
    publish(
      "execute_result",
      ["execution_count": .integer(request.count), "data": .object(bundle.data), "metadata": .object(bundle.metadata)])
  }

  func clear(wait: Bool) {
    publish("clear_output", ["wait": .bool(wait)])
  }

  func input(prompt: String, isPassword: Bool) throws(InputError) -> String {
    guard request.allowsInput else { throw .notAllowed }
    // The person should see what was printed before being asked.
    publications.flush()
    return try input.ask(prompt, isPassword: isPassword, for: message, askedIn: shell) { kernel.isInterrupted }
  }

  private func display(_ type: String, _ bundle: MIMEBundle, transient: JSON) {
    publish(type, ["data": .object(bundle.data), "metadata": .object(bundle.metadata), "transient": transient])
  }

  private func publish(_ type: String, _ content: JSON.Object) {
    if request.silent { return }
    publications.waitForRoom()
    publications.publish(type, content, parent: message.header)
  }
}
