import Execution
import Gradients
import Tensors

// The language's operators.
extension Variable {
  /// Whether it can stand between brackets for rows.
  var isListOfPlaces: Bool { dtype == .int64 && shape.rank > 0 }

  func applying(_ operation: Execution.BinaryOperation, _ other: Variable) throws(TensorError) -> Variable {
    if case .matrixMultiply = operation { return try matmul(other) }
    return try Variable.apply(operation.operation, .two(self, other))
  }

  func comparing(_ comparison: Execution.Comparison, _ other: Variable) throws(TensorError) -> Variable {
    switch comparison {
    case .equal: try equal(other)
    case .notEqual: try notEqual(other)
    case .less: try less(other)
    case .lessOrEqual: try lessEqual(other)
    case .greater: try greater(other)
    case .greaterOrEqual: try greaterEqual(other)
    }
  }
}
