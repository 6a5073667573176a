import Checking
import Execution
import Gradients
import Tensors

extension Builtin {
  /// Over all entries, or along `axis=`. `sum min max abs round any all` are the language's own and ask the tensor for its method.
  static let reductions: [Builtin] = [
    reduction("mean", "The mean of all entries, or along axis.") { v, axes, keeps throws(TensorError) in
      try v.mean(axes: axes, keepdims: keeps)
    },
    reduction("prod", "The product of all entries, or along axis.") { v, axes, keeps throws(TensorError) in
      try v.prod(axes: axes, keepdims: keeps)
    },
    ofTensor(
      "norm", "x", reduced + [.named("ord", "2", .number)], .reduction,
      "The Euclidean norm, which is the root of the sum of squares; with ord= another: 1 is the sum of sizes, inf the largest size.",
      example: ShownResults.rows("norm", ", axis=0"),
      shape: reducedShape { v, axes, keeps throws(TensorError) in try v.norm(axes: axes, keepdims: keeps) }
    ) { x, call, _ in
      try x.norm(axes: call.axes(1), keepdims: call.truth(2, default: false), order: call.float(3, default: 2))
    },
    reduction("logsumexp", "The logarithm of the sum of exponentials, without overflow.") { v, axes, keeps throws(TensorError) in
      try v.logsumexp(axes: axes, keepdims: keeps)
    },
    reduction("median", "The middle entry in order, or the mean of the two middle ones.") { v, axes, keeps throws(TensorError) in
      try v.median(axes: axes, keepdims: keeps)
    },
    ofTensor(
      "quantile", "x", [.required("q", .tensor)] + reduced, .reduction,
      "The value below which the share q of the entries lies, between neighbours in proportion; a list of shares gives one row for each.",
      example: "print(quantile([1, 2, 3, 4], 0.5))\n# 2.5"
    ) { x, call, workspace in
      let shares = try call.variable(1, in: workspace).value
      let (axes, keeps) = (try call.axes(2), try call.truth(3, default: false))
      let found = try shares.doubles.map { try x.quantile($0, axes: axes, keepdims: keeps) }
      guard shares.rank > 0, let first = found.first else { return found[0] }
      return try Variable.stack(found, axis: 0).reshape(to: Shape(shares.shape.dimensions + first.shape.dimensions))
    },
    ofTensor(
      "diff", "x", [.optional("n", "1", .whole(atLeast: 0)), .optional("axis", "-1", .whole)], .reduction,
      "Each entry along an axis less the one before it, n times over.",
      example: "print(diff([1, 2, 4]))\n# [1.0000, 2.0000]"
    ) { x, call, _ in try x.diff(call.int(1, default: 1), axis: call.int(2, default: -1)) },
    spread("var", "The mean squared distance from the mean; correction=1 divides by n - 1.") {
      v, axes, keeps, correction throws(TensorError) in
      try v.var(axes: axes, correction: correction, keepdims: keeps)
    },
    spread("std", "The root of the mean squared distance from the mean; correction=1 divides by n - 1.") {
      v, axes, keeps, correction throws(TensorError) in
      try v.std(axes: axes, correction: correction, keepdims: keeps)
    },
    placing("argmax", "The place of the largest entry: in the flattened tensor, or along axis.") {
      v, axis, keeps throws(TensorError) in
      try v.argmax(axis: axis, keepdims: keeps)
    },
    placing("argmin", "The place of the smallest entry: in the flattened tensor, or along axis.") {
      v, axis, keeps throws(TensorError) in
      try v.argmin(axis: axis, keepdims: keeps)
    },
    along("softmax", "eᶻ / Σ eᶻ", "Shares that add up to 1 along an axis, larger for larger entries.") {
      v, axis throws(TensorError) in
      try v.softmax(axis: axis)
    },
    along("log_softmax", "z − ln Σ eᶻ", "The logarithm of softmax, without overflow.") { v, axis throws(TensorError) in
      try v.logSoftmax(axis: axis)
    },
    running("cumsum", "The sums of all entries up to each: of the flattened tensor, or along axis.") {
      v, axis throws(TensorError) in
      try v.cumsum(axis: axis)
    },
    running("cumprod", "The products of all entries up to each: of the flattened tensor, or along axis.") {
      v, axis throws(TensorError) in
      try v.cumprod(axis: axis)
    },
  ]

  /// What the language's own `sum min max any all abs round` ask of a tensor.
  static let tensorMethods: [Builtin] = [
    reduction("sum", "The sum of all entries, or along axis.", of: "tensor") { v, axes, keeps throws(TensorError) in
      try v.sum(axes: axes, keepdims: keeps)
    },
    reduction("min", "The smallest of all entries, or along axis.", of: "tensor") { v, axes, keeps throws(TensorError) in
      try v.min(axes: axes, keepdims: keeps)
    },
    reduction("max", "The largest of all entries, or along axis.", of: "tensor") { v, axes, keeps throws(TensorError) in
      try v.max(axes: axes, keepdims: keeps)
    },
    reduction("any", "Whether any entry is true, of all or along axis.", of: "tensor") { v, axes, keeps throws(TensorError) in
      try v.any(axes: axes, keepdims: keeps)
    },
    reduction("all", "Whether all entries are true, of all or along axis.", of: "tensor") { v, axes, keeps throws(TensorError) in
      try v.all(axes: axes, keepdims: keeps)
    },
    Builtin(
      "abs", [.required("x", .tensor)], .elementwise, "The size of each entry.",
      example: "print(abs(tensor([-1, 2])))\n# [1.0000, 2.0000]", of: "tensor"
    ) { call, workspace throws(RuntimeError) in
      let x = try call.variable(0, in: workspace)
      try workspace.mark(call.machine)
      return try engine { workspace.value(try x.abs()) }
    },
    Builtin(
      "round", [.required("x", .tensor), .optional("digits", "0", .whole)], .elementwise,
      "Each entry rounded to the nearest whole number, halves to the even one, or to decimal digits.",
      example: "print(round(tensor([0.5, 1.26]), 1))\n# [0.5000, 1.3000]", of: "tensor"
    ) { call, workspace throws(RuntimeError) in
      let (x, digits) = (try call.variable(0, in: workspace), try call.int(1, default: 0))
      try workspace.mark(call.machine)
      return try engine { workspace.value(try x.rounded(digits: digits)) }
    },
  ]

  private static func reduction(
    _ name: String, _ help: String, of owner: String? = nil,
    _ body: @escaping @Sendable (Variable, [Int]?, Bool) throws(TensorError) -> Variable
  ) -> Builtin {
    Builtin(
      name, [.required("x", .tensor)] + reduced, .reduction, help, example: ShownResults.rows(name, ", axis=0"),
      isTensorMethod: true, of: owner, shape: reducedShape(body)
    ) { call, workspace throws(RuntimeError) in
      let (x, axes, keeps) = (try call.variable(0, in: workspace), try call.axes(1), try call.truth(2, default: false))
      try workspace.mark(call.machine)
      return try engine { workspace.value(try body(x, axes, keeps)) }
    }
  }

  private static let reduced: [Checking.Parameter] = [.optional("axis", "None", .axes), .named("keepdims", "False", .flag)]

  private static func reducedShape(
    _ body: @escaping @Sendable (Variable, [Int]?, Bool) throws(TensorError) -> Variable
  ) -> ShapeRule {
    ShapeRules.function { x, given throws(TensorError) in
      guard let axes = given.axes(1) else { return nil }
      // Whether dimensions stay is told by a literal alone.
      return given[2] == nil ? try body(x[0], axes.list, false) : nil
    }
  }

  private static func spread(
    _ name: String, _ help: String,
    _ body: @escaping @Sendable (Variable, [Int]?, Bool, Int) throws(TensorError) -> Variable
  ) -> Builtin {
    Builtin(
      name, [.required("x", .tensor)] + reduced + [.named("correction", "0", .whole)], .reduction, help,
      example: ShownResults.rows(name, ", axis=0"), isTensorMethod: true
    ) { call, workspace throws(RuntimeError) in
      let (x, axes, keeps) = (try call.variable(0, in: workspace), try call.axes(1), try call.truth(2, default: false))
      let correction = try call.int(3, default: 0)
      try workspace.mark(call.machine)
      return try engine { workspace.value(try body(x, axes, keeps, correction)) }
    }
  }

  private static func placing(
    _ name: String, _ help: String, _ body: @escaping @Sendable (Variable, Int?, Bool) throws(TensorError) -> Variable
  ) -> Builtin {
    Builtin(
      name, [.required("x", .tensor), .optional("axis", "None", .whole), .named("keepdims", "False")], .reduction, help,
      example: ShownResults.rows(name, ", axis=0"), isTensorMethod: true,
      shape: ShapeRules.function { x, given throws(TensorError) in
        guard let axes = given.axes(1), given[2] == nil else { return nil }
        return try body(x[0], axes.list?.first, false)
      }
    ) { call, workspace throws(RuntimeError) in
      let (x, axis) = (try call.variable(0, in: workspace), call.has(1) ? try call.int(1) : nil)
      let keeps = try call.truth(2, default: false)
      return try engine { workspace.value(try body(x, axis, keeps)) }
    }
  }

  private static func running(
    _ name: String, _ help: String, _ body: @escaping @Sendable (Variable, Int) throws(TensorError) -> Variable
  ) -> Builtin {
    Builtin(
      name, [.required("x", .tensor), .optional("axis", "None", .whole)], .reduction, help,
      example: ShownResults.rows(name, ", axis=1"), isTensorMethod: true,
      shape: ShapeRules.function { x, given throws(TensorError) in
        guard let axes = given.axes(1) else { return nil }
        if let axis = axes.list?.first { return try body(x[0], axis) }
        return try body(x[0].flatten(), 0)
      }
    ) { call, workspace throws(RuntimeError) in
      let (x, axis) = (try call.variable(0, in: workspace), call.has(1) ? try call.int(1) : nil)
      try workspace.mark(call.machine)
      return try engine { workspace.value(try axis.map { try body(x, $0) } ?? body(x.flatten(), 0)) }
    }
  }

  private static func along(
    _ name: String, _ formula: String?, _ help: String,
    _ body: @escaping @Sendable (Variable, Int) throws(TensorError) -> Variable
  ) -> Builtin {
    Builtin(
      name, [.required("x", .tensor), .optional("axis", "-1", .whole)], .reduction, help,
      example: ShownResults.rows(name), formula: formula, isTensorMethod: true,
      shape: ShapeRules.function { x, given throws(TensorError) in
        guard let axis = given.whole(1, default: -1) else { return nil }
        return try body(x[0], axis)
      }
    ) { call, workspace throws(RuntimeError) in
      let (x, axis) = (try call.variable(0, in: workspace), try call.int(1, default: -1))
      try workspace.mark(call.machine)
      return try engine { workspace.value(try body(x, axis)) }
    }
  }
}
