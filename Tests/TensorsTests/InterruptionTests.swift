import Glibc
import Testing

@testable import Tensors

@Suite struct InterruptionTests {
  @Test func `long loops end when they are asked to`() throws {
    let matrix = try Tensor.ones([600, 600])
    let loops: [() throws -> Tensor] = [
      { try Tensor.matmul(matrix, matrix) },
      {
        var stream = RandomStream(seed: 1)
        return try stream.normal([4])
      },
      {
        var stream = RandomStream(seed: 1)
        return try stream.integers([4], high: 3)
      },
    ]
    for loop in loops {
      Interruption.question = { true }
      defer { Interruption.question = nil }
      #expect(throws: TensorError(.interrupted)) { _ = try loop() }
      Interruption.question = { false }
      _ = try loop()
    }
  }

  // Long enough for two parts, in one row and in many.
  @Test func `loops over entries end when they are asked to`() throws {
    let line = try Tensor.ones([1 << 21])
    let rows = try line.reshape([1 << 10, 1 << 11])
    let row = try Tensor.ones([1 << 11])
    let planes = try line.reshape([2, 4, 1 << 9, 1 << 9])
    let window = try Window("max_pool", size: [2, 2], stride: [2, 2], padding: [0, 0])
    let places = try Tensor.zeros([1 << 21], dtype: .int64)
    let mask = try Tensor.ones([1 << 21], dtype: .bool)
    func setting(_ tensor: Tensor, _ indices: [Index]) throws -> Tensor {
      var changed = tensor
      try changed.setting(indices, to: .number(2))
      return changed
    }
    let loops: [() throws -> Tensor] = [
      { try line + line }, { try rows + row }, { try Tensor.compare(.less, rows, row) }, { try line.apply(.square) },
      { try line.cast(to: .int64) }, { try rows.transpose() }, { try rows.softmax(axis: 1) },
      { try planes.maxPoolPlaces(window) }, { try planes.averagePool(window) }, { try line.gatherAlong(axis: 0, places) },
      { try line.scatterAddAlong(axis: 0, places, line) }, { try line.gather(places) },
      { try rows.argsort(axis: 1) }, { try line.cumsum(axis: 0) }, { try Tensor.concat([line, line]) },
      { try line.cast(to: .float64) }, { try Tensor.where(mask, line, line) }, { try rows.max(axes: [0]) }, { try line.max() },
      { try rows.norm(axes: [0]) }, { try rows.sum(axes: [1]) }, { try places.sum() }, { try line.unique().values },
      { try mask.nonzero() }, { try places.bincount() }, { try places.oneHot(2) }, { try line.subscripted([.mask(mask)]) },
      { try line.subscripted([.gather(places)]) }, { try setting(line, [.mask(mask)]) }, { try Tensor.arange(0, 1 << 21) },
      { try Tensor.linspace(0, 1, count: 1 << 21) }, { try line.softmax(axis: 0) }, { try line.logSoftmax(axis: 0) },
      { try line.logsumexp() },
      {
        var stream = RandomStream(seed: 1)
        return try stream.permutation(1 << 18)
      },
    ]
    for loop in loops {
      Interruption.question = { true }
      defer { Interruption.question = nil }
      #expect(throws: TensorError(.interrupted)) { _ = try loop() }
      Interruption.question = { false }
      _ = try loop()
    }
  }

  @Test(arguments: [DType.float32, .float64]) func `long lines have the softmax of short ones`(dtype: DType) throws {
    // The same numbers many times over: each has its share of what the short line gives it.
    let short = try Tensor([0.5, -2, 3, 700], dtype: dtype)
    let times = 1 << 19
    let long = try short.expand(to: [times, 4]).flatten()
    let probabilities = try short.softmax(axis: 0).doubles
    let found = try long.softmax(axis: 0).doubles
    #expect(zip(found.prefix(4), probabilities).allSatisfy { abs($0 * Double(times) - $1) < 1e-6 })
    let logarithms = try long.logSoftmax(axis: 0).doubles
    let expected = try short.logSoftmax(axis: 0).doubles
    #expect(zip(logarithms.suffix(4), expected).allSatisfy { abs($0 + log(Double(times)) - $1) < 1e-3 })
    #expect(try abs(long.logsumexp().item() - short.logsumexp().item() - log(Double(times))) < 1e-3)
    let minusInfinity = try Tensor.full([times * 4], -.infinity, dtype: dtype)
    #expect(try minusInfinity.logsumexp().item() == -.infinity)
  }

  @Test func `a long sort ends when it is asked to`() throws {
    var stream = RandomStream(seed: 1)
    let numbers = try stream.normal([100_000])
    Interruption.question = { true }
    defer { Interruption.question = nil }
    #expect(throws: TensorError(.interrupted)) { try numbers.argsort() }
  }

  @Test func `a product is the same in one piece and in several`() throws {
    var stream = RandomStream(seed: 3)
    // 2^27 multiply-adds go between two questions, so these rows go in three pieces.
    let (a, b) = (try stream.normal([2_000, 300]), try stream.normal([300, 500]))
    let whole = try Tensor.matmul(a, b)
    for start in stride(from: 0, to: 2_000, by: 400) {
      let rows = try a.subscripted([.slice(start: start, stop: start + 400, step: 1)])
      #expect(try Tensor.matmul(rows, b).bytes == whole.subscripted([.slice(start: start, stop: start + 400, step: 1)]).bytes)
    }
  }
}
