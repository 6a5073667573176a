import Glibc

/// How the numbers of one tensor are written, so that they line up.
enum NumberFormat: Equatable {
  case whole, bool
  /// Four decimals.
  case fixed
  /// Four decimals and a power of ten.
  case scientific

  /// Floats are written with a power of ten where their sizes differ by more than 10⁵, or where four decimals show too little or
  /// too much of all of them.
  init(_ dtype: DType, _ values: [Double]) {
    switch dtype {
    case .int64: self = .whole
    case .bool: self = .bool
    case .float32, .float64:
      let sizes = values.lazy.filter { $0 != 0 && $0.isFinite }.map { abs($0) }
      let largest = sizes.max() ?? 1
      let smallest = sizes.min() ?? 1
      self = largest / smallest > 1e5 || largest < 1e-3 || largest >= 1e8 ? .scientific : .fixed
    }
  }

  func text(_ value: Double) -> String {
    if self == .bool { return value == 0 ? "False" : "True" }
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return NumberFormat.printed(value, self == .scientific ? "%.4e" : "%.4f")
  }

  private static func printed(_ value: Double, _ format: String) -> String {
    withVaList([value]) { arguments in
      String(unsafeUninitializedCapacity: 32) { buffer in
        buffer.withMemoryRebound(to: CChar.self) { min(max(Int(vsnprintf($0.baseAddress, $0.count, format, arguments)), 0), 31) }
      }
    }
  }
}

extension Tensor {
  /// The element at a place as the shortest text that gives it back in its own type.
  func shortestText(at place: Int) -> String {
    switch dtype {
    case .float32: withElements(Float.self) { $0[place].description }
    case .float64: withElements(Double.self) { $0[place].description }
    case .int64: withElements(Int.self) { $0[place].description }
    case .bool: withElements(Bool.self) { $0[place] ? "True" : "False" }
    }
  }
}
