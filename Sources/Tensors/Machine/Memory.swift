import CKernels

/// A block of memory that programs work on, charged to the budget. Zero at first.
public final class Memory {
  public let byteCount: Int
  let base: UnsafeMutableRawPointer

  /// Buffers begin at multiples of this many bytes, a cache line, so that two never share one.
  public static let alignment = 64

  public init(byteCount: Int) throws(TensorError) {
    self.byteCount = byteCount
    try MemoryBudget.charge(byteCount)
    guard let base = bp_zeros(byteCount) else {
      MemoryBudget.release(byteCount)
      throw TensorError(.outOfMemory(requested: byteCount, used: MemoryBudget.used, limit: MemoryBudget.limit))
    }
    self.base = base
  }

  deinit {
    bp_free_zeros(base, byteCount)
    MemoryBudget.release(byteCount)
  }

  /// Copies a tensor's elements to a buffer of this memory; count and type must agree.
  public func write(_ tensor: Tensor, to buffer: Buffer) {
    precondition(tensor.count == buffer.count && tensor.dtype == buffer.dtype, "a buffer takes what it was made for")
    tensor.withBytes { write($0, tensor.count * tensor.dtype.width, to: buffer) }
  }

  /// Copies rows of a tensor, one after another, to a buffer as large as they are.
  public func write(rows: ArraySlice<Int>, of tensor: Tensor, to buffer: Buffer) {
    let width = tensor.dtype.width * (tensor.count / max(1, tensor.shape[0]))
    precondition(width * rows.count == buffer.byteCount && tensor.dtype == buffer.dtype, "a buffer takes what it was made for")
    tensor.withBytes { source in
      var target = base + buffer.offset
      for i in rows.indices {
        target.copyMemory(from: source + rows[i] * width, byteCount: width)
        target += width
      }
    }
  }

  private func write(_ source: UnsafeRawPointer, _ count: Int, to buffer: Buffer) {
    precondition(buffer.offset >= 0 && buffer.offset + count <= byteCount, "a buffer lies in its memory")
    (base + buffer.offset).copyMemory(from: source, byteCount: count)
  }

  /// Copies the first bytes of another memory to the beginning of this one.
  public func takeBytes(from other: Memory, count: Int) {
    precondition(count <= byteCount && count <= other.byteCount, "a memory holds what is copied")
    base.copyMemory(from: other.base, byteCount: count)
  }

  /// Writes one number to a buffer of one element.
  public func write(_ number: Double, to buffer: Buffer) {
    let at = base + buffer.offset
    switch buffer.dtype {
    case .float32: at.storeBytes(of: Float(number), as: Float.self)
    case .float64: at.storeBytes(of: number, as: Double.self)
    case .int64: at.storeBytes(of: Int(number), as: Int.self)
    case .bool: at.storeBytes(of: number != 0, as: Bool.self)
    }
  }

  /// Writes whole numbers to a buffer of `int64`.
  public func write(_ number: Int, at index: Int, of buffer: Buffer) {
    precondition(buffer.dtype == .int64 && index < buffer.count, "a whole number goes to a buffer of whole numbers")
    (base + buffer.offset + 8 * index).storeBytes(of: number, as: Int.self)
  }

  /// The first element of a buffer as a number.
  public func number(at buffer: Buffer) -> Double {
    let at = base + buffer.offset
    return switch buffer.dtype {
    case .float32: Double(at.load(as: Float.self))
    case .float64: at.load(as: Double.self)
    case .int64: Double(at.load(as: Int.self))
    case .bool: at.load(as: Bool.self) ? 1 : 0
    }
  }

  /// A tensor of its own with a buffer's elements.
  public func tensor(_ buffer: Buffer, shape: Shape) throws(TensorError) -> Tensor {
    precondition(shape.count == buffer.count && buffer.offset + buffer.byteCount <= byteCount, "a buffer lies in its memory")
    var result = try Tensor(uninitialized: shape, buffer.dtype)
    try result.withMutableBytes { $0.copyMemory(from: base + buffer.offset, byteCount: buffer.byteCount) }
    return result
  }
}
