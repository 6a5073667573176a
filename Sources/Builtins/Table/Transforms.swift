import Checking
import Execution
import Gradients
import Tensors

extension Builtin {
  static let transforms: [Builtin] = [
    Builtin(
      "jacobian", [.required("f", .function), .named("wrt", "0")], .differentiation,
      "The function that gives all partial derivatives of f in the argument wrt (a number or a name), of the result's shape followed by the argument's.",
      example: "f = lambda x: x ** 2\nprint(jacobian(f)([1.0, 2.0]))\n# [[2.0000, 0.0000],\n#  [0.0000, 4.0000]]"
    ) { call, workspace throws(RuntimeError) in
      .native(try call.differentiated(in: workspace).native(.jacobian))
    },
    Builtin(
      "hessian", [.required("f", .function), .named("wrt", "0")], .differentiation,
      "The function that gives the second derivatives of scalar f in the argument wrt (a number or a name), of the argument's shape twice.",
      example: "f = lambda x: (x ** 3).sum()\nprint(hessian(f)([1.0, 2.0]))\n# [[ 6.0000,  0.0000],\n#  [ 0.0000, 12.0000]]"
    ) { call, workspace throws(RuntimeError) in
      .native(try call.differentiated(in: workspace).native(.hessian))
    },
    Builtin(
      "jvp", [.required("f", .function), .required("x", .point), .required("v", .point)], .differentiation,
      "The product of f's Jacobian at x with v: how f changes along v. Tuples are several arguments, and a direction for each.",
      example: "f = lambda x: x ** 2\nprint(jvp(f, [1.0, 2.0], [1.0, 0.5]))\n# [2.0000, 2.0000]"
    ) { call, workspace throws(RuntimeError) in
      let (start, directions) = (try call.point(1, in: workspace), try call.point(2, in: workspace))
      guard start.count == directions.count else { throw call.wrong(2) }
      let f = try call.differentiable(in: workspace)
      return try engine { workspace.value(try jvp(of: f, at: start, along: directions).product) }
    },
    Builtin(
      "vjp", [.required("f", .function), .required("x", .point), .required("v", .tensor)], .differentiation,
      "The product of v, of the shape of f(x), with f's Jacobian at x: the gradient of (v * f(x)).sum(). A tuple x is several arguments, and gives a tuple.",
      example: "f = lambda x: x ** 2\nprint(vjp(f, [1.0, 2.0], [1.0, 0.5]))\n# [2.0000, 2.0000]"
    ) { call, workspace throws(RuntimeError) in
      let (start, upstream) = (try call.point(1, in: workspace), try call.variable(2, in: workspace))
      let f = try call.differentiable(in: workspace)
      return try engine {
        let products = try vjp(of: f, at: start, along: upstream).products.map(workspace.value)
        if case .tuple = call[1] { return .tuple(products) }
        return products[0]
      }
    },
    Builtin(
      "per_example", [.required("f", .function)], .differentiation,
      "The function that calls f with each row of its arguments and stacks what comes out; arguments given by name are passed on whole. per_example(grad(loss)) gives each example's own gradient.",
      example:
        "f = grad(lambda x: (x ** 2).sum())\nprint(per_example(f)([[1.0, 2.0], [3.0, 4.0]]))\n# [[2.0000, 4.0000],\n#  [6.0000, 8.0000]]"
    ) { call, workspace throws(RuntimeError) in
      .native(RowByRow(try call.function(0), in: workspace).native())
    },
  ]
}

extension Call {
  /// Where a function is differentiated: one tensor, or a tuple of them. Numbers are taken in float64.
  fileprivate func point(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> [Variable] {
    guard case .tuple(let tuple) = arguments[place] else { return [try workspace.point(arguments[place])] }
    var variables: [Variable] = []
    for element in tuple.elements { variables.append(try workspace.point(element)) }
    guard !variables.isEmpty else { throw wrong(place) }
    return variables
  }

  /// The function of the program that stands first.
  fileprivate func differentiable(in workspace: Workspace) throws(RuntimeError) -> Differentiable {
    let (function, machine) = (try function(0), machine)
    return { variables in
      try workspace.variable(try machine.call(function, Arguments(variables.map(workspace.value))))
    }
  }
}
