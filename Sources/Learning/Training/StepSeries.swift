/// Numbers that come one a step. They are never moved, so that a long training takes eight bytes for each and no more at any
/// moment; where a number stays the same for long, as a rate does, it takes nothing.
struct StepSeries: RandomAccessCollection {
  private var blocks: [Block] = []
  private(set) var count = 0

  private static let blockSize = 4096

  /// Up to `blockSize` numbers: one that is repeated, or all of them.
  private struct Block {
    let first: Double
    var repeats = 1
    var values: [Double] = []

    init(_ first: Double) {
      self.first = first
    }

    mutating func append(_ value: Double) {
      if values.isEmpty {
        if value.bitPattern == first.bitPattern {
          repeats += 1
          return
        }
        for _ in 0..<repeats { values.append(first, upTo: StepSeries.blockSize) }
      }
      values.append(value, upTo: StepSeries.blockSize)
    }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(place: Int) -> Double {
    let block = blocks[place / StepSeries.blockSize]
    return block.values.isEmpty ? block.first : block.values[place % StepSeries.blockSize]
  }

  mutating func append(_ value: Double) {
    if count % StepSeries.blockSize == 0 {
      blocks.append(Block(value))
    } else {
      blocks[blocks.count - 1].append(value)
    }
    count += 1
  }
}

extension [Double] {
  /// Appends where the room doubles up to `limit` and not beyond, as it would by itself.
  mutating func append(_ value: Double, upTo limit: Int) {
    if count == capacity { reserveCapacity(Swift.min(Swift.max(64, 2 * count), limit)) }
    append(value)
  }
}
