import Execution
import Insight
import Learning
import Plotting

/// Shows how a training gets on, in the way of the front.
///
/// In a notebook one output is updated in place, at most five times a second; on a terminal one line; elsewhere some twenty
/// lines in all.
final class TrainingReport {
  private let workspace: Workspace
  private let hasMetrics: Bool
  private let style: ProgressStyle
  private let clock = ContinuousClock()
  private var lastShown: ContinuousClock.Instant?

  private static let interval = Duration.milliseconds(200)
  private static let lineCount = 20

  init(_ workspace: Workspace, hasMetrics: Bool) {
    self.workspace = workspace
    self.hasMetrics = hasMetrics
    style = workspace.showsProgress ? workspace.front.progressStyle : .none
  }

  func show(_ progress: TrainingProgress) {
    switch style {
    case .none: return
    case .lines:
      // Evenly over the epochs, the first and the last among them; of many trainings the first alone.
      guard progress.isEpochEnd, workspace.trainingShown.runs == 0 else { return }
      let due = progress.epoch * Self.lineCount / progress.epochs
      guard progress.epoch == 1 || due > workspace.trainingShown.lines else { return }
      workspace.trainingShown.lines = due
      workspace.front.write(line(progress) + "\n", toErrors: true)
    case .line:
      guard isDue() else { return }
      workspace.front.progressLine(line(progress))
    case .picture:
      guard isDue() else { return }
      display(line(progress), progress.run)
    }
  }

  /// Leaves the last state standing.
  func finish(_ run: Run) {
    defer { workspace.trainingShown.runs += 1 }
    switch style {
    case .none: break
    case .lines: if case .interrupted = run.stopped { workspace.front.write(ending(run) + "\n", toErrors: true) }
    case .line:
      workspace.front.progressLine(nil)
      // A loop over hundreds of short trainings has a result of its own to show.
      if workspace.trainingShown.runs == 0 || run.seconds > 1 { workspace.front.write(ending(run) + "\n", toErrors: true) }
    case .picture: display(ending(run), run)
    }
  }

  private func isDue() -> Bool {
    let now = clock.now
    if let lastShown, now - lastShown < Self.interval { return false }
    lastShown = now
    return true
  }

  private func display(_ text: String, _ run: Run) {
    let isUpdate = workspace.trainingShown.displayID != nil
    let id = workspace.trainingShown.displayID ?? workspace.nextDisplayID()
    workspace.trainingShown.displayID = id
    let count = workspace.trainingShown.runs
    let heading = count > 0 ? "training \(count + 1): " : ""
    let svg = run.steps > 1 ? figure(of: run).svg(caption: heading + text) : nil
    workspace.front.display(Representations(text: heading + text, svg: svg), id: id, isUpdate: isUpdate)
  }

  private func line(_ progress: TrainingProgress) -> String {
    let text = workspace.front.textStyle
    let run = progress.run
    var parts = [Part("epoch \(progress.epoch)/\(progress.epochs)")]
    if style != .lines {
      let share = Double(progress.step) / Double(max(1, progress.steps))
      parts.append(Part(bar(share, isUnicode: text.hasUnicode), weight: .some))
    }
    parts.append(Part("loss \((run.epochLoss.last ?? progress.loss).short)"))
    if let best = progress.constantLoss { parts.append(Part("(constant \(best.short))", weight: .little)) }
    if let loss = run.validationLoss.last { parts.append(Part("validation \(loss.short)", weight: .much)) }
    for metric in run.metrics {
      if let value = metric.values.last { parts.append(Part("\(metric.name) \(value.short)", weight: .much)) }
    }
    if style != .lines {
      parts.append(Part("\(Figures.grouped(Int(progress.samplesPerSecond)))/s", weight: .little))
      parts.append(Part("\(progress.timeLeft.asDuration) left", weight: .some))
    }
    guard style == .line else { return Part.joined(parts) }
    // A line that is written over must not be wrapped.
    parts = Part.fitted(parts, to: text.width - 1)
    let room = text.width - Part.joined(parts).count - 3
    if room >= 8 { parts.append(Part(sparkline(run.loss, width: min(room, 24), isUnicode: text.hasUnicode))) }
    return String(Part.joined(parts).prefix(text.width - 1))
  }

  /// A part of a progress line, and how much it is missed where it does not fit.
  private struct Part {
    enum Weight: CaseIterable {
      case little, some, much, all
    }

    let text: String
    let weight: Weight

    init(_ text: String, weight: Weight = .all) {
      self.text = text
      self.weight = weight
    }

    static func joined(_ parts: [Part]) -> String { parts.map(\.text).joined(separator: "  ") }

    /// Leaves out what weighs least, the last first, until the rest fits.
    static func fitted(_ parts: [Part], to width: Int) -> [Part] {
      var parts = parts
      for weight in Weight.allCases where weight != .all {
        while joined(parts).count > width, let last = parts.lastIndex(where: { $0.weight == weight }) { parts.remove(at: last) }
      }
      return parts
    }
  }

  private func bar(_ share: Double, isUnicode: Bool) -> String {
    let full = Int(share * 10)
    return isUnicode
      ? String(repeating: "█", count: full) + String(repeating: "░", count: 10 - full)
      : "[" + String(repeating: "#", count: full) + String(repeating: ".", count: 10 - full) + "]"
  }

  private func ending(_ run: Run) -> String {
    if case .interrupted = run.stopped {
      return run.sentence + "\nThe weights are kept: train again to go on from them. last_run() is the run so far."
    }
    return run.sentence
  }
}

/// What the trainings of one source have shown so far.
struct TrainingShown {
  /// Trainings that have ended.
  var runs = 0
  var lines = 0
  var displayID: String?
}
