import CKernels

struct SumCode: BitwiseCopyable {
  let x: Address
  let out: Address
  let outer: Int
  let length: Int
  let inner: Int
  let isDouble: Bool

  func run(_ slots: Slots) {
    if isDouble {
      run(slots, Double.self, { bp_sum_f64($0, $1) }, { bp_sum_rows_f64($0, $1, $2, $3) })
    } else {
      run(slots, Float.self, { Float(bp_sum_f32($0, $1)) }, { bp_sum_rows_f32($0, $1, $2, $3) })
    }
  }

  @inline(__always)
  private func run<T: BitwiseCopyable>(
    _ slots: Slots, _: T.Type, _ line: (UnsafePointer<T>, Int) -> T,
    _ rows: (UnsafePointer<T>, Int, Int, UnsafeMutablePointer<T>) -> Void
  ) {
    let (x, out) = (x(slots, as: T.self), out(slots, as: T.self))
    for i in 0..<outer {
      if inner == 1 {
        out[i] = line(x + i * length, length)
      } else {
        rows(x + i * length * inner, length, inner, out + i * inner)
      }
    }
  }
}

struct RowsCode: BitwiseCopyable {
  let function: Instruction.RowFunction
  let x: Address
  let out: Address
  let rows: Int
  let columns: Int
  let isDouble: Bool

  func run(_ slots: Slots) {
    switch (function, isDouble) {
    case (.softmax, false): bp_softmax_f32(x(slots), out(slots), rows, columns)
    case (.softmax, true): bp_softmax_f64(x(slots), out(slots), rows, columns)
    case (.logSoftmax, false): bp_log_softmax_f32(x(slots), out(slots), rows, columns)
    case (.logSoftmax, true): bp_log_softmax_f64(x(slots), out(slots), rows, columns)
    case (.logsumexp, false): bp_logsumexp_f32(x(slots), out(slots), rows, columns)
    case (.logsumexp, true): bp_logsumexp_f64(x(slots), out(slots), rows, columns)
    }
  }
}
