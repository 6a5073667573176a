/// The type of a tensor's elements.
public enum DType: String, BitwiseCopyable, Sendable, CaseIterable, CustomStringConvertible {
  case float32, float64, int64, bool

  public var description: String { rawValue }

  /// Bytes that one element takes.
  public var width: Int {
    switch self {
    case .float32: 4
    case .float64, .int64: 8
    case .bool: 1
    }
  }

  public var isFloat: Bool { self == .float32 || self == .float64 }
}

extension DType {
  /// The type of floats that the calling thread makes without one: `float32`, or `float64` after `precision("float64")`.
  ///
  /// Setting it to a type that is no float changes nothing.
  public static var defaultFloat: DType {
    get { ComputingThread.current.defaultFloat }
    set { if newValue.isFloat { ComputingThread.current.defaultFloat = newValue } }
  }

  /// This type if it is a float, else the default float: what `exp` and `/` of whole numbers give.
  public var floating: DType { isFloat ? self : DType.defaultFloat }
}

extension Tensor {
  /// The type in which two tensors meet: the wider of the two, but a number of the program never widens.
  ///
  /// A float number beside whole numbers gives the default float.
  public static func commonType(_ a: Tensor, _ b: Tensor) -> DType {
    if a.isNumber != b.isNumber {
      let (tensor, number) = a.isNumber ? (b.dtype, a.dtype) : (a.dtype, b.dtype)
      if tensor.isFloat || number == .bool { return tensor }
      return number.isFloat ? .defaultFloat : .int64
    }
    return wider(a.dtype, b.dtype)
  }

  /// The type in which at least one tensor and maybe more meet.
  public static func commonType(of tensors: [Tensor]) -> DType {
    tensors.reduce(tensors[0]) { commonType($0, $1) == $0.dtype ? $0 : $1 }.dtype
  }

  private static func wider(_ a: DType, _ b: DType) -> DType {
    if a == b { return a }
    switch (a, b) {
    case (.bool, let other), (let other, .bool): return other
    case (.int64, let other), (let other, .int64): return other
    default: return .float64
    }
  }
}
