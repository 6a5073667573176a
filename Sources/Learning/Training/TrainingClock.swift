/// How long a training and each of its steps take.
struct TrainingClock {
  private var began = ContinuousClock.now
  private var stepBegan = ContinuousClock.now
  private var steps: [Double] = []
  private var samples = 0

  mutating func start() {
    began = .now
    stepBegan = began
  }

  /// A step lasts from the end of the one before, so it includes what is done between.
  mutating func stepEnded(rows: Int) {
    let now = ContinuousClock.now
    steps.append(seconds(from: stepBegan, to: now))
    stepBegan = now
    samples += rows
  }

  var seconds: Double { seconds(from: began, to: .now) }
  var samplesPerSecond: Double { Double(samples) / max(seconds, 1e-9) }

  var medianStep: Double {
    guard !steps.isEmpty else { return 0 }
    let sorted = steps.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  private func seconds(from start: ContinuousClock.Instant, to end: ContinuousClock.Instant) -> Double {
    let (seconds, attoseconds) = (end - start).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
