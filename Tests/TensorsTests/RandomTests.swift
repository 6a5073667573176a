import Testing

@testable import Tensors

@Suite struct RandomTests {
  /// The known answers that come with Random123 1.14, `kat_vectors`.
  @Test(arguments: [
    (SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0), SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
    (.init(repeating: .max), .init(repeating: .max), .init(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
    (
      .init(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), .init(0xa409_3822, 0x299f_31d0),
      .init(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func `Philox gives the published numbers`(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, block: SIMD4<UInt32>) {
    #expect(Philox.block(counter, key: key) == block)
  }

  @Test func `the same seed and stream give the same numbers, others give others`() throws {
    var (first, second) = (RandomStream(seed: 3, stream: 1), RandomStream(seed: 3, stream: 1))
    var (third, fourth) = (RandomStream(seed: 3, stream: 2), RandomStream(seed: 4, stream: 1))
    let x = try first.normal([10]).doubles
    #expect(try second.normal([10]).doubles == x)
    #expect(try third.normal([10]).doubles != x)
    #expect(try fourth.normal([10]).doubles != x)
    #expect(try first.normal([10]).doubles != x)
    #expect(first.position == 10)
  }

  @Test func `uniform numbers fill their range evenly`() throws {
    var stream = RandomStream(seed: 1)
    let x = try stream.uniform([20_001], low: -2, high: 3, dtype: .float64)
    #expect(try x.min().item() >= -2)
    #expect(try x.max().item() < 3)
    #expect(try abs(x.mean().item() - 0.5) < 0.05)
    #expect(try abs((x - x.mean()).square().mean().item() - 25.0 / 12) < 0.05)
    #expect(try stream.uniform([7]).dtype == .float32)
  }

  @Test func `normal numbers have the moments asked for`() throws {
    var stream = RandomStream(seed: 2)
    let x = try stream.normal([40_000], mean: 1, std: 2, dtype: .float64)
    #expect(try abs(x.mean().item() - 1) < 0.04)
    #expect(try abs((x - x.mean()).square().mean().sqrt().item() - 2) < 0.04)
    let z = try (x - 1) / 2
    #expect(try abs(z.power(.number(3)).mean().item()) < 0.05)
    #expect(try abs(z.power(.number(4)).mean().item() - 3) < 0.1)
  }

  @Test func `whole numbers stay in range and all occur`() throws {
    var stream = RandomStream(seed: 3)
    let x = try stream.integers([1000], low: -2, high: 3)
    #expect(try x.unique().values.ints() == [-2, -1, 0, 1, 2])
    #expect(try stream.integers([2], low: Int.min, high: Int.max).dtype == .int64)
    #expect(throws: TensorError(.badArgument(operation: "randint", argument: "high", value: "1", rule: "must be above low, 1"))) {
      try stream.integers([2], low: 1, high: 1)
    }
  }

  @Test func `a permutation has every number once`() throws {
    var stream = RandomStream(seed: 4)
    let x = try stream.permutation(100)
    #expect(try x.ints() != Array(0..<100))
    #expect(try x.ints().sorted() == Array(0..<100))
    #expect(try stream.permutation(0).count == 0)
  }

  @Test func `choices follow their probabilities`() throws {
    var stream = RandomStream(seed: 5)
    let counts = try stream.choice(3, shape: [3000], p: [0.5, 0, 0.5]).bincount(minimum: 3).ints()
    #expect(counts[1] == 0)
    #expect(abs(counts[0] - 1500) < 150)
    #expect(try stream.choice(4, shape: [2, 2]).shape == [2, 2])
    #expect(throws: TensorError.self) { try stream.choice(2, shape: [1], p: [0.5, 0.6]) }
  }

  // The words of eight neighbouring blocks, the first ones of all before the second ones.
  @Test(arguments: [DType.float32, .float64]) func `a dropout mask is what Philox draws`(dtype: DType) throws {
    let (count, p) = (1003, 0.25)
    let mask = try RandomStream(seed: 7, stream: 12).dropoutMask([count], p: p, dtype: dtype).doubles
    var stream = RandomStream(seed: 7, stream: 12)
    var expected: [Double] = []
    while expected.count < count {
      let blocks = (0..<8).map { _ in stream.nextBlock() }
      for word in 0..<4 { expected += blocks.map { Double($0[word]) * 0x1p-32 < p ? 0 : 1 / (1 - p) } }
    }
    #expect(mask.map { $0 == 0 } == expected.prefix(count).map { $0 == 0 })
    #expect(zip(mask, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func `a dropout mask of hardly any chance is still a mask`() throws {
    let stream = RandomStream(seed: 1)
    #expect(try stream.dropoutMask([40], p: 0, dtype: .float32).doubles == Array(repeating: 1, count: 40))
    #expect(try stream.dropoutMask([40], p: 1.0.nextDown, dtype: .float64).doubles == Array(repeating: 0, count: 40))
  }
}
