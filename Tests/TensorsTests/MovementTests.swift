import Tensors
import Testing

@Suite struct MovementTests {
  private func counting(_ sizes: [Int]) throws -> Tensor {
    try Tensor.arange(0, Shape(sizes).count).reshape(sizes)
  }

  private func expect(_ tensor: Tensor, _ sizes: [Int], _ values: [Int]) throws {
    #expect(tensor.shape.dimensions == sizes)
    #expect(try tensor.ints() == values)
  }

  @Test func `reshape works out one size`() throws {
    #expect(try counting([2, 6]).reshape([3, -1]).shape == [3, 4])
    #expect(try counting([0, 4]).reshape([0, 2]).shape == [0, 2])
    #expect(try counting([2, 3, 4]).flatten(from: 1).shape == [2, 12])
    for sizes in [[5], [-1, -1], [-2, 3], [-1, 0], [Int.max, 2]] {
      #expect(throws: TensorError(.cannotReshape(from: [2, 3], to: sizes))) { try counting([2, 3]).reshape(sizes) }
    }
  }

  @Test(arguments: DType.allCases)
  func `transposing moves every element`(dtype: DType) throws {
    let x = try counting([2, 3, 4]).cast(to: dtype)
    let y = try x.transpose([2, 0, 1])
    #expect(y.shape == [4, 2, 3])
    for i in 0..<2 {
      for j in 0..<3 {
        for k in 0..<4 {
          #expect(try y.subscripted([.at(k), .at(i), .at(j)]).item() == x.subscripted([.at(i), .at(j), .at(k)]).item())
        }
      }
    }
    #expect(try x.transpose().shape == [4, 3, 2])
    #expect(throws: TensorError(.repeatedAxis(operation: "transpose", axes: [0, 0, 1]))) { try x.transpose([0, 0, 1]) }
  }

  @Test func `a large transpose is right everywhere`() throws {
    let x = try counting([37, 101])
    #expect(try x.transpose().ints() == (0..<37 * 101).map { $0 % 37 * 101 + $0 / 37 })
  }

  @Test func `joining`() throws {
    let (a, b) = (try counting([2, 2]), try counting([2, 1]))
    try expect(.concat([a, b], axis: 1), [2, 3], [0, 1, 0, 2, 3, 1])
    try expect(.concat([a, a]), [4, 2], [0, 1, 2, 3, 0, 1, 2, 3])
    #expect(try Tensor.concat([a, Tensor.zeros([1, 2])]).dtype == .float32)
    #expect(throws: TensorError(.joinedShapesDiffer(operation: "concat", first: [2, 2], other: [2, 1], place: 1, axis: 0))) {
      try Tensor.concat([a, b])
    }
    #expect(throws: TensorError.self) { try Tensor.concat([]) }
  }

  @Test func `sizes of 1 stretch`() throws {
    try expect(counting([2, 1]).expand(to: [2, 2, 3]), [2, 2, 3], [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1])
    #expect(throws: TensorError(.cannotExpand(from: [2], to: [3]))) { try counting([2]).expand(to: [3]) }
  }

  @Test func `what sorts, and what differs`() throws {
    let x = try Tensor([3, 1, 2, 0, 5, 0], shape: [2, 3])
    try expect(x.argsort(), [2, 3], [1, 2, 0, 0, 2, 1])
    try expect(x.argsort(descending: true), [2, 3], [0, 2, 1, 1, 0, 2])
    let (values, counts) = try x.unique()
    try expect(values, [5], [0, 1, 2, 3, 5])
    try expect(counts, [5], [2, 1, 1, 1, 1])
    let numbers = try Tensor([.nan, 1, .nan, -0.0, 0] as [Double]).unique()
    #expect(numbers.values.count == 3)
    #expect(try numbers.counts.ints() == [2, 1, 2])
    #expect(try Tensor.zeros([0]).unique().values.count == 0)
  }

  @Test func `counting and one-hot rows`() throws {
    try expect(Tensor([1, 1, 3]).bincount(), [4], [0, 2, 0, 1])
    try expect(Tensor([0]).bincount(minimum: 3), [3], [1, 0, 0])
    try expect(counting([2, 2]).nonzero(), [3, 2], [0, 1, 1, 0, 1, 1])
    #expect(try Tensor([2, 0]).oneHot(3).bools == [false, false, true, true, false, false])
    #expect(throws: TensorError.self) { try Tensor([3]).oneHot(3) }
    #expect(throws: TensorError.self) { try Tensor([-1]).oneHot(3) }
    #expect(throws: TensorError.self) { try Tensor([-1]).bincount() }
    #expect(throws: TensorError.self) { try Tensor([Int.max]).bincount() }
  }

  @Test func `gathering and its adjoint`() throws {
    let x = try counting([3, 2])
    try expect(x.gather(Tensor([2, 0, -1])), [3, 2], [4, 5, 0, 1, 4, 5])
    try expect(x.gather(Tensor([[1, 0]].flatMap { $0 }, shape: [1, 2]), axis: 1), [3, 1, 2], [1, 0, 3, 2, 5, 4])
    try expect(x.gatherAlong(axis: 1, Tensor([1, 0, 1], shape: [3, 1])), [3, 1], [1, 2, 5])
    try expect(x.gatherAlong(axis: 0, Tensor([2, 0], shape: [1, 2])), [1, 2], [4, 1])
    let added = try Tensor.zeros([3, 2]).scatterAdd(Tensor([2, 0, 2]), .ones([3, 2]))
    #expect(added.doubles == [1, 1, 0, 0, 2, 2])
    let along = try Tensor.zeros([3, 2]).scatterAddAlong(axis: 1, Tensor([1, 0, 1], shape: [3, 1]), .ones([3, 1]))
    #expect(along.doubles == [0, 1, 1, 0, 0, 1])
    #expect(throws: TensorError(.indexOutOfRange(index: 3, axis: 0, size: 3))) { try x.gather(Tensor([3])) }
    #expect(throws: TensorError(.indexType(.float32))) { try x.gather(Tensor([1.0])) }
  }
}
