import Tensors

// Arithmetic as a person writes it. A number takes the type of the variable beside it, and never widens it.
extension Variable {
  public static func + (a: Variable, b: Variable) throws(TensorError) -> Variable { try a.apply(.add, with: b) }
  public static func - (a: Variable, b: Variable) throws(TensorError) -> Variable { try a.apply(.subtract, with: b) }
  public static func * (a: Variable, b: Variable) throws(TensorError) -> Variable { try a.apply(.multiply, with: b) }
  public static func / (a: Variable, b: Variable) throws(TensorError) -> Variable { try a.apply(.divide, with: b) }
  public static prefix func - (a: Variable) throws(TensorError) -> Variable { try a.apply(.negate) }

  public static func + (a: Variable, b: Double) throws(TensorError) -> Variable { try a + a.number(b) }
  public static func - (a: Variable, b: Double) throws(TensorError) -> Variable { try a - a.number(b) }
  public static func * (a: Variable, b: Double) throws(TensorError) -> Variable { try a * a.number(b) }
  public static func / (a: Variable, b: Double) throws(TensorError) -> Variable { try a / a.number(b) }

  public static func + (a: Double, b: Variable) throws(TensorError) -> Variable { try b.number(a) + b }
  public static func - (a: Double, b: Variable) throws(TensorError) -> Variable { try b.number(a) - b }
  public static func * (a: Double, b: Variable) throws(TensorError) -> Variable { try b.number(a) * b }
  public static func / (a: Double, b: Variable) throws(TensorError) -> Variable { try b.number(a) / b }

  public func power(_ exponent: Variable) throws(TensorError) -> Variable { try apply(.power, with: exponent) }
  public func power(_ exponent: Double) throws(TensorError) -> Variable { try power(number(exponent)) }
}
