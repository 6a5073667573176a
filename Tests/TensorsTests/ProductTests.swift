import Tensors
import Testing

@Suite struct ProductTests {
  @Test(arguments: [DType.float32, .float64, .int64])
  func `products agree with NumPy`(dtype: DType) throws {
    let product = try Tensor.matmul(counting([2, 3], dtype), counting([3, 4], from: -5, dtype))
    #expect(product.shape == [2, 4])
    #expect(product.doubles == [5, 8, 11, 14, -4, 8, 20, 32])
    let stack = try Tensor.matmul(counting([2, 3, 4], dtype), counting([4, 2], dtype))
    #expect(stack.shape == [2, 3, 2])
    #expect(stack.doubles == [28, 34, 76, 98, 124, 162, 172, 226, 220, 290, 268, 354])
    #expect(stack.dtype == dtype)
  }

  private func counting(_ sizes: [Int], from start: Double = 0, _ dtype: DType) throws -> Tensor {
    try Tensor((0..<Shape(sizes).count).map { Double($0) + start }, shape: Shape(sizes), dtype: dtype)
  }

  /// Sizes below, at and above the kernel's tiles, and beyond its blocks of the inner dimension.
  static let sizes = [
    (1, 1, 1), (1, 5, 1), (4, 2, 8), (3, 7, 17), (8, 16, 32), (9, 33, 33), (32, 64, 64), (13, 300, 50), (31, 1, 47), (2, 700, 3),
    (40, 520, 70), (1, 64, 100), (5, 3, 16), (7, 9, 31),
  ]

  @Test(arguments: sizes)
  func `kernels agree with the definition, transposed or not`(rows: Int, inner: Int, columns: Int) throws {
    var random = RandomStream(seed: 1)
    for (dtype, tolerance) in [(DType.float32, 1e-5), (.float64, 1e-13)] {
      let a = try random.normal([rows, inner], dtype: dtype)
      let b = try random.normal([inner, columns], dtype: dtype)
      let (x, y) = (a.doubles, b.doubles)
      let expected = (0..<rows * columns).map { place in
        (0..<inner).reduce(0.0) { $0 + x[place / columns * inner + $1] * y[$1 * columns + place % columns] }
      }
      let (aT, bT) = (try a.transpose(), try b.transpose())
      let products = [
        try Tensor.matmul(a, b), try Tensor.matmul(aT, b, transposeA: true), try Tensor.matmul(a, bT, transposeB: true),
        try Tensor.matmul(aT, bT, transposeA: true, transposeB: true),
      ]
      for product in products {
        #expect(product.shape == [rows, columns])
        let worst = zip(product.doubles, expected).map { abs($0 - $1) }.max() ?? 0
        #expect(worst <= tolerance * Double(inner).squareRoot() * 4)
      }
    }
  }

  @Test(
    arguments: [
      ([3], [3], []), ([3], [3, 2], [2]), ([4, 3], [3], [4]), ([2, 1, 4, 3], [5, 3, 2], [2, 5, 4, 2]),
      ([0, 3], [3, 2], [0, 2]),
      ([2, 0], [0, 3], [2, 3]), ([7, 2, 3], [3], [7, 2]),
    ] as [([Int], [Int], [Int])])
  func `shapes follow NumPy's rules`(left: [Int], right: [Int], result: [Int]) throws {
    let product = try Tensor.matmul(counting(left, .float32), counting(right, .float32))
    #expect(product.shape.dimensions == result)
    if left.contains(0) { #expect(product.doubles.allSatisfy { $0 == 0 }) }
  }

  @Test func `batches broadcast`() throws {
    let (a, b) = (try counting([2, 1, 2, 3], .float64), try counting([4, 3, 2], .float64))
    let product = try Tensor.matmul(a, b)
    for i in 0..<2 {
      for j in 0..<4 {
        let expected = try Tensor.matmul(a.subscripted([.at(i), .at(0)]), b.subscripted([.at(j)]))
        #expect(try product.subscripted([.at(i), .at(j)]).doubles == expected.doubles)
      }
    }
  }

  @Test func `sizes that do not match are named, with what to do`() throws {
    let a = try Tensor.zeros([2, 3])
    let error = #expect(throws: TensorError.self) { try Tensor.matmul(a, a) }
    #expect(error?.message == "matmul needs matching inner sizes, but got [2, 3] and [2, 3]")
    #expect(error?.help == "transpose the second one")
    #expect(error?.category == .shapeError)
    #expect(throws: TensorError(.wrongRank(operation: "matmul", shape: [], expected: "at least one dimension"))) {
      try Tensor.matmul(Tensor(1), a)
    }
  }
}
