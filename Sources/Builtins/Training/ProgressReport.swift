import Execution

/// Shows how far a loop has come.
final class ProgressReport {
  private let label: String
  private let count: Int
  private let workspace: Workspace
  private let style: ProgressStyle
  private let displayID: String
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastShown: ContinuousClock.Instant?
  private var isShown = false
  private var linesShown = 0

  init(_ label: String, count: Int, _ workspace: Workspace) {
    self.label = label
    self.count = count
    self.workspace = workspace
    style = workspace.showsProgress ? workspace.front.progressStyle : .none
    displayID = workspace.nextDisplayID()
    start = clock.now
  }

  func show(done: Int) {
    let isLast = done == count
    switch style {
    case .none: return
    case .lines:
      let due = done * 10 / max(1, count)
      guard due > linesShown else { return }
      linesShown = due
      workspace.front.write(text(done) + "\n", toErrors: true)
    case .line:
      guard isDue || isLast else { return }
      workspace.front.progressLine(isLast ? nil : text(done))
    case .picture:
      guard isDue || isLast else { return }
      workspace.front.display(Representations(text: text(done)), id: displayID, isUpdate: isShown)
      isShown = true
    }
  }

  private var isDue: Bool {
    let now = clock.now
    if let lastShown, now - lastShown < .milliseconds(200) { return false }
    lastShown = now
    return true
  }

  private func text(_ done: Int) -> String {
    let seconds = (clock.now - start) / .seconds(1)
    let left = done > 0 && done < count ? ", \((seconds / Double(done) * Double(count - done)).asDuration) left" : ""
    let name = label.isEmpty ? "" : label + ": "
    return "\(name)\(done) of \(count), \(seconds.asDuration)\(left)"
  }
}
