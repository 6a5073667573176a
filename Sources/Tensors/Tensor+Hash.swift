/// Sixteen hexadecimal digits that stand for the types, shapes and exact bits of tensors: equal weights, equal text, on any machine.
public func hash(of tensors: [Tensor]) -> String {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  func mix(_ word: UInt64) {
    // FNV-1a on words, turned so that high bits reach low ones.
    hash = (hash ^ word) &* 0x0000_0100_0000_01B3
    hash = hash << 27 | hash >> 37
  }
  for tensor in tensors {
    mix(UInt64(tensor.rank))
    for size in tensor.shape.dimensions { mix(UInt64(size)) }
    switch tensor.dtype {
    case .float32: tensor.withElements(Float.self) { $0.forEach { mix(UInt64($0.bitPattern)) } }
    case .float64: tensor.withElements(Double.self) { $0.forEach { mix($0.bitPattern) } }
    case .int64: tensor.withElements(Int.self) { $0.forEach { mix(UInt64(bitPattern: Int64($0))) } }
    case .bool: tensor.withElements(Bool.self) { $0.forEach { mix($0 ? 1 : 0) } }
    }
    mix(UInt64(tensor.dtype.width))
  }
  hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
  hash ^= hash >> 33
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
