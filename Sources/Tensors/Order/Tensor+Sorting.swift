extension Tensor {
  /// The elements along `axis` from small to large, nan as the largest; equal ones keep their order.
  public func sort(axis: Int = -1, descending: Bool = false) throws(TensorError) -> Tensor {
    try gatherAlong(axis: axis, argsort(axis: axis, descending: descending))
  }

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
        for line in 0..<(length == 0 ? 0 : x.count / length) {
          let start = line / inner * inner * length + line % inner
          let order = try Tensor.order(length) { i, j in
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

  /// The places from 0 to `count` - 1 in order; asks now and then whether to stop.
  private static func order(_ count: Int, _ precedes: (Int, Int) -> Bool) throws(TensorError) -> [Int] {
    var comparisons = 0
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

  /// The `k` largest elements along `axis`, largest first, and their places.
  public func topk(_ k: Int, axis: Int = -1) throws(TensorError) -> (values: Tensor, places: Tensor) {
    let axis = try shape.resolve(axis: axis, in: "topk")
    guard k >= 0, k <= shape[axis] else {
      throw TensorError(
        .badArgument(operation: "topk", argument: "k", value: "\(k)", rule: "must be from 0 to the axis's size \(shape[axis])"))
    }
    let order = try argsort(axis: axis, descending: true)
    let places = try order.read(
      StridedView(shape).sliced(axis: axis, start: 0, count: k), shape: shape.replacing(axis: axis, with: k))
    return (try gatherAlong(axis: axis, places), places)
  }

  /// The different values, from small to large.
  public func unique() throws(TensorError) -> Tensor {
    let sorted = try flatten().sort()
    let places = Array(0..<count)
    switch dtype {
    case .float32:
      return try sorted.withElements(Float.self) { x throws(TensorError) in
        try Tensor(places.filter { $0 == 0 || x[$0] != x[$0 - 1] }.map { x[$0] })
      }
    case .float64:
      return try sorted.withElements(Double.self) { x throws(TensorError) in
        try Tensor(places.filter { $0 == 0 || x[$0] != x[$0 - 1] }.map { x[$0] }, dtype: .float64)
      }
    case .int64:
      return try sorted.withElements(Int.self) { x throws(TensorError) in
        try Tensor(places.filter { $0 == 0 || x[$0] != x[$0 - 1] }.map { x[$0] })
      }
    case .bool:
      return try sorted.withElements(Bool.self) { x throws(TensorError) in
        try Tensor(places.filter { $0 == 0 || x[$0] != x[$0 - 1] }.map { x[$0] })
      }
    }
  }
}
