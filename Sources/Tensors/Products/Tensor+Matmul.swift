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
    case .float32: return try loop.products(result, Float.self) { bp_matmul_f32($0, $1, $2, $3, $4, $5, $6, $7, false) }
    case .float64: return try loop.products(result, Double.self) { bp_matmul_f64($0, $1, $2, $3, $4, $5, $6, $7, false) }
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
  private let pairs: [(left: Int, right: Int)]

  init(_ left: MatrixStack, _ right: MatrixStack, _ batches: Shape) {
    self.left = left
    self.right = right
    if batches.rank == 0 {
      pairs = [(0, 0)]
    } else {
      pairs = (0..<batches.count).map { batch in
        (MatrixLoop.place(batch, of: batches, in: left.batches), MatrixLoop.place(batch, of: batches, in: right.batches))
      }
    }
  }

  private static func place(_ batch: Int, of batches: Shape, in stack: Shape) -> Int {
    let strides = StridedView(stack).expanded(to: batches).strides
    return zip(strides, batches.strides).enumerated().reduce(0) { sum, entry in
      sum + batch / entry.element.1 % batches[entry.offset] * entry.element.0
    }
  }

  func products<T: Element>(
    _ result: Shape, _: T.Type,
    _ kernel: (UnsafePointer<T>?, bp_strides, UnsafePointer<T>?, bp_strides, UnsafeMutablePointer<T>?, Int, Int, Int) -> Void
  ) throws(TensorError) -> Tensor {
    try Tensor(result, of: T.self) { out throws(TensorError) in
      try left.tensor.withElements(T.self) { a throws(TensorError) in
        try right.tensor.withElements(T.self) { b throws(TensorError) in
          guard let a = a.baseAddress, let b = b.baseAddress, let out = out.baseAddress else { return }
          var work = 0
          for (batch, pair) in pairs.enumerated() {
            for row in stride(from: 0, to: left.rows, by: rowsAtOnce) {
              let height = Swift.min(rowsAtOnce, left.rows - row)
              kernel(
                a + pair.left * left.rows * left.columns + row * left.strides.rows, left.strides,
                b + pair.right * right.rows * right.columns, right.strides,
                out + (batch * left.rows + row) * right.columns, height, left.columns, right.columns)
              work += height * left.columns * right.columns
              if work > MatrixLoop.workBetweenQuestions {
                try Interruption.check()
                work = 0
              }
            }
          }
        }
      }
    }
  }

  /// Multiply-adds, some milliseconds of them.
  private static let workBetweenQuestions = 1 << 27

  /// Rows of the left matrix for one call of the kernel: no row's sums depend on which others are worked on with it.
  private var rowsAtOnce: Int { Swift.max(MatrixLoop.workBetweenQuestions / Swift.max(left.columns * right.columns, 1), 64) }

  func wholeNumberProducts(_ result: Shape) throws(TensorError) -> Tensor {
    var failure: TensorError?
    let product = try products(result, Int.self) { a, aStrides, b, bStrides, out, rows, inner, columns in
      guard let a, let b, let out else { return }
      var overflows = false
      for i in 0..<rows {
        let sums = out + i * columns
        sums.update(repeating: 0, count: columns)
        for k in 0..<inner {
          let factor = a[i * aStrides.rows + k * aStrides.columns]
          let right = b + k * bStrides.rows
          for j in 0..<columns {
            let (product, tooLarge) = factor.multipliedReportingOverflow(by: right[j * bStrides.columns])
            let (sum, beyond) = sums[j].addingReportingOverflow(product)
            overflows = overflows || tooLarge || beyond
            sums[j] = sum
          }
        }
      }
      if overflows { failure = TensorError(.integerOverflow(operation: "matmul")) }
    }
    if let failure { throw failure }
    return product
  }
}
