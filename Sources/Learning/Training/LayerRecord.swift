/// Series by layer of at most 4,096 points: when they are full, every second one goes and the stride doubles.
public struct LayerRecord {
  /// The recorded steps, counted from 1.
  public private(set) var steps: [Int] = []
  var gradientNorm = Series()
  var updateRatio = Series()
  var saturated = Series()
  var dead = Series()

  private var stride = 1
  private static let limit = 4096

  /// Values by layer, in the order in which the layers first came.
  struct Series {
    private(set) var all: [(layer: String, values: [Double])] = []

    /// The layers come in the same order at each step, so a layer is nearly always found at its place.
    mutating func append(_ value: Double, of layer: String, at place: Int) {
      if place < all.count, all[place].layer == layer {
        all[place].values.append(value)
      } else if let found = all.firstIndex(where: { $0.layer == layer }) {
        all[found].values.append(value)
      } else {
        all.append((layer, [value]))
      }
    }

    mutating func halve() {
      for i in all.indices { all[i].values = everySecond(all[i].values) }
    }
  }

  /// Whether this step, counted from 1, is to be recorded.
  func wants(_ step: Int) -> Bool { (step - 1) % stride == 0 }

  /// Makes room for a step that is recorded next.
  mutating func begin(_ step: Int) {
    if steps.count == LayerRecord.limit {
      steps = everySecond(steps)
      gradientNorm.halve()
      updateRatio.halve()
      saturated.halve()
      dead.halve()
      stride *= 2
    }
    steps.append(step)
  }
}

private func everySecond<Value>(_ values: [Value]) -> [Value] {
  Swift.stride(from: 0, to: values.count, by: 2).map { values[$0] }
}
