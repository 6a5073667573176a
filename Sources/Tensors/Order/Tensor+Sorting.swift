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
          for (place, i) in order.enumerated() { out[start + place * inner] = i }
        }
      }
    }
  }

  /// The places from 0 to `count` - 1 in order; asks now and then whether to stop, by what was compared for all lines so far.
  private static func order(
    _ count: Int, _ comparisons: inout Int, _ precedes: (Int, Int) -> Bool
  ) throws(TensorError) -> [Int] {
    do {
      return try (0..<count).sorted { i, j in
        comparisons += 1
        if comparisons % (1 << 20) == 0 { try Interruption.check() }
        return precedes(i, j)
      }
    } catch {
      // A comparison fails in no other way.
      throw TensorError(.interrupted)
    }
  }

  /// The different values, from small to large, and how often each occurs; nan counts as one value.
  public func unique() throws(TensorError) -> (values: Tensor, counts: Tensor) {
    let flat = try reshape([count])
    let sorted = try flat.gather(flat.argsort())
    let starts =
      switch dtype {
      case .float32: sorted.starts(Float.self) { $0 == $1 || $0.isNaN && $1.isNaN }
      case .float64: sorted.starts(Double.self) { $0 == $1 || $0.isNaN && $1.isNaN }
      case .int64: sorted.starts(Int.self, ==)
      case .bool: sorted.starts(Bool.self, ==)
      }
    let counts = zip(starts, starts.dropFirst() + [count]).map { $1 - $0 }
    return (try sorted.gather(Tensor(starts)), try Tensor(counts))
  }

  /// The places of a vector where another element stands than before.
  private func starts<T: Element>(_: T.Type, _ areEqual: (T, T) -> Bool) -> [Int] {
    withElements(T.self) { x in x.indices.filter { $0 == 0 || !areEqual(x[$0 - 1], x[$0]) } }
  }
}
