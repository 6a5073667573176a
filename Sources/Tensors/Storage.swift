import CKernels

/// A tensor's elements: one block of memory, charged to the budget, written only while one tensor holds it.
///
/// Blocks beyond a cache line are aligned to one, so that vector loads do not straddle two.
final class Storage: ManagedBuffer<Int, UInt8> {
  private static let alignment = 64

  /// Bytes from which the system is asked for large pages: a first write to 256 MiB then takes a quarter of the time.
  private static let manyPages = 8 << 20

  /// Memory for `byteCount` bytes, not initialised.
  static func make(byteCount: Int) throws(TensorError) -> Storage {
    let capacity = byteCount <= alignment ? max(byteCount, 8) : byteCount + alignment
    try MemoryBudget.charge(capacity)
    return create(capacity)
  }

  /// The same for a few bytes, which the budget counts but does not refuse.
  static func makeUnrefused(byteCount: Int) -> Storage {
    let capacity = max(byteCount, 8)
    MemoryBudget.take(capacity)
    return create(capacity)
  }

  private static func create(_ capacity: Int) -> Storage {
    let storage = unsafeDowncast(Storage.create(minimumCapacity: capacity) { _ in capacity }, to: Storage.self)
    if capacity >= manyPages { bp_use_large_pages(storage.base, capacity - alignment) }
    return storage
  }

  deinit { MemoryBudget.release(header) }

  /// The first element. Valid while this object lives, so it is used inside `withExtendedLifetime` only.
  @inline(__always)
  var base: UnsafeMutableRawPointer {
    withUnsafeMutablePointers { capacity, bytes in
      let start = UnsafeMutableRawPointer(bytes)
      return capacity.pointee <= Storage.alignment ? start : start.alignedUp(toMultipleOf: Storage.alignment)
    }
  }
}

/// A Swift type that elements are read and written as.
protocol Element: BitwiseCopyable {
  static var dtype: DType { get }
}

extension Float: Element { static var dtype: DType { .float32 } }
extension Double: Element { static var dtype: DType { .float64 } }
extension Int: Element { static var dtype: DType { .int64 } }
extension Bool: Element { static var dtype: DType { .bool } }
