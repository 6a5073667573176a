/// Sixteen hexadecimal digits that stand for the types, shapes and exact bits of tensors: equal weights, equal text, on any machine.
public func hash(of tensors: [Tensor]) -> String {
  var hash = WordHash()
  for tensor in tensors {
    hash.mix(UInt64(tensor.rank))
    for size in tensor.shape.dimensions { hash.mix(UInt64(size)) }
    switch tensor.dtype {
    case .float32: tensor.withElements(Float.self) { hash.mix($0) { UInt64($0.bitPattern) } }
    case .float64: tensor.withElements(Double.self) { hash.mix($0) { $0.bitPattern } }
    case .int64: tensor.withElements(Int.self) { hash.mix($0) { UInt64(bitPattern: Int64($0)) } }
    case .bool: tensor.withElements(Bool.self) { hash.mix($0) { $0 ? 1 : 0 } }
    }
    hash.mix(UInt64(tensor.dtype.width))
  }
  let digits = String(hash.value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

/// FNV-1a on words, turned so that high bits reach low ones.
private struct WordHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func mix(_ word: UInt64) { state = WordHash.mixed(state, word) }

  /// Many words go four ways in turn, as each step waits for the one before it.
  @inline(__always)
  mutating func mix<T>(_ elements: UnsafeBufferPointer<T>, _ word: (T) -> UInt64) {
    var (a, b, c, d) = (state, state ^ 1, state ^ 2, state ^ 3)
    let whole = elements.count & ~3
    for i in stride(from: 0, to: whole, by: 4) {
      a = WordHash.mixed(a, word(elements[i]))
      b = WordHash.mixed(b, word(elements[i + 1]))
      c = WordHash.mixed(c, word(elements[i + 2]))
      d = WordHash.mixed(d, word(elements[i + 3]))
    }
    for way in [a, b, c, d] { mix(way) }
    for i in whole..<elements.count { mix(word(elements[i])) }
  }

  private static func mixed(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word) &* 0x0000_0100_0000_01B3
    return product << 27 | product >> 37
  }

  var value: UInt64 {
    let turned = (state ^ state >> 33) &* 0xFF51_AFD7_ED55_8CCD
    return turned ^ turned >> 33
  }
}
