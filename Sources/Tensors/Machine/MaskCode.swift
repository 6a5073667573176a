import CKernels

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
    let (seed, stream) = (UInt64(bitPattern: Int64(chance[0])), UInt64(bitPattern: Int64(chance[1])) | UInt64(draw))
    // A number of 53 bits is below p where its bits are below this.
    let threshold = UInt64((p * 0x1p53).rounded(.up))
    let kept = 1 / (1 - p)
    if dtype == .float64 {
      bp_dropout_mask_f64(seed, stream, threshold, kept, out(slots), count)
    } else {
      bp_dropout_mask_f32(seed, stream, threshold, Float(kept), out(slots), count)
    }
  }
}
