import Execution

/// The front of a function under controls: gathers what it shows, and tells of it a few times a second.
final class LiveFront: Front {
  private let outer: any Front
  private let changed: ([ShownOutput]) -> Void
  private var outputs: [ShownOutput] = []
  /// Whether the next thing takes the place of all.
  private var clearsNext = false
  private var lastTold = ContinuousClock.now

  private static let interval = Duration.milliseconds(100)
  /// More is no picture of how things stand.
  private static let most = 100
  private static let longestText = 100_000

  init(within outer: any Front, changed: @escaping ([ShownOutput]) -> Void) {
    self.outer = outer
    self.changed = changed
  }

  var textStyle: TextStyle { outer.textStyle }
  var progressStyle: ProgressStyle { outer.progressStyle }

  func write(_ text: String, toErrors: Bool) {
    makeRoom()
    if case .text(let before, toErrors)? = outputs.last {
      var all = before
      if all.utf8.count < Self.longestText { all += text } else if !all.hasSuffix("…\n") { all += "…\n" }
      outputs[outputs.count - 1] = .text(all, toErrors: toErrors)
    } else {
      add(.text(text, toErrors: toErrors))
    }
    tell()
  }

  func display(_ shown: Representations, id: String?, isUpdate: Bool) {
    makeRoom()
    let output = ShownOutput.value(shown, id: id)
    if let id, isUpdate {
      guard let place = outputs.firstIndex(where: { if case .value(_, id) = $0 { true } else { false } }) else {
        // It stands outside of this output.
        return outer.display(shown, id: id, isUpdate: true)
      }
      outputs[place] = output
    } else {
      add(output)
    }
    tell()
  }

  func clear(wait: Bool) {
    clearsNext = wait
    if !wait { outputs = [] }
    tell()
  }

  // The front says that nobody answers: a control's message, unlike a cell, cannot ask.
  func ask(_ prompt: String, isPassword: Bool) throws(RuntimeError) -> String {
    try outer.ask(prompt, isPassword: isPassword)
  }

  func progressLine(_ text: String?) {}

  /// Tells how things stand in the end.
  func finish(with last: ShownOutput? = nil) {
    if let last { outputs.append(last) }
    changed(outputs)
  }

  private func makeRoom() {
    if clearsNext { outputs = [] }
    clearsNext = false
  }

  private func add(_ output: ShownOutput) {
    if outputs.count < Self.most {
      outputs.append(output)
    } else if outputs.count == Self.most {
      outputs.append(.text("… only the first \(Self.most) outputs are shown\n", toErrors: true))
    }
  }

  private func tell() {
    let now = ContinuousClock.now
    guard now - lastTold >= Self.interval else { return }
    lastTold = now
    changed(outputs)
  }
}
