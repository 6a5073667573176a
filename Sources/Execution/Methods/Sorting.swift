extension Machine {
  /// The items in order: stable, by `key` where there is one, the reverse order stable too.
  public func sorted(_ items: [Value], key: Value, isReversed: Bool) throws(RuntimeError) -> [Value] {
    var keys = items
    if !key.isNone {
      for place in keys.indices { keys[place] = try call(key, keys[place]) }
    }
    if let order = Self.plainOrder(of: keys, isReversed: isReversed) { return order.map { items[$0] } }
    var order = Array(items.indices)
    try mergeSort(&order) { (a, b) throws(RuntimeError) in
      // Equal items keep their order, whichever way it goes.
      isReversed ? !(try precedes(keys[a], keys[b])) : !(try precedes(keys[b], keys[a]))
    }
    return order.map { items[$0] }
  }

  /// The order of keys that are all whole numbers or all strings, which cannot fail.
  private static func plainOrder(of keys: [Value], isReversed: Bool) -> [Int]? {
    var numbers: [Int] = []
    numbers.reserveCapacity(keys.count)
    for key in keys {
      guard case .int(let number) = key else { return nil }
      numbers.append(number)
    }
    // Places decide between equal keys, which makes the order stable.
    return keys.indices.sorted { a, b in
      numbers[a] == numbers[b] ? a < b : isReversed ? numbers[a] > numbers[b] : numbers[a] < numbers[b]
    }
  }

  /// Sorts by merging runs that double in length; `keeps(a, b)` says that `a` may stay before `b`.
  private func mergeSort(
    _ order: inout [Int], _ keeps: (Int, Int) throws(RuntimeError) -> Bool
  ) throws(RuntimeError) {
    var width = 1
    var merged = order
    while width < order.count {
      for start in stride(from: 0, to: order.count, by: 2 * width) {
        let middle = min(start + width, order.count)
        let end = min(start + 2 * width, order.count)
        var (left, right) = (start, middle)
        for place in start..<end {
          let takesLeft: Bool
          if left < middle, right < end { takesLeft = try keeps(order[left], order[right]) } else { takesLeft = left < middle }
          merged[place] = takesLeft ? order[left] : order[right]
          if takesLeft { left += 1 } else { right += 1 }
        }
        try checkInterrupt()
      }
      swap(&order, &merged)
      width *= 2
    }
  }
}
