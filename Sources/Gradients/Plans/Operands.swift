import Tensors

/// Where the operands of a plan lie in its state, to be found by their place.
struct Operands {
  private var all: [(node: Int, buffer: Buffer)] = []
  // By number in `all`: the end of what begins there or before.
  private var ends: [Int] = []

  mutating func add(_ node: Int, at buffer: Buffer) { all.append((node, buffer)) }

  /// To be called when all are there.
  mutating func sort() {
    all.sort { $0.buffer.offset < $1.buffer.offset }
    var end = 0
    ends = all.map {
      end = max(end, $0.buffer.offset + $0.buffer.byteCount)
      return end
    }
  }

  /// Those that share bytes with a place.
  func overlapping(_ place: Buffer) -> [(node: Int, buffer: Buffer)] {
    var found: [(node: Int, buffer: Buffer)] = []
    var number = firstBeginning(after: place.offset + place.byteCount - 1)
    while number > 0, ends[number - 1] > place.offset {
      number -= 1
      if all[number].buffer.overlaps(place) { found.append(all[number]) }
    }
    return found
  }

  private func firstBeginning(after offset: Int) -> Int {
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].buffer.offset > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
