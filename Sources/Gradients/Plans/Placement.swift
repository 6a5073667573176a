import Tensors

/// Gives out places in a region, one after the other.
public struct Placement {
  public let region: Buffer.Region
  public private(set) var byteCount = 0

  public init(_ region: Buffer.Region) {
    self.region = region
  }

  public mutating func place(_ dtype: DType, _ count: Int) -> Buffer {
    let buffer = Buffer(region, offset: byteCount, dtype: dtype, count: count)
    byteCount += aligned(buffer.byteCount)
    return buffer
  }
}

/// Bytes, rounded up to where the next buffer may begin.
func aligned(_ byteCount: Int) -> Int {
  (byteCount + Memory.alignment - 1) / Memory.alignment * Memory.alignment
}
