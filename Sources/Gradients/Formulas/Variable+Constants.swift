import Tensors

// Constants that fit a variable: of its type, and where it is said of its shape.
extension Variable {
  /// A number, of this variable's type if that is a float, and never wider than it.
  func number(_ number: Double) throws(TensorError) -> Variable {
    Variable(dtype.isFloat ? try Tensor(number, dtype: dtype) : try .number(number))
  }

  public func onesLike() throws(TensorError) -> Variable { try full(1) }
  public func zerosLike() throws(TensorError) -> Variable { try full(0) }

  func full(_ number: Double) throws(TensorError) -> Variable {
    Variable(try Tensor.full(shape, number, dtype: dtype))
  }
}
