import CKernels

/// Draws a dropout mask from the stream whose seed and number lie in memory.
struct MaskCode: PartedCode {
  let chance: Address
  let draw: Int
  let p: Double
  let out: Address
  let dtype: DType
  let parts: Parts

  init(_ chance: Buffer, draw: Int, p: Double, into out: Buffer) {
    self.chance = chance.address
    self.draw = draw
    self.p = p
    self.out = out.address
    dtype = out.dtype
    // To draw a number takes longer than to write it.
    parts = Parts(out.count, bytes: 16, unit: Int(bp_mask_unit))
  }

  func run(_ items: Range<Int>, _ slots: Slots) {
    let chance = chance(slots, as: Int.self)
    let (seed, stream) = (UInt64(bitPattern: Int64(chance[0])), UInt64(bitPattern: Int64(chance[1])) | UInt64(draw))
    RandomStream(seed: seed, stream: stream).dropOut(p, dtype, out.raw(slots), items)
  }
}
