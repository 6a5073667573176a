import CKernels

/// A run of elements in the memory of a program.
public struct Buffer: Hashable, Sendable {
  /// Which block of memory it lies in.
  public var region: Region
  /// Bytes from the region's start.
  public var offset: Int
  public var dtype: DType
  /// Elements.
  public var count: Int

  public init(_ region: Region, offset: Int, dtype: DType, count: Int) {
    self.region = region
    self.offset = offset
    self.dtype = dtype
    self.count = count
  }

  public var byteCount: Int { count * dtype.width }

  /// The blocks of memory that a program works on.
  public enum Region: Int, Hashable, Sendable, CaseIterable {
    /// What is computed on the way: its contents mean nothing before or after a run.
    case arena
    /// What lives from run to run: operands, weights, results. Several programs may share it.
    case state
    /// What never changes.
    case constants
  }

  /// The same elements counted from the `start`-th.
  public func advanced(by start: Int, count: Int) -> Buffer {
    Buffer(region, offset: offset + start * dtype.width, dtype: dtype, count: count)
  }

  var place: bp_place { bp_place(slot: UInt32(region.rawValue), is_bool: dtype == .bool, offset: offset) }
}
