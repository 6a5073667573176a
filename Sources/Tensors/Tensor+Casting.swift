import CKernels

extension Tensor {
  /// The same values in another type: floats are cut towards zero for `int64`, and all but 0 are true for `bool`.
  ///
  /// Throws an `OverflowError` for a float without an int64 value.
  public func cast(to target: DType) throws(TensorError) -> Tensor {
    if dtype == target { return isNumber ? Tensor(self, shape: shape) : self }
    switch (dtype, target) {
    case (.float64, .float32):
      return try converted(Double.self, Float.self, bp_float_from_double)
    case (.float32, .float64):
      return try converted(Float.self, Double.self, bp_double_from_float)
    case (.float32, .int64):
      return try mapped(Float.self, Int.self) { value throws(TensorError) in try wholeNumber(Double(value)) }
    case (.float64, .int64): return try mapped(Double.self, Int.self, wholeNumber)
    case (.float32, _): return try mapped(Float.self, Bool.self) { $0 != 0 }
    case (.float64, _): return try mapped(Double.self, Bool.self) { $0 != 0 }
    case (.int64, .float32): return try mapped(Int.self, Float.self) { Float($0) }
    case (.int64, .float64): return try mapped(Int.self, Double.self) { Double($0) }
    case (.int64, _): return try mapped(Int.self, Bool.self) { $0 != 0 }
    case (.bool, .float32): return try mapped(Bool.self, Float.self) { $0 ? 1 : 0 }
    case (.bool, .float64): return try mapped(Bool.self, Double.self) { $0 ? 1 : 0 }
    case (.bool, _): return try mapped(Bool.self, Int.self) { $0 ? 1 : 0 }
    }
  }

  /// A tensor of this shape made by a kernel that gets some neighbours and their count.
  private func converted<T: Element, U: Element>(
    _: T.Type, _: U.Type, _ kernel: (UnsafePointer<T>, UnsafeMutablePointer<U>, Int) -> Void
  ) throws(TensorError) -> Tensor {
    try Tensor(shape, of: U.self) { out throws(TensorError) in
      try withElements(T.self) { x throws(TensorError) in
        guard let x = x.baseAddress, let out = out.baseAddress else { return }
        try Interruption.inParts(of: count) { start, length in kernel(x + start, out + start, length) }
      }
    }
  }

  /// A tensor of this shape with `body` of each element.
  @inline(__always)
  func mapped<T: Element, U: Element>(_: T.Type, _: U.Type, _ body: (T) throws(TensorError) -> U) throws(TensorError) -> Tensor {
    try Tensor(shape, of: U.self) { out throws(TensorError) in
      try withElements(T.self) { x throws(TensorError) in
        try Interruption.inParts(of: x.count) { start, length throws(TensorError) in
          for i in start..<start + length { out[i] = try body(x[i]) }
        }
      }
    }
  }
}

/// `value` cut towards zero.
func wholeNumber(_ value: Double) throws(TensorError) -> Int {
  guard let whole = Int(exactly: value.rounded(.towardZero)) else { throw TensorError(.notANumberAsInteger(value: "\(value)")) }
  return whole
}
