extension Tensor {
  /// The value below which the share `q` of the elements over `axes` lies, interpolated between neighbours; nan if there is one.
  public func quantile(_ q: Double, axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Tensor {
    guard q >= 0, q <= 1 else {
      throw TensorError(.badArgument(operation: "quantile", argument: "q", value: "\(q)", rule: "must be from 0 to 1"))
    }
    return try quantile("quantile", q, axes, keepdims)
  }

  /// The middle element over `axes`, or the mean of the two in the middle.
  public func median(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Tensor {
    try quantile("median", 0.5, axes, keepdims)
  }

  private func quantile(_ name: String, _ q: Double, _ axes: [Int]?, _ keepdims: Bool) throws(TensorError) -> Tensor {
    let layout = try Reduction(name, cast(to: .float64), axes: axes, keepdims: keepdims)
    if layout.length == 0 { throw TensorError(.nothingToReduce(operation: name, shape: shape)) }
    return try layout.each(Double.self, Double.self) { line throws(TensorError) in
      let sorted = (0..<line.count).map { line[$0] }.sorted()
      if sorted.contains(where: \.isNaN) { return .nan }
      let place = q * Double(sorted.count - 1)
      let low = Int(place)
      let share = place - Double(low)
      return share == 0 ? sorted[low] : sorted[low] + share * (sorted[low + 1] - sorted[low])
    }.cast(to: dtype.floating)
  }
}
