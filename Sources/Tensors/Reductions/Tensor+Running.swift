extension Tensor {
  /// Sums of the first 1, 2, … elements along `axis` (nil: of the flattened tensor).
  public func cumsum(axis: Int? = nil) throws(TensorError) -> Tensor {
    try running("cumsum", axis, start: 0, { $0 + $1 }) { a, b throws(TensorError) in
      try checked(a.addingReportingOverflow(b), "cumsum")
    }
  }

  public func cumprod(axis: Int? = nil) throws(TensorError) -> Tensor {
    try running("cumprod", axis, start: 1, { $0 * $1 }) { a, b throws(TensorError) in
      try checked(a.multipliedReportingOverflow(by: b), "cumprod")
    }
  }

  private func running(
    _ name: String, _ axis: Int?, start: Int, _ floats: (Double, Double) -> Double,
    _ ints: (Int, Int) throws(TensorError) -> Int
  ) throws(TensorError) -> Tensor {
    guard let given = axis else { return try flatten().running(name, 0, start: start, floats, ints) }
    let axis = try shape.resolve(axis: given, in: name)
    switch dtype {
    case .bool: return try cast(to: .int64).running(name, axis, start: start, floats, ints)
    case .int64: return try running(axis, Int.self, start, ints)
    case .float32:
      return try cast(to: .float64).running(axis, Double.self, Double(start)) { a, b throws(TensorError) in floats(a, b) }
        .cast(to: .float32)
    case .float64: return try running(axis, Double.self, Double(start)) { a, b throws(TensorError) in floats(a, b) }
    }
  }

  private func running<T: Element>(
    _ axis: Int, _: T.Type, _ start: T, _ combine: (T, T) throws(TensorError) -> T
  ) throws(TensorError) -> Tensor {
    let length = shape[axis]
    let inner = shape.dimensions[(axis + 1)...].reduce(1, *)
    return try Tensor(shape, of: T.self) { out throws(TensorError) in
      try withElements(T.self) { x throws(TensorError) in
        for i in 0..<x.count {
          let isFirst = i / inner % length == 0
          out[i] = try combine(isFirst ? start : out[i - inner], x[i])
        }
      }
    }
  }

  /// Each element along `axis` less the one before it.
  public func diff(axis: Int = -1) throws(TensorError) -> Tensor {
    let axis = try shape.resolve(axis: axis, in: "diff")
    let count = Swift.max(shape[axis] - 1, 0)
    let result = try shape.replacing(axis: axis, with: count)
    let view = StridedView(shape)
    return try read(view.sliced(axis: axis, start: shape[axis] - count, count: count), shape: result)
      - read(view.sliced(axis: axis, start: 0, count: count), shape: result)
  }
}
