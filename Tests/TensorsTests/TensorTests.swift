import Tensors
import Testing

@Suite struct TensorTests {
  @Test(
    arguments: [
      ([2, 1], [3], [2, 3]), ([1], [4], [4]), ([], [2, 2], [2, 2]), ([0, 1], [1, 3], [0, 3]), ([5, 1, 4], [3, 1], [5, 3, 4]),
      ([2], [3], nil), ([2, 3], [2], nil), ([0], [2], nil),
    ] as [([Int], [Int], [Int]?)])
  func `shapes stretch from the right`(left: [Int], right: [Int], result: [Int]?) throws {
    #expect(try Shape(left).broadcast(with: Shape(right)) == result.map { sizes throws(TensorError) in try Shape(sizes) })
    #expect(try Shape(right).broadcast(with: Shape(left)) == result.map { sizes throws(TensorError) in try Shape(sizes) })
  }

  @Test(arguments: [[-1], [1 << 40, 1 << 40], [0, 1 << 40, 1 << 40], [Int.max, 2], [2, -3]])
  func `sizes that no memory has are errors`(sizes: [Int]) {
    #expect(throws: TensorError.self) { try Shape(sizes) }
  }

  @Test func `shapes are written as lists`() {
    #expect(([2, 3] as Shape).description == "[2, 3]")
    #expect(Shape.scalar.description == "[]")
  }

  @Test(arguments: DType.allCases)
  func `values come back as they went in`(dtype: DType) throws {
    let x = try Tensor([0, 1, 1, 0] as [Double], shape: [2, 2], dtype: dtype)
    #expect(x.dtype == dtype)
    #expect(x.doubles == [0, 1, 1, 0])
    #expect(try x.ints() == [0, 1, 1, 0])
    #expect(x.bools == [false, true, true, false])
    #expect(x.floats == [0, 1, 1, 0])
    #expect(x.bytes.count == 4 * dtype.width)
    #expect(try Tensor(bytes: x.bytes, shape: [4], dtype: dtype).doubles == [0, 1, 1, 0])
    for other in DType.allCases { #expect(try x.cast(to: other).doubles == x.doubles) }
  }

  @Test func `casting cuts floats towards zero and refuses what has no whole number`() throws {
    #expect(try Tensor([-1.9, 2.9]).ints() == [-1, 2])
    #expect(try Tensor([0.0, 0.1, .nan]).bools == [false, true, true])
    for value in [Double.nan, .infinity, 1e19, -1e19] {
      #expect(throws: TensorError(.notANumberAsInteger(value: "\(value)"))) { try Tensor([value], dtype: .float64).ints() }
    }
    #expect(try Tensor([Int.max]).cast(to: .float64).doubles == [0x1p63])
  }

  @Test func `tensors are values`() throws {
    let a = try Tensor([1.0, 2, 3])
    var b = a
    try b.setting([.at(0)], to: .number(9))
    #expect(a.doubles == [1, 2, 3])
    #expect(b.doubles == [9, 2, 3])
  }

  @Test func `a bool byte other than 0 counts as true`() throws {
    #expect(try Tensor(bytes: [0, 1, 2, 255], shape: [4], dtype: .bool).sum().intItem() == 3)
  }

  @Test func `making`() throws {
    #expect(try Tensor.eye(2, 3).doubles == [1, 0, 0, 0, 1, 0])
    #expect(try Tensor.eye(3, 2).doubles == [1, 0, 0, 1, 0, 0])
    #expect(try Tensor.arange(0, 1, step: 0.25).doubles == [0, 0.25, 0.5, 0.75])
    #expect(try Tensor.arange(5, 0, step: -2).ints() == [5, 3, 1])
    #expect(try Tensor.arange(3, 3).count == 0)
    #expect(try Tensor.linspace(0, 1, count: 5).doubles == [0, 0.25, 0.5, 0.75, 1])
    #expect(try Tensor.linspace(2, 9, count: 1).doubles == [2])
    #expect(try Tensor.full([2], 7, dtype: .int64).ints() == [7, 7])
    #expect(throws: TensorError(.countDiffers(values: 3, shape: [2, 2]))) { try Tensor([1, 2, 3], shape: [2, 2]) }
    #expect(throws: TensorError.self) { try Tensor.arange(0, .infinity) }
    #expect(throws: TensorError.self) { try Tensor.arange(0, 1, step: 0.0) }
    #expect(throws: TensorError.self) { try Tensor.arange(Int.min, Int.max) }
    #expect(throws: TensorError.self) { try Tensor.zeros(Shape([1 << 50])) }
  }

  @Test func `only one element makes a number`() throws {
    #expect(try Tensor([[2.5][0]], shape: [1, 1]).item() == 2.5)
    #expect(try Tensor([Int.max]).intItem() == Int.max)
    #expect(throws: TensorError(.notOneElement(shape: [2]))) { try Tensor([1, 2]).item() }
  }

  @Test func `hashes tell values, shapes and types apart`() throws {
    let a = try Tensor([1.0, 2, 3, 4])
    let hashes = [
      hash(of: [a]), hash(of: [try a.reshape([2, 2])]), hash(of: [try a.cast(to: .float64)]), hash(of: [a, a]), hash(of: []),
      hash(of: [try -a]), hash(of: [try Tensor([1.0, 2, 3, 4.0000005])]),
    ]
    #expect(Set(hashes).count == hashes.count)
    #expect(hashes.allSatisfy { $0.count == 16 })
    #expect(hash(of: [try Tensor([1.0, 2, 3, 4])]) == hashes[0])
  }
}
