/// The counter-based generator Philox4x32-10: a block of four 32-bit numbers for each counter and key.
///
/// J. K. Salmon and others, "Parallel Random Numbers: As Easy as 1, 2, 3", 2011.
enum Philox {
  typealias Block = SIMD4<UInt32>
  typealias Key = SIMD2<UInt32>

  static func block(_ counter: Block, key: Key) -> Block {
    var block = counter
    var key = key
    for _ in 0..<10 {
      let first = UInt64(block[0]) &* 0xD251_1F53
      let second = UInt64(block[2]) &* 0xCD9E_8D57
      block = Block(
        UInt32(truncatingIfNeeded: second >> 32) ^ block[1] ^ key[0], UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ block[3] ^ key[1], UInt32(truncatingIfNeeded: first))
      key = key &+ Key(0x9E37_79B9, 0xBB67_AE85)
    }
    return block
  }
}
