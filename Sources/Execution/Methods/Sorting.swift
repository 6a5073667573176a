extension Machine {
  /// The items in order: stable, by `key` where there is one, the reverse order stable too.
  public func sorted(_ items: [Value], key: Value, isReversed: Bool) throws(RuntimeError) -> [Value] {
    var keys = items
    if !key.isNone {
      for place in keys.indices {
        try checkInterrupt()
        keys[place] = try call(key, keys[place])
      }
    }
    if let order = try plainOrder(of: keys, isReversed: isReversed) {
      return try values(order.count) { place in items[order[place]] }
    }
    var order = Array(items.indices)
    // Equal items keep their order, whichever way it goes.
    try merge(&order, sortedRuns: 1) { (a, b) throws(RuntimeError) in
      isReversed ? !(try precedes(keys[a], keys[b])) : !(try precedes(keys[b], keys[a]))
    }
    return try values(order.count) { place in items[order[place]] }
  }

  /// The order of keys that are all whole numbers; nil where they are not.
  private func plainOrder(of keys: [Value], isReversed: Bool) throws(RuntimeError) -> [Int]? {
    var numbers: [Int] = []
    numbers.reserveCapacity(keys.count)
    for key in keys {
      guard case .int(let number) = key else { return nil }
      numbers.append(number)
    }
    // Places decide between equal keys, which makes the order stable.
    func keeps(_ a: Int, _ b: Int) -> Bool {
      numbers[a] == numbers[b] ? a < b : isReversed ? numbers[a] > numbers[b] : numbers[a] < numbers[b]
    }
    // The library's sort is quicker than merging, but cannot be stopped.
    var order: [Int] = []
    order.reserveCapacity(keys.count)
    var parts = parts(of: keys.count)
    while let part = try parts.next() { order += part.sorted(by: keeps) }
    try merge(&order, sortedRuns: Parts.most, keeps)
    return order
  }

  /// Sorts what consists of sorted runs of a length by merging them; `keeps(a, b)` says that `a` may stay before `b`.
  @inline(__always)
  private func merge(
    _ order: inout [Int], sortedRuns length: Int, _ keeps: (Int, Int) throws(RuntimeError) -> Bool
  ) throws(RuntimeError) {
    guard order.count > length else { return }
    var width = length
    var merged = order
    while width < order.count {
      for start in stride(from: 0, to: order.count, by: 2 * width) {
        let middle = min(start + width, order.count)
        let end = min(start + 2 * width, order.count)
        var (left, right) = (start, middle)
        try checkInterrupt()
        var parts = parts(of: end - start)
        while let part = try parts.next() {
          for place in part {
            let takesLeft: Bool
            if left < middle, right < end { takesLeft = try keeps(order[left], order[right]) } else { takesLeft = left < middle }
            merged[start + place] = takesLeft ? order[left] : order[right]
            if takesLeft { left += 1 } else { right += 1 }
          }
        }
      }
      swap(&order, &merged)
      width *= 2
    }
  }
}
