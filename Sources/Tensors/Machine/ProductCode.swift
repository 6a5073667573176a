import CKernels

struct ProductCode: BitwiseCopyable {
  let a: Address
  let b: Address
  let out: Address
  let aStrides: bp_strides
  let bStrides: bp_strides
  let rows: Int
  let inner: Int
  let columns: Int
  let batches: UnsafePointer<Pair>
  let batchCount: Int
  let isDouble: Bool
  let adds: Bool

  /// First elements of the two matrices of a batch.
  struct Pair: BitwiseCopyable {
    let a: Int
    let b: Int
  }

  init(_ product: Instruction.Product, _ arrays: CodeArrays) {
    a = product.a.buffer.address
    b = product.b.buffer.address
    out = product.out.address
    aStrides = bp_strides(rows: product.a.rowStride, columns: product.a.columnStride)
    bStrides = bp_strides(rows: product.b.rowStride, columns: product.b.columnStride)
    rows = product.rows
    inner = product.inner
    columns = product.columns
    batches = UnsafePointer(arrays.store(product.batches.map { Pair(a: $0.a, b: $0.b) }))
    batchCount = product.batches.count
    isDouble = product.out.dtype == .float64
    adds = product.addsToOut
  }

  @inline(__always)
  func run(_ slots: Slots) {
    if isDouble {
      run(slots, Double.self) { bp_matmul_f64($0, $1, $2, $3, $4, $5, $6, $7, adds) }
    } else {
      run(slots, Float.self) { bp_matmul_f32($0, $1, $2, $3, $4, $5, $6, $7, adds) }
    }
  }

  @inline(__always)
  private func run<T: BitwiseCopyable>(
    _ slots: Slots, _: T.Type,
    _ kernel: (UnsafePointer<T>, bp_strides, UnsafePointer<T>, bp_strides, UnsafeMutablePointer<T>, Int, Int, Int) -> Void
  ) {
    let (a, b, out) = (a(slots, as: T.self), b(slots, as: T.self), out(slots, as: T.self))
    for i in 0..<batchCount {
      kernel(a + batches[i].a, aStrides, b + batches[i].b, bStrides, out + i * rows * columns, rows, inner, columns)
    }
  }
}
