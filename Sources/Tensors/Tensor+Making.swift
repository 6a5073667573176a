extension Tensor {
  public static func zeros(_ shape: Shape, dtype: DType = .defaultFloat) throws(TensorError) -> Tensor {
    let tensor = try Tensor(uninitialized: shape, dtype)
    let width = dtype.width
    try Interruption.inParts(of: shape.count) { start, count in
      (tensor.storage.base + start * width).initializeMemory(as: UInt8.self, repeating: 0, count: count * width)
    }
    withExtendedLifetime(tensor.storage) {}
    return tensor
  }

  public static func ones(_ shape: Shape, dtype: DType = .defaultFloat) throws(TensorError) -> Tensor {
    try full(shape, 1, dtype: dtype)
  }

  public static func full(_ shape: Shape, _ value: Double, dtype: DType = .defaultFloat) throws(TensorError) -> Tensor {
    switch dtype {
    case .float32: try Tensor(shape, of: Float.self) { $0.update(repeating: Float(value)) }
    case .float64: try Tensor(shape, of: Double.self) { $0.update(repeating: value) }
    case .int64:
      try Tensor(shape, of: Int.self) { out throws(TensorError) in out.update(repeating: try wholeNumber(value)) }
    case .bool: try Tensor(shape, of: Bool.self) { $0.update(repeating: value != 0) }
    }
  }

  /// Memory of that shape and type whose elements mean nothing: to compute with what does not look at them.
  public static func outline(_ shape: Shape, dtype: DType) throws(TensorError) -> Tensor {
    try Tensor(uninitialized: shape, dtype)
  }

  /// Ones on the diagonal of a matrix of `rows` by `columns` (as many as rows without it), zeros elsewhere.
  public static func eye(_ rows: Int, _ columns: Int? = nil, dtype: DType = .defaultFloat) throws(TensorError) -> Tensor {
    let columns = columns ?? rows
    let ones = try Tensor.ones(Shape([Swift.min(rows, columns)]), dtype: dtype)
    var result = try Tensor.zeros(Shape([rows, columns]), dtype: dtype)
    try result.write(ones, into: StridedView(sizes: ones.shape.dimensions, strides: [columns + 1], offset: 0))
    return result
  }

  /// `start`, `start + step`, … up to but not including `stop`.
  public static func arange(_ start: Double, _ stop: Double, step: Double = 1, dtype: DType = .defaultFloat) throws(TensorError)
    -> Tensor
  {
    guard step != 0, step.isFinite else {
      throw TensorError(
        .badArgument(operation: "arange", argument: "step", value: "\(step)", rule: "must be a finite number other than 0"))
    }
    let steps = ((stop - start) / step).rounded(.up)
    guard steps.isFinite else {
      throw TensorError(
        .badArgument(operation: "arange", argument: "stop", value: "\(stop)", rule: "must be within reach of start"))
    }
    guard steps < 0x1p55 else { throw TensorError(.tooManyElements([Int(exactly: steps) ?? Int.max])) }
    let shape = try Shape([Swift.max(Int(steps), 0)])
    return try Tensor(shape, of: Double.self) { out throws(TensorError) in
      try fill(out) { start + Double($0) * step }
    }.cast(to: dtype)
  }

  /// The whole numbers from `start` up to but not including `stop`.
  public static func arange(_ start: Int, _ stop: Int, step: Int = 1) throws(TensorError) -> Tensor {
    guard step != 0 else {
      throw TensorError(.badArgument(operation: "arange", argument: "step", value: "0", rule: "must not be 0"))
    }
    let isEmpty = step > 0 ? start >= stop : start <= stop
    // Unsigned, since the way from the smallest number to the largest has no signed length.
    let distance = UInt(bitPattern: step > 0 ? stop &- start : start &- stop)
    let count = isEmpty ? 0 : Int(Swift.min((distance - 1) / step.magnitude, UInt(Int.max - 1))) + 1
    return try Tensor(Shape([count]), of: Int.self) { out throws(TensorError) in try fill(out) { start + $0 * step } }
  }

  /// `count` numbers from `start` to `stop`, both included, at equal distances.
  public static func linspace(_ start: Double, _ stop: Double, count: Int, dtype: DType = .defaultFloat) throws(TensorError)
    -> Tensor
  {
    try Tensor(Shape([count]), of: Double.self) { out throws(TensorError) in
      let step = count > 1 ? (stop - start) / Double(count - 1) : 0
      try fill(out) { $0 == count - 1 && $0 > 0 ? stop : start + Double($0) * step }
    }.cast(to: dtype)
  }

  /// Writes the value at each place, and asks now and then whether to stop.
  @inline(__always)
  private static func fill<T: Element>(_ out: UnsafeMutableBufferPointer<T>, _ value: (Int) -> T) throws(TensorError) {
    try Interruption.inParts(of: out.count) { start, length in
      for i in start..<start + length { out[i] = value(i) }
    }
  }
}
