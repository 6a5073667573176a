import Tensors
import Testing

@Suite struct ArithmeticTests {
  private static let left = [7.0, -7.5, 2.25, 0.5, 3.0, -1.0]
  private static let right = [2.0, -3.0, 0.5]

  @Test(arguments: [
    (BinaryOperation.add, [9.0, -10.5, 2.75, 2.5, 0.0, -0.5]),
    (.subtract, [5.0, -4.5, 1.75, -1.5, 6.0, -1.5]),
    (.multiply, [14.0, 22.5, 1.125, 1.0, -9.0, -0.5]),
    (.divide, [3.5, 2.5, 4.5, 0.25, -1.0, -2.0]),
    (.floorDivide, [3.0, 2.0, 4.0, 0.0, -1.0, -2.0]),
    (.remainder, [1.0, -1.5, 0.25, 0.5, 0.0, 0.0]),
    (.maximum, [7.0, -3.0, 2.25, 2.0, 3.0, 0.5]),
    (.minimum, [2.0, -7.5, 0.5, 0.5, -3.0, -1.0]),
    (
      .atan2,
      [1.2924966677897853, -1.9513027039072615, 1.3521273809209546, 0.24497866312686414, 2.356194490192345, -1.1071487177940904]
    ),
  ])
  func `a row meets every row of a matrix, as in NumPy`(operation: BinaryOperation, results: [Double]) throws {
    for (dtype, tolerance) in [(DType.float64, 1e-15), (.float32, 2e-7)] {
      let a = try Tensor(ArithmeticTests.left, shape: [2, 3], dtype: dtype)
      let found = try Tensor.combine(operation, a, Tensor(ArithmeticTests.right, dtype: dtype))
      #expect(found.shape == [2, 3])
      #expect(found.dtype == dtype)
      for (y, expected) in zip(found.doubles, results) { #expect(abs(y - expected) <= tolerance * max(abs(expected), 1)) }
    }
  }

  @Test func `powers agree with NumPy`() throws {
    let a = try Tensor(ArithmeticTests.left, shape: [2, 3], dtype: .float64).abs()
    let found = try a.power(Tensor(ArithmeticTests.right, dtype: .float64)).doubles
    for (y, expected) in zip(found, [49.0, 0.0023703703703703703, 1.5, 0.25, 0.037037037037037035, 1.0]) {
      #expect(abs(y - expected) < 1e-15)
    }
  }

  @Test(
    arguments: [
      ([2, 3], [2, 3]), ([2, 3], [3]), ([3], [2, 3]), ([2, 1], [1, 3]), ([2, 1, 4], [3, 1]), ([], [2, 2]), ([2, 0], [1]),
      ([1, 3], [0, 1]),
      ([2, 3, 1, 5], [3, 4, 1]), ([4, 1, 1], [4, 2, 3]),
    ] as [([Int], [Int])])
  func `broadcasting agrees with expanding first`(left: [Int], right: [Int]) throws {
    let (a, b) = (try counting(left), try counting(right))
    let shape = try #require(a.shape.broadcast(with: b.shape))
    let (wide, other) = (try a.expand(to: shape), try b.expand(to: shape))
    let found = try a.subtract(b * 10)
    #expect(found.shape == shape)
    #expect(found.doubles == zip(wide.doubles, other.doubles).map { $0 - 10 * $1 })
    #expect(try Tensor.compare(.less, a, b).bools == zip(wide.doubles, other.doubles).map { $0 < $1 })
    #expect(try Tensor.where(Tensor.compare(.less, a, b), a, b).doubles == zip(wide.doubles, other.doubles).map { min($0, $1) })
    let (i, j) = (try a.cast(to: .int64), try b.cast(to: .int64))
    #expect(try i.multiply(j).ints() == zip(wide.doubles, other.doubles).map { Int($0 * $1) })
  }

  private func counting(_ sizes: [Int]) throws -> Tensor {
    let shape = try Shape(sizes)
    return try Tensor((0..<shape.count).map { Double($0 + 1) }, shape: shape)
  }

  @Test(arguments: [
    (DType.float32, DType.float32, DType.float32), (.float32, .float64, .float64), (.int64, .float32, .float32),
    (.int64, .float64, .float64), (.bool, .float32, .float32), (.bool, .int64, .int64), (.int64, .int64, .int64),
    (.bool, .bool, .int64),
  ])
  func `two types meet in the wider one`(left: DType, right: DType, result: DType) throws {
    let (a, b) = (try Tensor.ones([2], dtype: left), try Tensor.ones([2], dtype: right))
    #expect(try (a + b).dtype == result)
    #expect(try (b + a).doubles == [2, 2])
    #expect(try (a / b).dtype == (result.isFloat ? result : .float32))
  }

  @Test func `a number of the program never widens a tensor`() throws {
    #expect(try (Tensor.ones([2], dtype: .float32) * 2.5).dtype == .float32)
    #expect(try (Tensor.ones([2], dtype: .float64) * 2.5).dtype == .float64)
    #expect(try (Tensor([1, 2]) * 2.5).dtype == .float32)
    #expect(try Tensor([1, 2]).multiply(.number(2)).dtype == .int64)
    #expect(try Tensor([true]).add(.number(2)).ints() == [3])
    #expect(try Tensor.ones([2], dtype: .float32).maximum(.number(3)).dtype == .float32)
  }

  @Test(arguments: [
    (7, 2, 3, 1), (-7, 2, -4, 1), (7, -2, -4, -1), (-7, -2, 3, -1), (6, -3, -2, 0), (0, 5, 0, 0), (Int.max, 1, Int.max, 0),
  ])
  func `whole numbers divide downwards`(a: Int, b: Int, quotient: Int, rest: Int) throws {
    #expect(try Tensor([a]).floorDivide(Tensor([b])).ints() == [quotient])
    #expect(try Tensor([a]).remainder(Tensor([b])).ints() == [rest])
  }

  @Test(arguments: [
    (BinaryOperation.add, Int.max, 1, TensorError.Kind.integerOverflow(operation: "add")),
    (.subtract, Int.min, 1, .integerOverflow(operation: "subtract")),
    (.multiply, Int.max, 2, .integerOverflow(operation: "multiply")),
    (.power, 10, 19, .integerOverflow(operation: "power")),
    (.floorDivide, Int.min, -1, .integerOverflow(operation: "floor_divide")),
    (.floorDivide, 1, 0, .divisionByZero(operation: "floor_divide")), (.remainder, 1, 0, .divisionByZero(operation: "remainder")),
    (
      .power, 2, -1,
      .badArgument(operation: "power", argument: "the exponent", value: "-1", rule: "of whole numbers must not be negative")
    ),
  ])
  func `whole numbers out of range are errors`(operation: BinaryOperation, a: Int, b: Int, kind: TensorError.Kind) throws {
    #expect(throws: TensorError(kind)) { try Tensor.combine(operation, Tensor([a]), Tensor([b])) }
  }

  @Test func `comparisons give bools, and nan equals nothing`() throws {
    let x = try Tensor([1, .nan, 3] as [Double])
    #expect(try Tensor.compare(.lessEqual, x, .number(1)).bools == [true, false, false])
    #expect(try Tensor.compare(.equal, x, x).bools == [true, false, true])
    #expect(try x.isnan().bools == [false, true, false])
    #expect(try Tensor([1, .nan, .infinity] as [Double]).isfinite().bools == [true, false, false])
    #expect(try Tensor([1, 2]).isfinite().bools == [true, true])
    #expect(try x.maximum(.number(2)).doubles.map { $0.isNaN } == [false, true, false])
  }

  @Test func `logic is for bools`() throws {
    let (a, b) = (try Tensor([true, true, false]), try Tensor([true, false, false]))
    #expect(try a.logicalAnd(b).bools == [true, false, false])
    #expect(try a.logicalOr(b).bools == [true, true, false])
    #expect(try a.logicalNot().bools == [false, false, true])
    #expect(throws: TensorError(.wrongType(operation: "&", dtype: .int64, expected: "bools"))) { try Tensor([1]).logicalAnd(a) }
  }

  @Test func `clip holds elements between two bounds`() throws {
    #expect(try Tensor([-1.0, 0.5, 9]).clip(.number(0), .number(1)).doubles == [0, 0.5, 1])
    #expect(try Tensor([-1.0, 9]).clip(nil, .number(1)).doubles == [-1, 1])
  }
}
