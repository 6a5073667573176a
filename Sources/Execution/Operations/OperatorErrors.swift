import Checking
import Parsing

extension RuntimeError {
  static func overflow(_ expression: String) -> RuntimeError {
    RuntimeError(
      .overflowError, "\(expression) does not fit into an int of 64 bits",
      help: "compute with floats: write a number with a point, or float(x)")
  }

  static func zeroDivision(_ sign: String, _ dividend: Number) -> RuntimeError {
    let text =
      switch dividend {
      case .int(let number): String(number)
      case .float(let number): FloatText.repr(number)
      }
    return RuntimeError(.zeroDivisionError, "division by zero: \(text) \(sign) 0", help: "check for zero first")
  }

  static func nestedTooDeep(_ deed: String) -> RuntimeError {
    RuntimeError(.recursionError, "the value is nested too deep to \(deed)", help: "does it contain itself?")
  }

  fileprivate static func help(_ operation: BinaryOperation, _ a: Value, _ b: Value) -> String? {
    switch (a.boxed, b.boxed) {
    case (.string, _) where operation == .modulo: return "format with an f-string: f\"{x:.2f}\""
    case (.string, .int), (.string, .float), (.string, .foreign): return operation == .add ? "make the number text: str(x)" : nil
    case (.int, .string), (.float, .string): return "make the text a number: int(x) or float(x)"
    case (.none, _), (_, .none): return "one side is None: does a function lack its return?"
    default: break
    }
    for side in [a, b] {
      if case .list = side, let text = try? side.representation(), text.count <= 40 { return "tensor(\(text))" }
      if case .list = side { return "make the list a tensor: tensor(x)" }
    }
    return nil
  }
}

extension Machine {
  /// The error for an operator that does not take such operands, at the one that is None where there is one.
  func unsupported(_ operation: BinaryOperation, _ a: Value, _ b: Value) -> RuntimeError {
    var missing: Expression?
    if a.isNone || b.isNone, case .binary(_, let left, let right)? = runningExpression?.kind { missing = a.isNone ? left : right }
    let reason = helpForNone(missing)
    return RuntimeError(
      .typeError, "\(operation.rawValue) does not take \(a.typeName.withArticle) and \(b.typeName.withArticle)",
      help: reason ?? RuntimeError.help(operation, a, b), span: reason == nil ? nil : missing?.span)
  }
}

extension String {
  /// A type's name as errors speak of a value of it: `a string`, `an int`, `None`.
  public var withArticle: String { Given(self).noun }
}
