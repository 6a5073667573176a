import CKernels

struct SumCode: PartedCode {
  let x: Address
  let out: Address
  let outer: Int
  let length: Int
  let inner: Int
  let isDouble: Bool
  /// Of the outer dimension, or where that is one, of the inner.
  let parts: Parts

  init(_ x: Buffer, into out: Buffer, outer: Int, length: Int, inner: Int) {
    self.x = x.address
    self.out = out.address
    self.outer = outer
    self.length = length
    self.inner = inner
    isDouble = x.dtype == .float64
    parts =
      outer == 1
      ? Parts(inner, bytes: length * x.dtype.width, unit: 16) : Parts(outer, bytes: length * inner * x.dtype.width)
  }

  func run(_ items: Range<Int>, _ slots: Slots) {
    if isDouble {
      run(items, slots, Double.self, { bp_sum_f64($0, $1) }, { bp_sum_rows_f64($0, $1, $2, $3, $4) })
    } else {
      run(items, slots, Float.self, { Float(bp_sum_f32($0, $1)) }, { bp_sum_rows_f32($0, $1, $2, $3, $4) })
    }
  }

  @inline(__always)
  private func run<T: BitwiseCopyable>(
    _ items: Range<Int>, _ slots: Slots, _: T.Type, _ line: (UnsafePointer<T>, Int) -> T,
    _ rows: (UnsafePointer<T>, Int, Int, Int, UnsafeMutablePointer<T>) -> Void
  ) {
    let (x, out) = (x(slots, as: T.self), out(slots, as: T.self))
    if inner == 1 {
      for i in outer == 1 ? 0..<1 : items { out[i] = line(x + i * length, length) }
    } else if outer == 1 {
      rows(x + items.lowerBound, inner, length, items.count, out + items.lowerBound)
    } else {
      for i in items { rows(x + i * length * inner, inner, length, inner, out + i * inner) }
    }
  }
}

struct RowsCode: PartedCode {
  let function: Instruction.RowFunction
  let x: Address
  let out: Address
  let columns: Int
  let isDouble: Bool
  let parts: Parts

  init(_ function: Instruction.RowFunction, _ x: Buffer, into out: Buffer, rows: Int, columns: Int) {
    self.function = function
    self.x = x.address
    self.out = out.address
    self.columns = columns
    isDouble = x.dtype == .float64
    // Each entry is raised to a power, which takes longer than to move it.
    parts = Parts(rows, bytes: 4 * columns * x.dtype.width)
  }

  func run(_ items: Range<Int>, _ slots: Slots) {
    switch (function, isDouble) {
    case (.softmax, false): run(items, slots, bp_softmax_f32)
    case (.softmax, true): run(items, slots, bp_softmax_f64)
    case (.logSoftmax, false): run(items, slots, bp_log_softmax_f32)
    case (.logSoftmax, true): run(items, slots, bp_log_softmax_f64)
    case (.logsumexp, false): run(items, slots, bp_logsumexp_f32, width: 1)
    case (.logsumexp, true): run(items, slots, bp_logsumexp_f64, width: 1)
    }
  }

  /// - Parameter width: entries of a row of the result; none for as many as are read.
  @inline(__always)
  private func run<T: BitwiseCopyable>(
    _ rows: Range<Int>, _ slots: Slots, _ kernel: (UnsafePointer<T>?, UnsafeMutablePointer<T>?, Int, Int) -> Void,
    width: Int? = nil
  ) {
    let first = rows.lowerBound
    kernel(x(slots, as: T.self) + first * columns, out(slots, as: T.self) + first * (width ?? columns), rows.count, columns)
  }
}

struct SoftmaxLossCode: PartedCode {
  let logits: Address
  let places: PlaceList
  let taken: Address
  let gradient: Address
  let upstream: Double
  let isDouble: Bool
  let parts: Parts

  init(_ loss: Instruction.SoftmaxLoss) {
    logits = loss.logits.address
    places = PlaceList(loss.places, length: loss.columns)
    taken = loss.taken.address
    gradient = loss.gradient.address
    upstream = loss.upstream
    isDouble = loss.logits.dtype == .float64
    parts = Parts(loss.rows, bytes: 6 * loss.columns * loss.logits.dtype.width)
  }

  func run(_ rows: Range<Int>, _ slots: Slots) {
    let (first, columns) = (rows.lowerBound, places.length)
    let places = places.address(slots, as: Int64.self) + first
    if isDouble {
      bp_softmax_loss_f64(
        logits(slots, as: Double.self) + first * columns, places, upstream, taken(slots, as: Double.self) + first,
        gradient(slots, as: Double.self) + first * columns, rows.count, columns)
    } else {
      bp_softmax_loss_f32(
        logits(slots, as: Float.self) + first * columns, places, Float(upstream), taken(slots, as: Float.self) + first,
        gradient(slots, as: Float.self) + first * columns, rows.count, columns)
    }
  }
}
