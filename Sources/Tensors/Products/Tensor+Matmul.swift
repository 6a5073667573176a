import CKernels

extension Tensor {
  /// The matrix product by NumPy's rules: vectors count as a row on the left and a column on the right, leading dimensions are
  /// batches and broadcast. `transposeA` and `transposeB` swap the last two dimensions without a copy.
  public static func matmul(
    _ a: Tensor, _ b: Tensor, transposeA: Bool = false, transposeB: Bool = false
  ) throws(TensorError) -> Tensor {
    guard a.rank > 0, b.rank > 0 else {
      throw TensorError(
        .wrongRank(operation: "matmul", shape: a.rank == 0 ? a.shape : b.shape, expected: "at least one dimension"))
    }
    let common = commonType(a, b)
    let dtype = common == .bool ? DType.int64 : common
    let left = MatrixStack(try a.cast(to: dtype), isLeft: true, transposed: transposeA)
    let right = MatrixStack(try b.cast(to: dtype), isLeft: false, transposed: transposeB)
    guard left.columns == right.rows else {
      throw TensorError(.innerSizesDiffer(operation: "matmul", left: a.shape, right: b.shape))
    }
    guard let batches = left.batches.broadcast(with: right.batches) else {
      throw TensorError(.shapesDiffer(operation: "matmul", left: a.shape, right: b.shape))
    }
    let sizes = batches.dimensions + (a.rank > 1 ? [left.rows] : []) + (b.rank > 1 ? [right.columns] : [])
    let result = try Shape(sizes)
    let loop = MatrixLoop(left, right, batches)
    switch dtype {
    case .float32: return try loop.products(result, Float.self)
    case .float64: return try loop.products(result, Double.self)
    case .int64, .bool: return try loop.wholeNumberProducts(result)
    }
  }
}

/// A tensor seen as matrices, one for each batch.
private struct MatrixStack {
  let tensor: Tensor
  let batches: Shape
  let rows: Int
  let columns: Int
  let strides: bp_strides

  init(_ tensor: Tensor, isLeft: Bool, transposed: Bool) {
    self.tensor = tensor
    let sizes = tensor.shape.dimensions
    guard sizes.count > 1 else {
      (rows, columns) = isLeft ? (1, sizes[0]) : (sizes[0], 1)
      strides = bp_strides(rows: isLeft ? 0 : 1, columns: isLeft ? 1 : 0)
      batches = .scalar
      return
    }
    let (height, width) = (sizes[sizes.count - 2], sizes[sizes.count - 1])
    batches = Shape(valid: Array(sizes.dropLast(2)), count: sizes.dropLast(2).reduce(1, *))
    (rows, columns) = transposed ? (width, height) : (height, width)
    strides = transposed ? bp_strides(rows: 1, columns: width) : bp_strides(rows: width, columns: 1)
  }
}

/// The products of two stacks of matrices, batch by batch.
private struct MatrixLoop {
  let left: MatrixStack
  let right: MatrixStack
  /// The matrix of each stack for each batch.
  private let pairs: [bp_pair]

  init(_ left: MatrixStack, _ right: MatrixStack, _ batches: Shape) {
    self.left = left
    self.right = right
    if batches.rank == 0 {
      pairs = [bp_pair(a: 0, b: 0)]
    } else {
      pairs = (0..<batches.count).map { batch in
        bp_pair(
          a: MatrixLoop.place(batch, of: batches, in: left.batches) * left.rows * left.columns,
          b: MatrixLoop.place(batch, of: batches, in: right.batches) * right.rows * right.columns)
      }
    }
  }

  private static func place(_ batch: Int, of batches: Shape, in stack: Shape) -> Int {
    let strides = StridedView(stack).expanded(to: batches).strides
    return zip(strides, batches.strides).enumerated().reduce(0) { sum, entry in
      sum + batch / entry.element.1 % batches[entry.offset] * entry.element.0
    }
  }

  func products<T: Element>(_ result: Shape, _: T.Type) throws(TensorError) -> Tensor {
    try Tensor(result, of: T.self) { out throws(TensorError) in
      try left.tensor.withElements(T.self) { a throws(TensorError) in
        try right.tensor.withElements(T.self) { b throws(TensorError) in
          try pairs.withUnsafeBufferPointer { pairs throws(TensorError) in
            try ProductLoop(
              bp_product(
                a: a.baseAddress, b: b.baseAddress, out: out.baseAddress, a_strides: left.strides, b_strides: right.strides,
                rows: left.rows, inner: left.columns, columns: right.columns, batches: pairs.baseAddress,
                batch_count: pairs.count, is_double: T.dtype == .float64, added: nil, added_row: 0,
                rectifies: false, threads: bp_thread_count())
            ).run()
          }
        }
      }
    }
  }

  func wholeNumberProducts(_ result: Shape) throws(TensorError) -> Tensor {
    try Tensor(result, of: Int.self) { out throws(TensorError) in
      try left.tensor.withElements(Int.self) { a throws(TensorError) in
        try right.tensor.withElements(Int.self) { b throws(TensorError) in
          var work = 0
          for row in 0..<pairs.count * left.rows {
            let pair = pairs[row / left.rows]
            let sums = UnsafeMutableBufferPointer(rebasing: out[row * right.columns..<(row + 1) * right.columns])
            try add(a[(pair.a + row % left.rows * left.strides.rows)...], b[pair.b...], to: sums)
            work += left.columns * right.columns
            if work > MatrixLoop.workBetweenQuestions {
              try Interruption.check()
              work = 0
            }
          }
        }
      }
    }
  }

  /// Multiply-adds of whole numbers, some milliseconds of them.
  private static let workBetweenQuestions = 1 << 23

  /// One row of a product.
  private func add(
    _ a: Slice<UnsafeBufferPointer<Int>>, _ b: Slice<UnsafeBufferPointer<Int>>, to sums: UnsafeMutableBufferPointer<Int>
  ) throws(TensorError) {
    sums.update(repeating: 0)
    var overflows = false
    for k in 0..<left.columns {
      let factor = a[a.startIndex + k * left.strides.columns]
      let start = b.startIndex + k * right.strides.rows
      for j in sums.indices {
        let (product, tooLarge) = factor.multipliedReportingOverflow(by: b[start + j * right.strides.columns])
        let (sum, beyond) = sums[j].addingReportingOverflow(product)
        overflows = overflows || tooLarge || beyond
        sums[j] = sum
      }
    }
    if overflows { throw TensorError(.integerOverflow(operation: "matmul")) }
  }
}
