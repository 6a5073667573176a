/// Remembers the latest signatures, so that a recorded message is not obeyed a second time.
struct SeenSignatures: Sendable {
  static let capacity = 65_536

  /// Half of a signature tells it from all others just as well.
  private var seen: Set<UInt128> = []
  /// In the order of arrival; once full, `oldest` is replaced next.
  private var order: [UInt128] = []
  private var oldest = 0

  /// Takes a signature of 64 hexadecimal digits and returns whether it is new.
  mutating func insert(_ signature: [UInt8]) -> Bool {
    guard let half = UInt128(String(decoding: signature.prefix(32), as: UTF8.self), radix: 16),
      seen.insert(half).inserted
    else { return false }
    if order.count < Self.capacity {
      order.append(half)
    } else {
      seen.remove(order[oldest])
      order[oldest] = half
      oldest = (oldest + 1) % Self.capacity
    }
    return true
  }
}
