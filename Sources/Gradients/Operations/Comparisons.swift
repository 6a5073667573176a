import Tensors

extension Operation {
  static let comparisons = [
    equal, notEqual, less, lessEqual, greater, greaterEqual, isNaN, isFinite, and, or, not,
  ]

  public static let equal = constant("equal", ofPairs: { try Tensor.compare(.equal, $0, $1) })
  public static let notEqual = constant("not_equal", ofPairs: { try Tensor.compare(.notEqual, $0, $1) })
  public static let less = constant("less", ofPairs: { try Tensor.compare(.less, $0, $1) })
  public static let lessEqual = constant("less_equal", ofPairs: { try Tensor.compare(.lessEqual, $0, $1) })
  public static let greater = constant("greater", ofPairs: { try Tensor.compare(.greater, $0, $1) })
  public static let greaterEqual = constant("greater_equal", ofPairs: { try Tensor.compare(.greaterEqual, $0, $1) })
  public static let isNaN = constant("isnan") { try $0.isnan() }
  public static let isFinite = constant("isfinite") { try $0.isfinite() }
  public static let and = constant("and", ofPairs: { try $0.logicalAnd($1) })
  public static let or = constant("or", ofPairs: { try $0.logicalOr($1) })
  public static let not = constant("not") { try $0.logicalNot() }
}
