/// Series by layer of at most 4,096 points: when they are full, every second one goes and the stride doubles.
///
/// Three series of a layer take 96 KiB, however long a training lasts.
public struct LayerRecord {
  var gradientNorm: Series
  var updateRatio: Series
  var saturated: Series
  var dead: Series

  private var count = 0
  private var stride = 1
  static let limit = 4096

  /// - Parameter steps: how many there will be at most, for which there is room from the start: what arrays leave behind as they grow
  ///   would stay with the process.
  init(steps: Int = 0) {
    let series = Series(room: min(max(steps, 1), LayerRecord.limit))
    (gradientNorm, updateRatio, saturated, dead) = (series, series, series, series)
  }

  /// The recorded steps, counted from 1.
  public var steps: [Int] { (0..<count).map { 1 + $0 * stride } }

  /// Values by layer, in the order in which the layers first came.
  struct Series {
    private(set) var all: [(layer: String, values: [Double])] = []
    let room: Int

    init(room: Int) {
      self.room = room
    }

    /// The layers come in the same order at each step, so a layer is nearly always found at its place.
    mutating func append(_ value: Double, of layer: String, at place: Int) {
      if place < all.count, all[place].layer == layer {
        all[place].values.append(value, upTo: LayerRecord.limit)
      } else if let found = all.firstIndex(where: { $0.layer == layer }) {
        all[found].values.append(value, upTo: LayerRecord.limit)
      } else {
        var values: [Double] = []
        values.reserveCapacity(room)
        values.append(value)
        all.append((layer, values))
      }
    }

    mutating func halve() {
      for i in all.indices { all[i].values.keepEverySecond() }
    }
  }

  /// Whether this step, counted from 1, is to be recorded.
  func wants(_ step: Int) -> Bool { (step - 1) % stride == 0 }

  /// Makes room for the step that is recorded next, the first that is wanted after the one before.
  mutating func begin(_ step: Int) {
    if count == LayerRecord.limit {
      count /= 2
      gradientNorm.halve()
      updateRatio.halve()
      saturated.halve()
      dead.halve()
      stride *= 2
    }
    precondition(step == 1 + count * stride, "a step that is wanted is recorded")
    count += 1
  }
}

extension [Double] {
  /// Within the room that they have.
  fileprivate mutating func keepEverySecond() {
    for i in 0..<(count + 1) / 2 { self[i] = self[2 * i] }
    removeLast(count / 2)
  }
}
