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
  /// First elements of the two matrices of each batch.
  let batches: UnsafePointer<bp_pair>
  let batchCount: Int
  let isDouble: Bool
  let added: Address?
  let addedRow: Int
  let rectifies: Bool

  init(_ product: Instruction.Product, _ arrays: CodeArrays) {
    a = product.a.buffer.address
    b = product.b.buffer.address
    out = product.out.address
    aStrides = bp_strides(rows: product.a.rowStride, columns: product.a.columnStride)
    bStrides = bp_strides(rows: product.b.rowStride, columns: product.b.columnStride)
    rows = product.rows
    inner = product.inner
    columns = product.columns
    batches = UnsafePointer(arrays.store(product.batches.map { bp_pair(a: $0.a, b: $0.b) }))
    batchCount = product.batches.count
    isDouble = product.out.dtype == .float64
    added = product.added?.address
    addedRow = product.addsRow ? 0 : product.columns
    rectifies = product.rectifies
  }

  @inline(__always)
  func run(_ slots: Slots) {
    var product = bp_product(
      a: a.raw(slots), b: b.raw(slots), out: out.raw(slots), a_strides: aStrides, b_strides: bStrides, rows: rows, inner: inner,
      columns: columns, batches: batches, batch_count: batchCount, is_double: isDouble,
      added: added.map { UnsafeRawPointer($0.raw(slots)) }, added_row: addedRow, rectifies: rectifies, threads: bp_thread_count())
    bp_product_run(&product, 0, bp_product_blocks(&product))
  }
}
