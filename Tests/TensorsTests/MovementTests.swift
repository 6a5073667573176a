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

  @Test func `joining and splitting`() throws {
    let (a, b) = (try counting([2, 2]), try counting([2, 1]))
    try expect(.concat([a, b], axis: 1), [2, 3], [0, 1, 0, 2, 3, 1])
    try expect(.concat([a, a]), [4, 2], [0, 1, 2, 3, 0, 1, 2, 3])
    try expect(.stack([a, a], axis: -1), [2, 2, 2], [0, 0, 1, 1, 2, 2, 3, 3])
    #expect(try Tensor.concat([a, Tensor.zeros([1, 2])]).dtype == .float32)
    let parts = try counting([5]).split(sizes: [2, 3])
    try expect(parts[1], [3], [2, 3, 4])
    #expect(try counting([4, 2]).split(2).map(\.shape) == [[2, 2], [2, 2]])
    #expect(throws: TensorError.self) { try counting([5]).split(2) }
    #expect(throws: TensorError(.joinedShapesDiffer(operation: "concat", first: [2, 2], other: [2, 1], place: 1, axis: 0))) {
      try Tensor.concat([a, b])
    }
  }

  @Test func `repeating, padding, turning`() throws {
    let x = try counting([2, 2])
    try expect(x.tile([2]), [2, 4], [0, 1, 0, 1, 2, 3, 2, 3])
    try expect(x.tile([2, 1, 2]), [2, 2, 4], [0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1, 2, 3, 2, 3])
    try expect(x.repeat(2, axis: 0), [4, 2], [0, 1, 0, 1, 2, 3, 2, 3])
    try expect(x.repeat(2), [8], [0, 0, 1, 1, 2, 2, 3, 3])
    try expect(x.pad([(1, 0), (0, 1)], value: 9), [3, 3], [9, 9, 9, 0, 1, 9, 2, 3, 9])
    try expect(x.flip(), [2, 2], [3, 2, 1, 0])
    try expect(x.flip(axes: [1]), [2, 2], [1, 0, 3, 2])
    try expect(x.roll(1), [2, 2], [3, 0, 1, 2])
    try expect(counting([5]).roll(-7), [5], [2, 3, 4, 0, 1])
    try expect(x.roll(1, axis: 0), [2, 2], [2, 3, 0, 1])
    try expect(x.roll(Int.min, axis: 0), [2, 2], [0, 1, 2, 3])
    #expect(throws: TensorError.self) { try Tensor.zeros([0, 5]).repeat(Int.max, axis: 1) }
  }

  @Test func `sizes of 1 come, go and stretch`() throws {
    let x = try counting([1, 3, 1])
    #expect(try x.squeeze().shape == [3])
    #expect(try x.squeeze([0]).shape == [3, 1])
    #expect(throws: TensorError(.cannotSqueeze(shape: [1, 3, 1], axis: 1))) { try x.squeeze([1]) }
    #expect(try x.unsqueeze(-1).shape == [1, 3, 1, 1])
    try expect(counting([2, 1]).expand(to: [2, 2, 3]), [2, 2, 3], [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1])
    #expect(throws: TensorError(.cannotExpand(from: [2], to: [3]))) { try counting([2]).expand(to: [3]) }
    try expect(counting([2, 3]).summed(to: [3]), [3], [3, 5, 7])
    try expect(counting([2, 3]).summed(to: [2, 1]), [2, 1], [3, 12])
    try expect(counting([2, 3]).summed(to: []), [], [15])
  }

  @Test func `diagonals and triangles`() throws {
    let x = try counting([2, 3])
    try expect(x.diag(), [2], [0, 4])
    try expect(x.diag(1), [2], [1, 5])
    try expect(x.diag(-1), [1], [3])
    try expect(x.diag(7), [0], [])
    try expect(counting([2]).diag(1), [3, 3], [0, 0, 0, 0, 0, 1, 0, 0, 0])
    try expect(x.tril(), [2, 3], [0, 0, 0, 3, 4, 0])
    try expect(x.triu(1), [2, 3], [0, 1, 2, 0, 0, 5])
    #expect(throws: TensorError.self) { try counting([3]).diag(Int.max) }
  }

  @Test func `sorting`() throws {
    let x = try Tensor([3, 1, 2, 0, 5, 0], shape: [2, 3])
    try expect(x.sort(), [2, 3], [1, 2, 3, 0, 0, 5])
    try expect(x.sort(axis: 0), [2, 3], [0, 1, 0, 3, 5, 2])
    try expect(x.argsort(), [2, 3], [1, 2, 0, 0, 2, 1])
    try expect(x.argsort(descending: true), [2, 3], [0, 2, 1, 1, 0, 2])
    let (values, places) = try x.topk(2)
    try expect(values, [2, 2], [3, 2, 5, 0])
    try expect(places, [2, 2], [0, 2, 1, 0])
    try expect(x.unique(), [5], [0, 1, 2, 3, 5])
    let sorted = try Tensor([2, .nan, -1, .infinity] as [Double]).sort().doubles
    #expect(sorted[..<3] == [-1, 2, .infinity])
    #expect(sorted[3].isNaN)
    #expect(throws: TensorError.self) { try x.topk(4) }
  }

  @Test func `counting and one-hot rows`() throws {
    try expect(Tensor([1, 1, 3]).bincount(), [4], [0, 2, 0, 1])
    try expect(Tensor([0]).bincount(minimum: 3), [3], [1, 0, 0])
    try expect(counting([2, 2]).nonzero(), [3, 2], [0, 1, 1, 0, 1, 1])
    #expect(try Tensor([2, 0]).oneHot(3).doubles == [0, 0, 1, 1, 0, 0])
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
