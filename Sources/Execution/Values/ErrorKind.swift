/// The kinds of errors, which are the types that `raise` and `except` name.
public enum ErrorKind: String, CaseIterable, Sendable {
  case exception = "Exception"
  case syntaxError = "SyntaxError"
  case nameError = "NameError"
  case typeError = "TypeError"
  case shapeError = "ShapeError"
  case valueError = "ValueError"
  case indexError = "IndexError"
  case keyError = "KeyError"
  case attributeError = "AttributeError"
  case importError = "ImportError"
  case zeroDivisionError = "ZeroDivisionError"
  case overflowError = "OverflowError"
  case arithmeticError = "ArithmeticError"
  case numericalError = "NumericalError"
  case fileError = "FileError"
  case recursionError = "RecursionError"
  case memoryError = "MemoryError"
  case assertionError = "AssertionError"
  case keyboardInterrupt = "KeyboardInterrupt"

  /// The more general kind that this one is too; nil at the top. `Exception` is over all but KeyboardInterrupt.
  public var parent: ErrorKind? {
    switch self {
    case .exception, .keyboardInterrupt: nil
    case .shapeError: .valueError
    case .zeroDivisionError, .overflowError, .numericalError: .arithmeticError
    default: .exception
    }
  }

  public func isKind(of other: ErrorKind) -> Bool {
    var kind: ErrorKind? = self
    while let current = kind {
      if current == other { return true }
      kind = current.parent
    }
    return false
  }
}
