/// An array of numbers or bools with a shape, as a value: after `b = a`, changing `b` leaves `a` alone.
///
/// Elements lie row-major without gaps. Copies share them until one is changed.
// Sendable because the storage is written only while a single tensor holds it.
public struct Tensor: @unchecked Sendable {
  public let shape: Shape
  public let dtype: DType
  /// True for a number of the program, which takes the type of the tensor it meets.
  public let isNumber: Bool
  var storage: Storage

  /// Whether both hold the same elements in memory, so that there is no need to compare them.
  public func shares(elementsOf other: Tensor) -> Bool { storage === other.storage }

  /// Memory for a tensor whose elements the caller writes next.
  @inline(__always)
  init(uninitialized shape: Shape, _ dtype: DType, isNumber: Bool = false) throws(TensorError) {
    self.shape = shape
    self.dtype = dtype
    self.isNumber = isNumber
    storage = try Storage.make(byteCount: shape.count * dtype.width)
  }

  /// The same elements under another shape of the same count.
  init(_ tensor: Tensor, shape: Shape) {
    self.shape = shape
    dtype = tensor.dtype
    isNumber = false
    storage = tensor.storage
  }

  public var count: Int { shape.count }
  public var rank: Int { shape.rank }
}

// The one door to memory. Everything else works on the buffers given here.
extension Tensor {
  /// Calls `body` with the elements, which are of type `T`.
  @inline(__always)
  func withElements<T: Element, R, E: Error>(_ type: T.Type, _ body: (UnsafeBufferPointer<T>) throws(E) -> R) throws(E) -> R {
    assert(T.dtype == dtype)
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeBufferPointer(start: UnsafePointer(storage.base.assumingMemoryBound(to: T.self)), count: shape.count))
  }

  /// Calls `body` with the address of the first element.
  @inline(__always)
  func withBytes<R, E: Error>(_ body: (UnsafeRawPointer) throws(E) -> R) throws(E) -> R {
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeRawPointer(storage.base))
  }

  /// Calls `body` with elements to change, after copying them if another tensor shares them.
  @inline(__always)
  mutating func withMutableElements<T: Element, R>(
    _ type: T.Type, _ body: (UnsafeMutableBufferPointer<T>) throws(TensorError) -> R
  ) throws(TensorError) -> R {
    assert(T.dtype == dtype)
    try makeUnique()
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeMutableBufferPointer(start: storage.base.assumingMemoryBound(to: T.self), count: shape.count))
  }

  /// Calls `body` with the address of elements to change.
  mutating func withMutableBytes<R>(_ body: (UnsafeMutableRawPointer) throws(TensorError) -> R) throws(TensorError) -> R {
    try makeUnique()
    defer { withExtendedLifetime(storage) {} }
    return try body(storage.base)
  }

  private mutating func makeUnique() throws(TensorError) {
    if isKnownUniquelyReferenced(&storage) { return }
    let bytes = shape.count * dtype.width
    let copy = try Storage.make(byteCount: bytes)
    copy.base.copyMemory(from: storage.base, byteCount: bytes)
    withExtendedLifetime(storage) {}
    storage = copy
  }

  /// A new tensor whose elements `body` writes, all of them.
  @inline(__always)
  init<T: Element>(
    _ shape: Shape, of type: T.Type, isNumber: Bool = false,
    _ body: (UnsafeMutableBufferPointer<T>) throws(TensorError) -> Void
  ) throws(TensorError) {
    try self.init(uninitialized: shape, T.dtype, isNumber: isNumber)
    defer { withExtendedLifetime(storage) {} }
    try body(UnsafeMutableBufferPointer(start: storage.base.assumingMemoryBound(to: T.self), count: shape.count))
  }
}
