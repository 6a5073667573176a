import Tensors

/// Why a differentiation did not come to an end.
public enum GradientError: Error {
  /// Only a single number has a gradient; this has more.
  case notScalar(Shape)
  /// What is to be differentiated was computed from nothing that is tracked.
  case notRecorded
  /// What is to be differentiated has a type without derivatives.
  case notFloating(DType)
  /// A vector does not have the shape of what it is multiplied with.
  case shapeMismatch(expected: Shape, found: Shape)
  /// A direction does not have the shape of the argument that moves along it.
  case directionMismatch(expected: Shape, found: Shape)
  /// A rule written in the program gave another number of gradients than the function has operands.
  case wrongGradientCount(expected: Int, found: Int)
  /// The thread was asked to stop.
  case interrupted
  /// An operation failed.
  case operation(TensorError)
  /// The differentiated function, or a rule written in the program, failed.
  case program(any Error)
}

extension GradientError {
  /// Runs operations, and says of an error that it came from one.
  static func wrap<Result>(_ body: () throws(TensorError) -> Result) throws(GradientError) -> Result {
    do {
      return try body()
    } catch {
      throw .operation(error)
    }
  }
}
