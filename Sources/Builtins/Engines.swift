import Execution
import Formats
import Gradients
import Learning
import Tensors

/// Runs code of the engines, and words what goes wrong as an error of the language.
func engine<Result>(_ body: () throws -> Result) throws(RuntimeError) -> Result {
  do {
    return try body()
  } catch {
    throw RuntimeError(engine: error)
  }
}

extension RuntimeError {
  /// The error of the language for an error of the engines; one of the program passes through.
  init(engine error: any Error) {
    switch error {
    case let error as RuntimeError: self = error
    case let error as TensorError:
      self.init(ErrorKind(rawValue: error.category.rawValue) ?? .valueError, error.message, help: error.help)
    case let error as GradientError: self.init(gradient: error)
    case let error as LearningError: self.init(learning: error)
    default: self.init(.exception, String(describing: error))
    }
  }

  private init(gradient error: GradientError) {
    switch error {
    case .operation(let inner): self.init(engine: inner)
    case .program(let inner): self.init(engine: inner)
    case .interrupted: self.init(.keyboardInterrupt, "interrupted")
    case .notScalar(let shape):
      self.init(
        .shapeError, "only a single number has a gradient, but this has shape \(shape)",
        help: "take its mean() or sum() first")
    case .notRecorded:
      self.init(
        .valueError, "this was computed from nothing that is trained",
        help: "make the weights with parameter(...), and compute outside of no_grad()")
    case .notFloating(let dtype):
      self.init(.typeError, "a tensor of \(dtype) has no gradient", help: "make it a float: x.to(\"float32\")")
    case .shapeMismatch(let expected, let found):
      self.init(.shapeError, "this vector must have shape \(expected), but has \(found)")
    case .wrongGradientCount(let expected, let found):
      self.init(.valueError, "the backward rule gives \(found) gradients for \(expected) arguments")
    }
  }

  private init(learning error: LearningError) {
    switch error {
    case .tensor(let inner): self.init(engine: inner)
    case .gradient(let inner): self.init(engine: inner)
    case .program(let inner): self.init(engine: inner)
    default:
      self.init(
        error.category.flatMap { ErrorKind(rawValue: $0.rawValue) } ?? .valueError, error.message, help: error.help)
    }
  }
}
