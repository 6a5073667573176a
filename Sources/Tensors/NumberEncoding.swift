/// How the numbers of a file lie in it: their kind, the bytes that each takes, and the order of these.
public struct NumberEncoding: Equatable, Sendable {
  public enum Kind: Sendable {
    case float, signed, unsigned, bool
  }

  public let kind: Kind
  public let width: Int
  public let isBigEndian: Bool

  /// Nil for widths that such numbers do not have: floats take 2, 4 or 8 bytes, whole numbers 1, 2, 4 or 8, bools 1.
  public init?(_ kind: Kind, width: Int, isBigEndian: Bool = false) {
    let widths =
      switch kind {
      case .float: [2, 4, 8]
      case .signed, .unsigned: [1, 2, 4, 8]
      case .bool: [1]
      }
    guard widths.contains(width) else { return nil }
    self.kind = kind
    self.width = width
    self.isBigEndian = isBigEndian
  }

  /// The type of the tensor that takes them: all but `uint64` fit it exactly.
  public var dtype: DType {
    switch kind {
    case .float: width == 8 ? .float64 : .float32
    case .signed, .unsigned: .int64
    case .bool: .bool
    }
  }
}

extension Tensor {
  /// The numbers that `bytes` hold, row-major.
  ///
  /// Throws an `OverflowError` for a `uint64` beyond int64.
  public init(encoded bytes: ArraySlice<UInt8>, as encoding: NumberEncoding, shape: Shape) throws(TensorError) {
    guard bytes.count == shape.count * encoding.width else {
      throw TensorError(.countDiffers(values: bytes.count / encoding.width, shape: shape))
    }
    let source = EncodedNumbers(bytes: bytes, isBigEndian: encoding.isBigEndian, shape: shape)
    switch (encoding.kind, encoding.width) {
    case (.float, 2): self = try source.read { (bits: UInt16) in Float(Float16(bitPattern: bits)) }
    case (.float, 4): self = try source.read { (bits: UInt32) in Float(bitPattern: bits) }
    case (.float, _): self = try source.read { (bits: UInt64) in Double(bitPattern: bits) }
    case (.signed, 1): self = try source.read { (value: Int8) in Int(value) }
    case (.signed, 2): self = try source.read { (value: Int16) in Int(value) }
    case (.signed, 4): self = try source.read { (value: Int32) in Int(value) }
    case (.signed, _): self = try source.read { (value: Int64) in Int(value) }
    case (.unsigned, 1): self = try source.read { (value: UInt8) in Int(value) }
    case (.unsigned, 2): self = try source.read { (value: UInt16) in Int(value) }
    case (.unsigned, 4): self = try source.read { (value: UInt32) in Int(value) }
    case (.unsigned, _):
      self = try source.read { (value: UInt64) throws(TensorError) in
        guard let whole = Int(exactly: value) else { throw TensorError(.notANumberAsInteger(value: "\(value)")) }
        return whole
      }
    case (.bool, _): self = try source.read { (value: UInt8) in value != 0 }
    }
  }
}

private struct EncodedNumbers {
  let bytes: ArraySlice<UInt8>
  let isBigEndian: Bool
  let shape: Shape

  /// Numbers between two looks at whether to stop.
  private static let block = 1 << 18

  @inline(__always)
  func read<Raw: FixedWidthInteger & BitwiseCopyable, T: Element>(
    _ value: (Raw) throws(TensorError) -> T
  ) throws(TensorError) -> Tensor {
    try Tensor(shape, of: T.self) { out throws(TensorError) in
      try bytes.withUnsafeBufferPointer { buffer throws(TensorError) in
        let raw = UnsafeRawBufferPointer(buffer)
        for start in stride(from: 0, to: out.count, by: Self.block) {
          try Interruption.check()
          for i in start..<min(start + Self.block, out.count) {
            let number = raw.loadUnaligned(fromByteOffset: i * MemoryLayout<Raw>.size, as: Raw.self)
            out[i] = try value(isBigEndian ? number.byteSwapped : number)
          }
        }
      }
    }
  }
}
