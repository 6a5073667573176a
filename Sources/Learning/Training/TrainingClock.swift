/// How long a training and each of its steps take.
struct TrainingClock {
  private var began = ContinuousClock.now
  private var stepBegan = ContinuousClock.now
  private var steps = 0
  private var samples = 0

  /// Seconds of single steps: of all, and once there are more, of some that are drawn among them, each as likely as another.
  private var drawn = [Double](repeating: 0, count: TrainingClock.mostDrawn)
  private var chance: UInt64 = 0

  private static let mostDrawn = 2048

  mutating func start() {
    began = .now
    stepBegan = began
  }

  /// A step lasts from the end of the one before, so it includes what is done between.
  mutating func stepEnded(rows: Int) {
    let now = ContinuousClock.now
    note(seconds(from: stepBegan, to: now))
    stepBegan = now
    samples += rows
  }

  mutating func note(_ seconds: Double) {
    let place = steps < TrainingClock.mostDrawn ? steps : below(steps + 1)
    if place < TrainingClock.mostDrawn { drawn[place] = seconds }
    steps += 1
  }

  /// A number from 0, by Knuth's generator of 64 bits: what is timed does not reach the weights.
  private mutating func below(_ limit: Int) -> Int {
    chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(chance.multipliedFullWidth(by: UInt64(limit)).high)
  }

  var seconds: Double { seconds(from: began, to: .now) }
  var samplesPerSecond: Double { Double(samples) / max(seconds, 1e-9) }

  var medianStep: Double {
    guard steps > 0 else { return 0 }
    let sorted = drawn.prefix(steps).sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  private func seconds(from start: ContinuousClock.Instant, to end: ContinuousClock.Instant) -> Double {
    let (seconds, attoseconds) = (end - start).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
