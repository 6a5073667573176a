import CKernels

/// A sequence of random numbers that is fixed by seed and stream: streams of one seed are independent.
///
/// It holds nothing but a position, so it can be saved and any part of it can be computed by itself.
public struct RandomStream: Sendable, Equatable {
  public let seed: UInt64
  public let stream: UInt64
  /// Blocks of 128 bits used so far. Every call begins with a new block.
  public var position: UInt64

  public init(seed: UInt64, stream: UInt64 = 0, position: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
    self.position = position
  }

  mutating func nextBlock() -> SIMD4<UInt32> {
    defer { position &+= 1 }
    return Philox.block(
      SIMD4(
        UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32),
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)),
      key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
  }

  /// A number from 0 up to but not including 1, with 53 random bits.
  private mutating func nextUnit() -> Double {
    let block = nextBlock()
    return Double((UInt64(block[0]) << 32 | UInt64(block[1])) >> 11) * 0x1p-53
  }

  /// A whole number from 0 up to but not including `bound`, all equally likely.
  public mutating func integer(below bound: UInt64) -> UInt64 {
    precondition(bound > 0, "a random number needs a range")
    // Numbers above the last full multiple of the bound are drawn again.
    let limit = UInt64.max - UInt64.max % bound
    while true {
      let block = nextBlock()
      let value = UInt64(block[0]) << 32 | UInt64(block[1])
      if value < limit { return value % bound }
    }
  }

  /// A single number from `low` up to but not including `high`.
  public mutating func uniform(_ low: Double = 0, _ high: Double = 1) -> Double {
    low + (high - low) * nextUnit()
  }
}

extension RandomStream {
  /// Numbers from `low` up to but not including `high`, all equally likely.
  public mutating func uniform(
    _ shape: Shape, low: Double = 0, high: Double = 1, dtype: DType = .defaultFloat
  ) throws(TensorError) -> Tensor {
    try drawn(
      shape, dtype, { bp_uniform_f32($0.seed, $0.stream, $0.position, low, high, $1, $2.lowerBound, $2.upperBound) },
      { bp_uniform_f64($0.seed, $0.stream, $0.position, low, high, $1, $2.lowerBound, $2.upperBound) })
  }

  /// Normally distributed numbers, by the method of Box and Muller.
  public mutating func normal(
    _ shape: Shape, mean: Double = 0, std: Double = 1, dtype: DType = .defaultFloat
  ) throws(TensorError) -> Tensor {
    try drawn(
      shape, dtype, { bp_normal_f32($0.seed, $0.stream, $0.position, mean, std, $1, $2.lowerBound, $2.upperBound) },
      { bp_normal_f64($0.seed, $0.stream, $0.position, mean, std, $1, $2.lowerBound, $2.upperBound) })
  }

  /// Some milliseconds of work.
  private static let drawsBetweenQuestions = 1 << 20

  /// Fewer, since each swap reaches far in memory.
  private static let swapsBetweenQuestions = 1 << 16

  private typealias Draw<T> = (RandomStream, UnsafeMutablePointer<T>, Range<Int>) -> Void

  /// Numbers that are drawn in pairs, each place by itself, on as many threads as there are.
  private mutating func drawn(
    _ shape: Shape, _ dtype: DType, _ single: Draw<Float>, _ double: Draw<Double>
  ) throws(TensorError) -> Tensor {
    defer { position &+= UInt64((shape.count + 1) / 2) }
    let start = self
    if dtype == .float32 {
      return try Tensor(shape, of: Float.self) { out throws(TensorError) in try start.draw(out, single) }
    }
    return try Tensor(shape, of: Double.self) { out throws(TensorError) in try start.draw(out, double) }.cast(to: dtype)
  }

  private func draw<T>(_ out: UnsafeMutableBufferPointer<T>, _ draw: Draw<T>) throws(TensorError) {
    guard let base = out.baseAddress else { return }
    try Interruption.check()
    try Interruption.inParts(of: out.count) { start, count in
      Parts(count, bytes: RandomStream.bytesOfDraw, unit: Int(bp_pairs_unit)).runAll { part in
        draw(self, base, start + part.lowerBound..<start + part.upperBound)
      }
    }
  }

  /// As long as it takes to draw a number, so many bytes are moved.
  private static let bytesOfDraw = 64

  /// Whole numbers from `low` up to but not including `high`.
  public mutating func integers(_ shape: Shape, low: Int = 0, high: Int) throws(TensorError) -> Tensor {
    guard low < high else {
      throw TensorError(.badArgument(operation: "randint", argument: "high", value: "\(high)", rule: "must be above low, \(low)"))
    }
    let range = UInt64(bitPattern: Int64(high &- low))
    return try Tensor(shape, of: Int.self) { out throws(TensorError) in
      for i in 0..<out.count {
        if i % RandomStream.drawsBetweenQuestions == 0 { try Interruption.check() }
        out[i] = low &+ Int(truncatingIfNeeded: integer(below: range))
      }
    }
  }

  /// The numbers from 0 to `count` - 1 in random order.
  public mutating func permutation(_ count: Int) throws(TensorError) -> Tensor {
    var places = try Tensor.arange(0, count)
    try places.withMutableElements(Int.self) { out throws(TensorError) in
      for i in stride(from: count - 1, to: 0, by: -1) {
        if i % RandomStream.swapsBetweenQuestions == 0 { try Interruption.check() }
        out.swapAt(i, Int(integer(below: UInt64(i) + 1)))
      }
    }
    return places
  }

  /// Zeros with the probability `p`, and `1 / (1 − p)` elsewhere; 32 bits are drawn for each element.
  public func dropoutMask(_ shape: Shape, p: Double, dtype: DType) throws(TensorError) -> Tensor {
    var mask = try Tensor(uninitialized: shape, dtype)
    try mask.withMutableBytes { out throws(TensorError) in
      try Interruption.inParts(of: shape.count) { start, count in dropOut(p, dtype, out, start..<start + count) }
    }
    return mask
  }

  /// Writes some places of a mask, the first of them a multiple of `bp_mask_unit`.
  func dropOut(_ p: Double, _ dtype: DType, _ mask: UnsafeMutableRawPointer, _ places: Range<Int>) {
    let threshold = UInt32(min((p * 0x1p32).rounded(.up), 0x1p32 - 1))
    let kept = 1 / (1 - p)
    if dtype == .float64 {
      bp_dropout_mask_f64(
        seed, stream, threshold, kept, mask.assumingMemoryBound(to: Double.self), places.lowerBound, places.upperBound)
    } else {
      bp_dropout_mask_f32(
        seed, stream, threshold, Float(kept), mask.assumingMemoryBound(to: Float.self), places.lowerBound, places.upperBound)
    }
  }

  /// `shape` many draws, with replacement, of the numbers from 0 to `count` - 1, weighted by `p` where it is given.
  public mutating func choice(_ count: Int, shape: Shape, p: [Double]? = nil) throws(TensorError) -> Tensor {
    guard count > 0 else {
      throw TensorError(.badArgument(operation: "choice", argument: "n", value: "\(count)", rule: "must be above 0"))
    }
    guard let p else { return try integers(shape, high: count) }
    let total = p.reduce(0, +)
    guard p.count == count, p.allSatisfy({ $0 >= 0 && $0.isFinite }), abs(total - 1) < 1e-6 else {
      throw TensorError(
        .badArgument(operation: "choice", argument: "p", value: "\(p)", rule: "must have \(count) probabilities that add up to 1")
      )
    }
    var sum = 0.0
    let bounds = p.map { probability in
      sum += probability / total
      return sum
    }
    let last = p.lastIndex { $0 > 0 } ?? 0
    let draws = try uniform(shape, dtype: .float64)
    return try draws.mapped(Double.self, Int.self) { draw in
      // Rounding may leave the last bound a little below 1.
      bounds.firstIndex { draw < $0 } ?? last
    }
  }
}
