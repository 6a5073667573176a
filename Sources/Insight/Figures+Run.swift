import Glibc
import Learning
import Plotting

/// The losses of a run, and beside them its metrics.
///
/// - Parameter smooth: the share by which each step's loss is drawn to the ones before, from 0 to below 1.
public func figure(of run: Run, smooth: Double? = nil) -> Figure {
  let losses = lossChart(run, smooth: smooth)
  guard !run.metrics.isEmpty, run.epochs > 1 else { return .chart(losses) }
  let epochs = (1...run.epochs).map(Double.init)
  var marks = run.metrics.map { Mark.line(Series(x: epochs, y: $0.values, name: $0.name)) }
  if !run.validationLoss.isEmpty {
    marks += run.trainingMetrics.enumerated().map { i, metric in
      .line(Series(x: epochs, y: metric.values, name: "\(metric.name) in training", colorIndex: run.metrics.count + i))
    }
  }
  var metrics = Chart(marks, title: "metrics", xLabel: "epoch")
  metrics.legend = .shown
  metrics.xAxis.isWhole = true
  metrics.width = 380
  var left = losses
  left.width = 460
  return .grid([.chart(left), .chart(metrics)], columns: 2)
}

/// The loss by step, its mean by epoch and the validation loss; on a logarithmic axis where they span decades.
func lossChart(_ run: Run, smooth: Double?) -> Chart {
  let perEpoch = run.epochs > 0 ? Double(run.steps) / Double(run.epochs) : 1
  let ends = (0..<run.epochs).map { Double($0 + 1) * perEpoch }
  let steps = run.loss.indices.map { Double($0 + 1) }
  var marks: [Mark] = []
  if let smooth {
    marks.append(.line(Series(x: steps, y: run.loss, isFaint: true, colorIndex: 0)))
    marks.append(.line(Series(x: steps, y: smoothed(run.loss, smooth), name: "loss", colorIndex: 0)))
  } else if run.epochs > 1, run.steps > 2 * run.epochs {
    marks.append(.line(Series(x: steps, y: run.loss, isFaint: true, colorIndex: 0)))
    marks.append(.line(Series(x: ends, y: run.epochLoss, name: "training loss", colorIndex: 0)))
  } else {
    marks.append(.line(Series(x: steps, y: run.loss, name: "training loss", colorIndex: 0)))
  }
  if !run.validationLoss.isEmpty {
    marks.append(.line(Series(x: ends, y: run.validationLoss, name: "validation loss", colorIndex: 1)))
  }
  var chart = Chart(marks, title: "loss", xLabel: "step")
  chart.xAxis.isWhole = true
  let values = (run.loss + run.validationLoss).filter { $0.isFinite }
  if let low = values.min(), let high = values.max(), low > 0, high / low > 30 { chart.yAxis.kind = .logarithmic }
  return chart
}

/// An exponential moving average, which begins at the first value.
public func smoothed(_ values: [Double], _ share: Double) -> [Double] {
  var mean: Double?
  return values.map { value in
    guard value.isFinite else { return value }
    mean = mean.map { $0 * share + value * (1 - share) } ?? value
    return mean ?? value
  }
}

/// How gradients flowed through the layers: their norm by layer and step, and the size of the updates beside the weights.
public func gradientFlow(_ run: Run) throws(InsightError) -> Figure {
  guard !run.recordedSteps.isEmpty, !run.gradientNorm.isEmpty else { throw .empty("a run without record") }
  return .grid(
    [
      flow(run.gradientNorm, run, title: "gradient norm by layer", label: "log₁₀ ‖∂L/∂w‖"),
      flow(run.updateRatio, run, title: "update beside weight", label: "log₁₀ ‖Δw‖ / ‖w‖"),
    ], columns: 1)
}

private func flow(_ rows: [(layer: String, values: [Double])], _ run: Run, title: String, label: String) -> Figure {
  let steps = run.recordedSteps
  let values = rows.flatMap { row in row.values.map { $0 > 0 ? log10($0) : .nan } }
  let width = rows.map(\.values.count).max() ?? 0
  let cells = Cells(
    Grid(rows: rows.count, columns: width, values: values),
    x: Double(steps.first ?? 0) - 0.5...Double(max(steps.last ?? 1, (steps.first ?? 0) + 1)) + 0.5, label: label)
  var chart = Chart([.cells(cells)], title: title, xLabel: "step")
  chart.xAxis.isWhole = true
  chart.yAxis.names = rows.map(\.layer)
  chart.height = 100 + max(18, min(34, 400 / Double(max(1, rows.count)))) * Double(rows.count)
  return .chart(chart)
}
