import Tensors

extension GradientError {
  /// What happened, with the values.
  public var message: String {
    switch self {
    case .notScalar(let shape): "only a single number has a gradient, but this has shape \(shape)"
    case .notRecorded: "this was computed from nothing that gradients flow to"
    case .notFloating(let dtype): "\(dtype) values are constants and have no gradient"
    case .shapeMismatch(let expected, let found): "this gradient needs shape \(expected), but got \(found)"
    case .directionMismatch(let expected, let found):
      "a direction has the shape of its argument, \(expected), but got \(found)"
    case .wrongGradientCount(let expected, let found):
      "a function of \(expected) operand\(expected == 1 ? "" : "s") needs as many gradients, but its rule gave \(found)"
    case .interrupted: "interrupted"
    case .operation(let error): error.message
    case .program(let error): String(describing: error)
    }
  }

  /// How to mend it, where there is something to say.
  public var help: String? {
    switch self {
    case .notScalar: "reduce it with mean() or sum()"
    case .notRecorded: "compute it from a parameter that is not frozen, outside of no_grad and stop_gradient"
    case .notFloating: "x.to(\"float32\") makes floats"
    case .shapeMismatch: "a gradient has its variable's shape"
    case .directionMismatch: "give one number for each of the argument's"
    case .wrongGradientCount: "return one gradient for each operand, in their order"
    case .operation(let error): error.help
    case .interrupted, .program: nil
    }
  }

  /// The kind of error that the language raises for it; none for an interrupt and for the program's own errors.
  public var category: TensorError.Category? {
    switch self {
    case .notScalar, .notRecorded, .wrongGradientCount: .valueError
    case .notFloating: .typeError
    case .shapeMismatch, .directionMismatch: .shapeError
    case .operation(let error): error.category
    case .interrupted, .program: nil
    }
  }
}
