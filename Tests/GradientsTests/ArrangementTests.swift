import Tensors
import Testing

@testable import Gradients

/// Expected values from NumPy.
@Suite struct ArrangementTests {
  private func counting(_ sizes: [Int]) throws -> Variable {
    Variable(try Tensor.arange(0, Shape(sizes).count).reshape(sizes))
  }

  private func expect(_ variable: Variable, _ sizes: [Int], _ values: [Int]) throws {
    #expect(variable.shape.dimensions == sizes)
    #expect(try variable.value.ints() == values)
  }

  @Test func `stacking and splitting`() throws {
    let a = try counting([2, 2])
    try expect(.stack([a, a], axis: -1), [2, 2, 2], [0, 0, 1, 1, 2, 2, 3, 3])
    let parts = try counting([5]).split(at: [2])
    try expect(parts[1], [3], [2, 3, 4])
    #expect(try counting([5]).split(at: [3, 1, -1, 9]).map(\.shape.count) == [3, 0, 3, 1, 0])
    #expect(try counting([4, 2]).split(2).map(\.shape) == [[2, 2], [2, 2]])
    #expect(throws: TensorError.self) { try counting([5]).split(2) }
    #expect(throws: TensorError(.joinedShapesDiffer(operation: "stack", first: [2, 2], other: [2], place: 1, axis: 0))) {
      try Variable.stack([a, counting([2])], axis: 0)
    }
  }

  @Test func `repeating and turning`() throws {
    let x = try counting([2, 2])
    try expect(x.tile([2]), [2, 4], [0, 1, 0, 1, 2, 3, 2, 3])
    try expect(x.tile([2, 1, 2]), [2, 2, 4], [0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1, 2, 3, 2, 3])
    try expect(x.repeat(2, axis: 0), [4, 2], [0, 1, 0, 1, 2, 3, 2, 3])
    try expect(x.repeat(2), [8], [0, 0, 1, 1, 2, 2, 3, 3])
    try expect(x.repeat([0, 3], axis: 1), [2, 3], [1, 1, 1, 3, 3, 3])
    try expect(x.flip(), [2, 2], [3, 2, 1, 0])
    try expect(x.flip(axes: [1]), [2, 2], [1, 0, 3, 2])
    try expect(x.roll(1), [2, 2], [3, 0, 1, 2])
    try expect(counting([5]).roll(-7), [5], [2, 3, 4, 0, 1])
    try expect(x.roll(1, axis: 0), [2, 2], [2, 3, 0, 1])
    try expect(x.roll(Int.min, axis: 0), [2, 2], [0, 1, 2, 3])
    let nothing = try counting([0, 5])
    #expect(throws: TensorError.self) { try nothing.repeat(Int.max, axis: 1) }
    #expect(throws: TensorError.self) { try nothing.tile([1, Int.max]) }
    #expect(throws: TensorError.self) { try x.repeat([1], axis: 0) }
  }

  @Test func `padding`() throws {
    let x = try counting([2, 2])
    try expect(x.pad([(1, 0), (0, 1)], value: 9), [3, 3], [9, 9, 9, 0, 1, 9, 2, 3, 9])
    try expect(x.pad([(0, 0), (2, 0)]), [2, 4], [0, 0, 0, 1, 0, 0, 2, 3])
    let y = try counting([3])
    try expect(y.pad([(2, 1)], with: .edge), [6], [0, 0, 0, 1, 2, 2])
    try expect(y.pad([(3, 4)], with: .reflect), [10], [1, 2, 1, 0, 1, 2, 1, 0, 1, 2])
    try expect(y.pad([(4, 2)], with: .wrap), [9], [2, 0, 1, 2, 0, 1, 2, 0, 1])
    try expect(counting([1]).pad([(1, 2)], with: .reflect), [4], [0, 0, 0, 0])
    #expect(throws: TensorError.self) { try counting([0]).pad([(1, 0)], with: .wrap) }
    #expect(throws: TensorError.self) { try x.pad([(1, 0)]) }
    #expect(throws: TensorError.self) { try x.pad([(-1, 0), (0, 0)]) }
    #expect(throws: TensorError.self) { try x.pad([(Int.max, 1), (0, 0)]) }
  }

  @Test func `sizes of 1 come and go`() throws {
    let x = try counting([1, 3, 1])
    #expect(try x.squeeze().shape == [3])
    #expect(try x.squeeze([0]).shape == [3, 1])
    #expect(throws: TensorError(.cannotSqueeze(shape: [1, 3, 1], axis: 1))) { try x.squeeze([1]) }
    #expect(try x.unsqueeze(-1).shape == [1, 3, 1, 1])
    #expect(throws: TensorError(.axisOutOfRange(operation: "unsqueeze", axis: 4, shape: [1, 3, 1]))) { try x.unsqueeze(4) }
  }

  @Test func `diagonals and triangles`() throws {
    let x = try counting([2, 3])
    try expect(x.diag(), [2], [0, 4])
    try expect(x.diag(1), [2], [1, 5])
    try expect(x.diag(-1), [1], [3])
    try expect(x.diag(7), [0], [])
    try expect(counting([2]).diag(1), [3, 3], [0, 0, 0, 0, 0, 1, 0, 0, 0])
    try expect(counting([2]).diag(-1), [3, 3], [0, 0, 0, 0, 0, 0, 0, 1, 0])
    try expect(x.tril(), [2, 3], [0, 0, 0, 3, 4, 0])
    try expect(x.triu(1), [2, 3], [0, 1, 2, 0, 0, 5])
    try expect(x.trace(), [], [4])
    try expect(counting([2, 2, 2]).trace(), [2], [6, 8])
    for offset in [Int.max, Int.min] {
      #expect(throws: TensorError.self) { try counting([3]).diag(offset) }
      try expect(x.diag(offset), [0], [])
      #expect(try x.tril(offset).value.ints() == (offset > 0 ? [0, 1, 2, 3, 4, 5] : [0, 0, 0, 0, 0, 0]))
    }
  }

  @Test func `sorting`() throws {
    let x = Variable(try Tensor([3, 1, 2, 0, 5, 0], shape: [2, 3]))
    try expect(x.sort(), [2, 3], [1, 2, 3, 0, 0, 5])
    try expect(x.sort(axis: 0), [2, 3], [0, 1, 0, 3, 5, 2])
    let (values, places) = try x.topk(2)
    try expect(values, [2, 2], [3, 2, 5, 0])
    try expect(places, [2, 2], [0, 2, 1, 0])
    let sorted = try Variable(Tensor([2, .nan, -1, .infinity] as [Double])).sort().value.doubles
    #expect(sorted[..<3] == [-1, 2, .infinity])
    #expect(sorted[3].isNaN)
    #expect(throws: TensorError.self) { try x.topk(4) }
  }

  @Test func `grids`() throws {
    let vectors = [try counting([2]), try counting([3])]
    let columns = try Variable.meshgrid(vectors, swapsFirstTwo: true)
    let rows = try Variable.meshgrid(vectors, swapsFirstTwo: false)
    try expect(columns[0], [3, 2], [0, 1, 0, 1, 0, 1])
    try expect(columns[1], [3, 2], [0, 0, 1, 1, 2, 2])
    try expect(rows[0], [2, 3], [0, 0, 0, 1, 1, 1])
    #expect(throws: TensorError.self) { try Variable.meshgrid([counting([2, 2])], swapsFirstTwo: true) }
  }

  @Test func `closeness`() throws {
    let (x, y) = (try vector([1, 2, .infinity, .nan, 1]), try vector([1.000001, 2.1, .infinity, .nan, -.infinity]))
    #expect(try x.isclose(y).value.bools == [true, false, true, false, false])
    #expect(try x.isclose(y, nanIsEqual: true).value.bools == [true, false, true, true, false])
    #expect(try vector([1]).isclose(vector([.infinity])).value.bools == [false])
  }
}
