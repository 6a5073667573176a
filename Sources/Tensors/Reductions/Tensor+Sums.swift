import CKernels

extension Tensor {
  /// The sum over `axes` (nil: all), in double precision and always in the same order. Bools and whole numbers give `int64`.
  public func sum(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Tensor {
    if dtype == .bool { return try cast(to: .int64).sum(axes: axes, keepdims: keepdims) }
    let layout = try Reduction("sum", self, axes: axes, keepdims: keepdims)
    switch dtype {
    case .float32:
      return try layout.sums(Float.self, bp_sum_f32, rows: bp_sum_rows_f32)
    case .float64:
      return try layout.sums(Double.self, bp_sum_f64, rows: bp_sum_rows_f64)
    default:
      return try layout.each(Int.self, Int.self) { line throws(TensorError) in
        var sum = 0
        try Interruption.inParts(of: line.count) { start, count throws(TensorError) in
          for i in start..<start + count { sum = try checked(sum.addingReportingOverflow(line[i]), "sum") }
        }
        return sum
      }
    }
  }

  public func mean(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Tensor {
    let floats = try cast(to: dtype.floating)
    let sums = try floats.sum(axes: axes, keepdims: keepdims)
    let length = try Reduction("mean", self, axes: axes, keepdims: keepdims).length
    if length == 0 { throw TensorError(.nothingToReduce(operation: "mean", shape: shape)) }
    return try sums / Double(length)
  }

  /// The root of the sum of squares, which float32 need not hold, over `axes` (nil: all).
  public func norm(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Tensor {
    let layout = try Reduction("norm", cast(to: dtype.floating), axes: axes, keepdims: keepdims)
    switch layout.tensor.dtype {
    case .float32:
      return try layout.each(Float.self, Float.self) { line throws(TensorError) in
        Float((line.neighbours.map { bp_sum_of_squares_f32($0, line.count) } ?? line.sumOfSquares).squareRoot())
      }
    default:
      return try layout.each(Double.self, Double.self) { line throws(TensorError) in
        (line.neighbours.map { bp_sum_of_squares_f64($0, line.count) } ?? line.sumOfSquares).squareRoot()
      }
    }
  }

  /// The squares of all elements, summed in double precision.
  public var sumOfSquares: Double {
    switch dtype {
    case .float32: withElements(Float.self) { bp_sum_of_squares_f32($0.baseAddress, $0.count) }
    case .float64: withElements(Double.self) { bp_sum_of_squares_f64($0.baseAddress, $0.count) }
    case .int64: withElements(Int.self) { $0.reduce(0.0) { $0 + Double($1) * Double($1) } }
    case .bool: withElements(Bool.self) { Double($0.count { $0 }) }
    }
  }
}

extension Reduction {
  /// Sums of floats: by `line` where the elements of a sum are neighbours, else by `rows` of a block.
  fileprivate func sums<T: Element & BinaryFloatingPoint>(
    _: T.Type, _ line: (UnsafePointer<T>, Int) -> Double,
    rows: (UnsafePointer<T>, Int, Int, Int, UnsafeMutablePointer<T>) -> Void
  ) throws(TensorError) -> Tensor {
    try Tensor(result, of: T.self) { out throws(TensorError) in
      try tensor.withElements(T.self) { x throws(TensorError) in
        guard let x = x.baseAddress, let start = out.baseAddress else { return }
        var tally = Interruption.Tally()
        for i in 0..<outer where inner > 0 {
          try tally.add(length * inner)
          if inner == 1 {
            var sum = 0.0
            try Interruption.inParts(of: length) { first, count in sum += line(x + i * length + first, count) }
            out[i] = T(sum)
          } else {
            // Some cache lines of columns at a time.
            let wide = 64
            try Interruption.inParts(of: (inner + wide - 1) / wide, each: wide * length) { first, count in
              let (column, columns) = (first * wide, Swift.min(count * wide, inner - first * wide))
              rows(x + i * length * inner + column, inner, length, columns, start + i * inner + column)
            }
          }
        }
      }
    }
  }
}
