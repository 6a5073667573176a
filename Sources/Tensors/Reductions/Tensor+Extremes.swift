extension Tensor {
  /// The largest element over `axes` (nil: all); nan if there is one. No elements are a `ValueError`.
  public func max(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Tensor {
    try extreme("max", axes, keepdims, place: false, largest: true)
  }

  public func min(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Tensor {
    try extreme("min", axes, keepdims, place: false, largest: false)
  }

  /// Where the first largest element lies along `axis` (nil: in the flattened tensor), as `int64`; the first nan if there is one.
  public func argmax(axis: Int? = nil, keepdims: Bool = false) throws(TensorError) -> Tensor {
    try extreme("argmax", axis.map { [$0] }, keepdims, place: true, largest: true)
  }

  public func argmin(axis: Int? = nil, keepdims: Bool = false) throws(TensorError) -> Tensor {
    try extreme("argmin", axis.map { [$0] }, keepdims, place: true, largest: false)
  }

  private func extreme(_ name: String, _ axes: [Int]?, _ keepdims: Bool, place: Bool, largest: Bool) throws(TensorError) -> Tensor
  {
    let layout = try Reduction(name, self, axes: axes, keepdims: keepdims)
    if layout.length == 0 { throw TensorError(.nothingToReduce(operation: name, shape: shape)) }
    switch dtype {
    case .float32: return try layout.extreme(Float.self, place: place) { largest ? $0 > $1 : $0 < $1 }
    case .float64: return try layout.extreme(Double.self, place: place) { largest ? $0 > $1 : $0 < $1 }
    case .int64: return try layout.extreme(Int.self, place: place) { largest ? $0 > $1 : $0 < $1 }
    case .bool: return try layout.extreme(Bool.self, place: place) { largest ? $0 && !$1 : !$0 && $1 }
    }
  }

  public func any(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Tensor {
    try Reduction("any", cast(to: .bool), axes: axes, keepdims: keepdims)
      .each(Bool.self, Bool.self) { line throws(TensorError) in (0..<line.count).contains { line[$0] } }
  }

  public func all(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Tensor {
    try Reduction("all", cast(to: .bool), axes: axes, keepdims: keepdims)
      .each(Bool.self, Bool.self) { line throws(TensorError) in (0..<line.count).allSatisfy { line[$0] } }
  }
}

extension Reduction {
  /// The element of each line that comes before all others by `precedes`, or its place; a nan comes before everything.
  @inline(__always)
  fileprivate func extreme<T: Element & Equatable>(
    _: T.Type, place: Bool, _ precedes: (T, T) -> Bool
  ) throws(TensorError) -> Tensor {
    func best(_ line: Line<T>) throws(TensorError) -> Int {
      var best = 0
      try Interruption.inParts(of: line.count) { start, count in
        for i in start..<start + count {
          let (new, old) = (line[i], line[best])
          if old != old { break }
          if precedes(new, old) || new != new { best = i }
        }
      }
      return best
    }
    return place
      ? try each(T.self, Int.self) { line throws(TensorError) in try best(line) }
      : try each(T.self, T.self) { line throws(TensorError) in line[try best(line)] }
  }
}
