import Execution
import Gradients
import Insight
import Learning
import Plotting
import Tensors

/// A training run as a value.
final class RunObject: ForeignObject, Pictured, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  let run: Run
  let workspace: Workspace

  init(_ run: Run, in workspace: Workspace) {
    self.run = run
    self.workspace = workspace
  }

  override var typeName: String { "run" }
  override var identity: AnyObject { run }

  override func text() throws(RuntimeError) -> String { run.sentence }

  override func representations() throws(RuntimeError) -> Representations {
    Representations(text: run.sentence, svg: picture()?.svg())
  }

  func picture() -> Figure? { run.steps > 0 ? figure(of: run) : nil }

  override var attributeNames: [String] { Self.names }

  static let names = RunAttribute.allCases.map(\.rawValue)

  /// Of its dictionaries.
  var keys: [String: [String]] {
    let layers = run.gradientNorm.map(\.layer)
    return [
      "metrics": run.metrics.map(\.name), "training_metrics": run.trainingMetrics.map(\.name), "gradient_norm": layers,
      "update_ratio": layers, "saturated": run.saturated.map(\.layer), "dead": run.dead.map(\.layer),
    ]
  }

  override func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? {
    guard let attribute = RunAttribute(rawValue: name) else { return nil }
    return try engine { try attribute.value(of: run, in: workspace) }
  }
}

/// What a run tells.
private enum RunAttribute: String, CaseIterable {
  case loss, epochLoss = "epoch_loss", validationLoss = "validation_loss", metrics, trainingMetrics = "training_metrics"
  case learningRate = "learning_rate", steps, epochs, seconds, secondsPerStep = "seconds_per_step"
  case samplesPerSecond = "samples_per_second", best, bestEpoch = "best_epoch", stopped, hash
  case clippedShare = "clipped_share", recordedSteps = "recorded_steps"
  case gradientNorm = "gradient_norm", updateRatio = "update_ratio", saturated, dead

  func value(of run: Run, in workspace: Workspace) throws -> Value {
    func series(_ values: [Double]) throws -> Value { workspace.value(try Tensor(values, dtype: .float64)) }
    func table(_ rows: [(String, [Double])]) throws -> Value {
      .dict(DictObject(try rows.map { ($0.0, try series($0.1)) }))
    }
    return switch self {
    case .loss: try series(run.loss)
    case .epochLoss: try series(run.epochLoss)
    case .validationLoss: try series(run.validationLoss)
    case .metrics: try table(run.metrics.map { ($0.name, $0.values) })
    case .trainingMetrics: try table(run.trainingMetrics.map { ($0.name, $0.values) })
    case .learningRate: try series(run.learningRate)
    case .steps: .int(run.steps)
    case .epochs: .int(run.epochs)
    case .seconds: .float(run.seconds)
    case .secondsPerStep: .float(run.secondsPerStep)
    case .samplesPerSecond: .float(run.samplesPerSecond)
    case .best: run.best.map { .foreign(NetworkObject($0, in: workspace)) } ?? .none
    case .bestEpoch: .int(run.bestEpoch)
    case .stopped: .string(run.stopped.text)
    case .hash: .string(run.hash)
    case .clippedShare: .float(run.clippedShare)
    case .recordedSteps: workspace.value(try Tensor(run.recordedSteps))
    case .gradientNorm: try table(run.gradientNorm.map { ($0.layer, $0.values) })
    case .updateRatio: try table(run.updateRatio.map { ($0.layer, $0.values) })
    case .saturated: try table(run.saturated.map { ($0.layer, $0.values) })
    case .dead: try table(run.dead.map { ($0.layer, $0.values) })
    }
  }
}

extension Run {
  /// The run in one line: how long, how far, why it ended.
  var sentence: String {
    func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
    var parts = [counted(epochs, "epoch"), counted(steps, "step"), seconds.asDuration]
    if let last = epochLoss.last ?? loss.last { parts.append("loss \(last.short)") }
    if let last = validationLoss.last { parts.append("validation loss \(last.short)") }
    for metric in metrics {
      if let last = metric.values.last { parts.append("\(metric.name) \(last.short)") }
    }
    switch stopped {
    case .finished: break
    case .running: parts.append("still running")
    default: parts.append("stopped: \(stopped.text)")
    }
    return "run: " + parts.joined(separator: ", ")
  }
}
