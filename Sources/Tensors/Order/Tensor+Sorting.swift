extension Tensor {
  /// The places that sort the elements along `axis`, as `int64`.
  public func argsort(axis: Int = -1, descending: Bool = false) throws(TensorError) -> Tensor {
    let axis = try shape.resolve(axis: axis, in: "argsort")
    switch dtype {
    case .float32: return try argsort(axis, Float.self, descending) { $0 < $1 || $1.isNaN && !$0.isNaN }
    case .float64: return try argsort(axis, Double.self, descending) { $0 < $1 || $1.isNaN && !$0.isNaN }
    case .int64: return try argsort(axis, Int.self, descending, <)
    case .bool: return try argsort(axis, Bool.self, descending) { !$0 && $1 }
    }
  }

  private func argsort<T: Element>(_ axis: Int, _: T.Type, _ descending: Bool, _ precedes: (T, T) -> Bool) throws(TensorError)
    -> Tensor
  {
    let length = shape[axis]
    let inner = shape.dimensions[(axis + 1)...].reduce(1, *)
    return try Tensor(shape, of: Int.self) { out throws(TensorError) in
      try withElements(T.self) { x throws(TensorError) in
        var comparisons = 0
        for line in 0..<(length == 0 ? 0 : x.count / length) {
          let start = line / inner * inner * length + line % inner
          let order = try Tensor.order(length, &comparisons) { i, j in
            let (left, right) = (x[start + i * inner], x[start + j * inner])
            if descending ? precedes(right, left) : precedes(left, right) { return true }
            if descending ? precedes(left, right) : precedes(right, left) { return false }
            return i < j
          }
          try Interruption.inParts(of: length) { first, count in
            for place in first..<first + count { out[start + place * inner] = order[place] }
          }
        }
      }
    }
  }

  /// The places from 0 to `count` - 1 in order; asks now and then whether to stop, by what was compared for all lines so far.
  private static func order(
    _ count: Int, _ comparisons: inout Int, _ precedes: (Int, Int) -> Bool
  ) throws(TensorError) -> [Int] {
    var places: [Int] = []
    places.reserveCapacity(count)
    try Interruption.inParts(of: count) { start, length in places.append(contentsOf: start..<start + length) }
    do {
      try places.sort { i, j in
        comparisons += 1
        if comparisons % (1 << 20) == 0 { try Interruption.check() }
        return precedes(i, j)
      }
    } catch {
      // A comparison fails in no other way.
      throw TensorError(.interrupted)
    }
    return places
  }

  /// The different values, from small to large, and how often each occurs; nan counts as one value.
  public func unique() throws(TensorError) -> (values: Tensor, counts: Tensor) {
    let flat = try reshape([count])
    let sorted = try flat.gather(flat.argsort())
    let starts =
      switch dtype {
      case .float32: try sorted.starts(Float.self) { $0 == $1 || $0.isNaN && $1.isNaN }
      case .float64: try sorted.starts(Double.self) { $0 == $1 || $0.isNaN && $1.isNaN }
      case .int64: try sorted.starts(Int.self, ==)
      case .bool: try sorted.starts(Bool.self, ==)
      }
    let counts = try Tensor(starts.shape, of: Int.self) { out throws(TensorError) in
      try starts.withElements(Int.self) { starts throws(TensorError) in
        try Interruption.inParts(of: starts.count) { start, length in
          for i in start..<start + length { out[i] = (i + 1 < starts.count ? starts[i + 1] : count) - starts[i] }
        }
      }
    }
    return (try sorted.gather(starts), counts)
  }

  /// The places of a vector where another element stands than before.
  private func starts<T: Element>(_: T.Type, _ areEqual: (T, T) -> Bool) throws(TensorError) -> Tensor {
    var starts: [Int] = []
    try withElements(T.self) { x throws(TensorError) in
      try Interruption.inParts(of: x.count) { start, length in
        for i in start..<start + length where i == 0 || !areEqual(x[i - 1], x[i]) { starts.append(i) }
      }
    }
    return try Tensor(starts)
  }
}
