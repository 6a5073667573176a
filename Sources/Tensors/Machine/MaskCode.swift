/// Draws a dropout mask from the stream whose seed and number lie in memory.
struct MaskCode: BitwiseCopyable {
  let chance: Address
  let draw: Int
  let p: Double
  let out: Address
  let count: Int
  let dtype: DType

  func run(_ slots: Slots) {
    let chance = chance(slots, as: Int.self)
    var stream = RandomStream(
      seed: UInt64(bitPattern: Int64(chance[0])), stream: UInt64(bitPattern: Int64(chance[1])) | UInt64(draw))
    if dtype == .float64 {
      run(&stream, out(slots, as: Double.self))
    } else {
      run(&stream, out(slots, as: Float.self))
    }
  }

  @inline(__always)
  private func run<T: BinaryFloatingPoint>(_ stream: inout RandomStream, _ out: UnsafeMutablePointer<T>) {
    let kept = T(1 / (1 - p))
    for i in stride(from: 0, to: count, by: 2) {
      let (first, second) = stream.nextUniforms()
      out[i] = first < p ? 0 : kept
      if i + 1 < count { out[i + 1] = second < p ? 0 : kept }
    }
  }
}
