import Tensors

/// A Swift function of variables that can be differentiated: it computes with operations.
public typealias Differentiable = ([Variable]) throws -> Variable

/// The gradients of a function's single number in each argument, zeros where it does not depend on one.
///
/// Nests freely: inside another transform the result is recorded as any other computation is.
public func gradient(of f: Differentiable, at arguments: [Variable]) throws -> [Variable] {
  try valueAndGradient(of: f, at: arguments).gradients
}

/// The value of a function and its gradients in each argument.
public func valueAndGradient(
  of f: Differentiable, at arguments: [Variable]
) throws -> (value: Variable, gradients: [Variable]) {
  let trial = try Trial(of: f, at: arguments)
  guard trial.output.dtype.isFloat else { throw GradientError.notFloating(trial.output.dtype) }
  guard trial.output.shape.count == 1 else { throw GradientError.notScalar(trial.output.shape) }
  return (trial.result, try trial.pull(try trial.output.seed()))
}

/// The value of a function, and the products of `upstream`, of the value's shape, with its Jacobians.
public func vjp(
  of f: Differentiable, at arguments: [Variable], along upstream: Variable
) throws -> (value: Variable, products: [Variable]) {
  let trial = try Trial(of: f, at: arguments)
  return (trial.result, try trial.pull(upstream))
}

/// The value of a function, and the sum of the products of its Jacobians with `directions`, one for each argument.
///
/// The backward product is linear in its upstream vector, and its derivative in that vector is the forward product.
public func jvp(
  of f: Differentiable, at arguments: [Variable], along directions: [Variable]
) throws -> (value: Variable, product: Variable) {
  for (argument, direction) in zip(arguments, directions) where argument.shape != direction.shape {
    throw GradientError.directionMismatch(expected: argument.shape, found: direction.shape)
  }
  let trial = try Trial(of: f, at: arguments)
  let product = try gradient(
    of: { upstream in
      var total = try upstream[0].sum().multiply(0)
      for (product, direction) in zip(try trial.pull(upstream[0]), directions) {
        total = try total.add(try product.multiply(direction).sum())
      }
      return total
    },
    at: [try trial.output.zerosLike()])[0]
  return (trial.result, trial.reachesOutside ? product : product.stopGradient())
}

/// All partial derivatives of a function of one argument, of the result's shape followed by the argument's.
public func jacobian(of f: (Variable) throws -> Variable, at argument: Variable) throws -> Variable {
  let trial = try Trial(of: { try f($0[0]) }, at: [argument])
  let shape = trial.output.shape
  let units = Variable(try Tensor.eye(shape.count, dtype: trial.output.dtype))
  let rows = try (0..<shape.count).map { try trial.pull(try units.row($0).reshape(to: shape))[0] }
  return try Variable.stack(rows, axis: 0).reshape(to: Shape(shape.dimensions + argument.shape.dimensions))
}

/// The second derivatives of a function's single number, of the argument's shape twice.
public func hessian(of f: (Variable) throws -> Variable, at argument: Variable) throws -> Variable {
  try jacobian(of: { x in try gradient(of: { try f($0[0]) }, at: [x])[0] }, at: argument)
}
