extension Tensor {
  /// Sums of the first 1, 2, … elements along `axis`. Bools and whole numbers give `int64`.
  public func cumsum(axis: Int) throws(TensorError) -> Tensor {
    let axis = try shape.resolve(axis: axis, in: "cumsum")
    switch dtype {
    case .bool: return try cast(to: .int64).cumsum(axis: axis)
    case .int64:
      return try running(axis, Int.self) { a, b throws(TensorError) in try checked(a.addingReportingOverflow(b), "cumsum") }
    case .float32: return try cast(to: .float64).cumsum(axis: axis).cast(to: .float32)
    case .float64: return try running(axis, Double.self) { a, b in a + b }
    }
  }

  private func running<T: Element & Numeric>(
    _ axis: Int, _: T.Type, _ add: (T, T) throws(TensorError) -> T
  ) throws(TensorError) -> Tensor {
    let length = shape[axis]
    let inner = shape.dimensions[(axis + 1)...].reduce(1, *)
    return try Tensor(shape, of: T.self) { out throws(TensorError) in
      try withElements(T.self) { x throws(TensorError) in
        try Interruption.inParts(of: x.count / Swift.max(1, inner), each: inner) { start, count throws(TensorError) in
          for row in start..<start + count {
            let isFirst = row % length == 0
            for i in row * inner..<(row + 1) * inner { out[i] = try add(isFirst ? 0 : out[i - inner], x[i]) }
          }
        }
      }
    }
  }
}
