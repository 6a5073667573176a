extension Tensor {
  /// A scalar. Numbers for `int64` are cut towards zero; for `bool` all but 0 are true.
  public init(_ scalar: Double, dtype: DType = .defaultFloat) throws(TensorError) {
    self = try Tensor.full([], scalar, dtype: dtype)
  }

  /// A number of the program: it takes the type of the tensor it meets and never widens it.
  public static func number(_ value: Double) throws(TensorError) -> Tensor {
    try Tensor([], of: Double.self, isNumber: true) { $0[0] = value }
  }

  public static func number(_ value: Int) throws(TensorError) -> Tensor {
    try Tensor([], of: Int.self, isNumber: true) { $0[0] = value }
  }

  public static func number(_ value: Bool) throws(TensorError) -> Tensor {
    try Tensor([], of: Bool.self, isNumber: true) { $0[0] = value }
  }

  /// Values in row-major order; without a shape a vector. Throws a `ShapeError` if their number does not fit the shape.
  public init(_ values: [Double], shape: Shape? = nil, dtype: DType = .defaultFloat) throws(TensorError) {
    self = try Tensor(elements: values, shape: shape).cast(to: dtype)
  }

  public init(_ values: [Float], shape: Shape? = nil, dtype: DType = .float32) throws(TensorError) {
    self = try Tensor(elements: values, shape: shape).cast(to: dtype)
  }

  public init(_ values: [Int], shape: Shape? = nil, dtype: DType = .int64) throws(TensorError) {
    self = try Tensor(elements: values, shape: shape).cast(to: dtype)
  }

  public init(_ values: [Bool], shape: Shape? = nil, dtype: DType = .bool) throws(TensorError) {
    self = try Tensor(elements: values, shape: shape).cast(to: dtype)
  }

  private init<T: Element>(elements: [T], shape: Shape?) throws(TensorError) {
    let shape = shape ?? Shape(valid: [elements.count], count: elements.count)
    guard elements.count == shape.count else { throw TensorError(.countDiffers(values: elements.count, shape: shape)) }
    self = try Tensor(shape, of: T.self) { _ = $0.update(fromContentsOf: elements) }
  }

  /// The elements as the bytes of their own type, row-major, little-endian.
  public init(bytes: [UInt8], shape: Shape, dtype: DType) throws(TensorError) {
    guard bytes.count == shape.count * dtype.width else {
      throw TensorError(.countDiffers(values: bytes.count / dtype.width, shape: shape))
    }
    self = try Tensor(uninitialized: shape, dtype)
    try withMutableBytes { target throws(TensorError) in
      // Any byte but 0 counts as true: Swift's Bool knows only 0 and 1.
      let source = dtype == .bool ? bytes.map { Swift.min($0, 1) } : bytes
      UnsafeMutableRawBufferPointer(start: target, count: source.count).copyBytes(from: source)
    }
  }

  /// The bytes of all elements, row-major.
  public var bytes: [UInt8] { bytes(0..<byteCount) }

  /// Some of the bytes.
  public func bytes(_ range: Range<Int>) -> [UInt8] {
    withBytes { Array(UnsafeRawBufferPointer(start: $0, count: byteCount)[range]) }
  }

  public var byteCount: Int { count * dtype.width }
}

extension Tensor {
  /// The only element as a double; a `ValueError` if there are none or several.
  public func item() throws(TensorError) -> Double {
    guard count == 1 else { throw TensorError(.notOneElement(shape: shape)) }
    return double(at: 0)
  }

  /// The only element as a whole number, exactly; floats are cut towards zero.
  public func intItem() throws(TensorError) -> Int {
    guard count == 1 else { throw TensorError(.notOneElement(shape: shape)) }
    return try cast(to: .int64).withElements(Int.self) { $0[0] }
  }

  /// The element at a place in row-major order.
  func double(at place: Int) -> Double {
    switch dtype {
    case .float32: withElements(Float.self) { Double($0[place]) }
    case .float64: withElements(Double.self) { $0[place] }
    case .int64: withElements(Int.self) { Double($0[place]) }
    case .bool: withElements(Bool.self) { $0[place] ? 1 : 0 }
    }
  }

  /// All elements as doubles, row-major.
  public var doubles: [Double] {
    switch dtype {
    case .float32: withElements(Float.self) { $0.map(Double.init) }
    case .float64: withElements(Double.self) { Array($0) }
    case .int64: withElements(Int.self) { $0.map(Double.init) }
    case .bool: withElements(Bool.self) { $0.map { $0 ? 1 : 0 } }
    }
  }

  /// All elements as floats, row-major, rounded from `float64`.
  public var floats: [Float] {
    switch dtype {
    case .float32: withElements(Float.self) { Array($0) }
    default: doubles.map { Float($0) }
    }
  }

  /// All elements as whole numbers, floats cut towards zero; an `OverflowError` for those that have no int64 value.
  public func ints() throws(TensorError) -> [Int] {
    try cast(to: .int64).withElements(Int.self) { Array($0) }
  }

  /// All elements as bools: true for all but 0.
  public var bools: [Bool] {
    switch dtype {
    case .bool: withElements(Bool.self) { Array($0) }
    default: doubles.map { $0 != 0 }
    }
  }
}
