import Diagnostics
import Execution
import Insight
import Learning
import Plotting

/// Shows how a training gets on, in the way of the front.
///
/// In a notebook one output is updated in place, at most five times a second; on a terminal one line; elsewhere some twenty
/// lines in all. The trainings of one source share what they show.
final class TrainingReport {
  private let workspace: Workspace
  private let style: ProgressStyle

  private static let lineCount = 20

  init(_ workspace: Workspace) {
    self.workspace = workspace
    style = workspace.showsProgress ? workspace.front.progressStyle : .none
  }

  /// Whether there may be something to show.
  func isDue(isEpochEnd: Bool) -> Bool {
    switch style {
    case .none: false
    // Of many trainings the first alone.
    case .lines: isEpochEnd && workspace.trainingShown.runs == 0
    case .line, .picture: workspace.trainingShown.isDue()
    }
  }

  func show(_ progress: TrainingProgress) {
    switch style {
    case .none: return
    case .lines:
      // Evenly over the epochs, the first and the last among them.
      let due = progress.epoch * Self.lineCount / progress.epochs
      guard progress.epoch == 1 || due > workspace.trainingShown.lines else { return }
      workspace.trainingShown.lines = due
      workspace.front.write(line(progress, width: nil) + "\n", toErrors: true)
    case .line:
      workspace.front.progressLine(line(progress, width: workspace.front.textStyle.width))
    case .picture:
      display(
        line(progress, width: workspace.front.textStyle.width), progress.run, after: workspace.trainingShown.runs, isPassing: true
      )
    }
  }

  /// Leaves the last state standing.
  func finish(_ run: Run) {
    defer { workspace.trainingShown.runs += 1 }
    let isFirst = workspace.trainingShown.runs == 0
    switch style {
    case .none: break
    case .lines:
      switch run.stopped {
      case .running, .finished, .notFinite: break
      case .interrupted: workspace.front.write(ending(run) + "\n", toErrors: true)
      case .patience: if isFirst { workspace.front.write(ending(run) + "\n", toErrors: true) }
      }
    case .line:
      workspace.front.progressLine(nil)
      // A loop over hundreds of short trainings has a result of its own to show.
      if isFirst || run.seconds > 1 {
        workspace.front.write(ending(run).wrapped(to: workspace.front.textStyle.width) + "\n", toErrors: true)
      }
    case .picture:
      let count = workspace.trainingShown.runs
      if isFirst || workspace.trainingShown.isDue() {
        displayEnding(of: run, after: count)
      } else {
        // The next training or the end of the source shows it.
        workspace.trainingShown.unshown = { [self] in displayEnding(of: run, after: count) }
      }
    }
  }

  private func displayEnding(of run: Run, after count: Int) {
    // Whoever stops a training waits for its end.
    var isStopped = false
    if case .interrupted = run.stopped { isStopped = true }
    display(ending(run), run, after: count, isPassing: isStopped)
  }

  /// - Parameter count: the trainings of the source that ended before.
  private func display(_ text: String, _ run: Run, after count: Int, isPassing: Bool = false) {
    let isUpdate = workspace.trainingShown.displayID != nil
    let id = workspace.trainingShown.displayID ?? workspace.nextDisplayID()
    workspace.trainingShown.displayID = id
    workspace.trainingShown.unshown = nil
    let heading = count > 0 ? "training \(count + 1): " : ""
    let svg = run.steps > 1 ? figure(of: run).svg(caption: heading + text) : nil
    var shown = Representations(text: heading + text, svg: svg)
    shown.isPassing = isPassing
    workspace.front.display(shown, id: id, isUpdate: isUpdate)
  }

  private func ending(_ run: Run) -> String {
    if case .interrupted = run.stopped {
      return run.sentence + "\nThe weights are kept: train again to go on from them. last_run() is the run so far."
    }
    return run.sentence
  }
}

// MARK: - One line

extension TrainingReport {
  /// Where training stands.
  ///
  /// - Parameter width: the columns there are; none for a line that is not written over, which needs no bar and may wrap.
  private func line(_ progress: TrainingProgress, width: Int?) -> String {
    let run = progress.run
    // What is said, and how soon it goes if the line is too long: the largest number first.
    var parts: [(text: String, rank: Int)] = [("epoch \(progress.epoch)/\(progress.epochs)", 0)]
    if let width {
      let share = Double(progress.step) / Double(max(1, progress.steps))
      parts.append((bar(share, count: width < 80 ? 6 : 10), 1))
    }
    parts.append(("loss \((run.epochLoss.last ?? progress.loss).short)", 0))
    if let constant = progress.constantLoss { parts.append(("(constant \(constant.short))", 4)) }
    if let loss = run.validationLoss.last { parts.append(("validation \(loss.short)", 5)) }
    for metric in run.metrics {
      if let value = metric.values.last { parts.append(("\(metric.name) \(value.short)", 3)) }
    }
    guard let width else { return joined(parts) }
    parts.append(("\(Figures.grouped(Int(progress.samplesPerSecond)))/s", 6))
    // In whole seconds, so that what follows stands still.
    if progress.step < progress.steps { parts.append(("\(max(1, progress.timeLeft.rounded(.up)).asDuration) left", 2)) }
    // A line that is written over must not be wrapped.
    while joined(parts).count >= width, let worst = parts.indices.max(by: { parts[$0].rank < parts[$1].rank }),
      parts[worst].rank > 0
    {
      parts.remove(at: worst)
    }
    let room = width - joined(parts).count - 3
    if style == .line, room >= 8 {
      parts.append((sparkline(run.loss, width: min(room, 24), isUnicode: workspace.front.textStyle.hasUnicode), 7))
    }
    return String(joined(parts).prefix(width - 1))
  }

  private func joined(_ parts: [(text: String, rank: Int)]) -> String {
    parts.dropFirst().reduce(parts[0].text) { $0 + ($1.text.hasPrefix("(") ? " " : "  ") + $1.text }
  }

  private func bar(_ share: Double, count: Int) -> String {
    let full = Int(share * Double(count))
    return workspace.front.textStyle.hasUnicode
      ? String(repeating: "█", count: full) + String(repeating: "░", count: count - full)
      : "[" + String(repeating: "#", count: full) + String(repeating: ".", count: count - full) + "]"
  }
}

/// What the trainings of one source have shown so far.
struct TrainingShown {
  /// Trainings that have ended.
  var runs = 0
  var lines = 0
  var displayID: String?
  /// Shows a state that came too soon after another.
  var unshown: (() -> Void)?

  private let clock = ContinuousClock()
  private var lastShown: ContinuousClock.Instant?
  // Four a second leave room for the last state of a training.
  private static let interval = Duration.milliseconds(250)

  /// Whether it is time to show something; then it counts as shown.
  mutating func isDue() -> Bool {
    let now = clock.now
    if let lastShown, now - lastShown < Self.interval { return false }
    lastShown = now
    return true
  }
}
