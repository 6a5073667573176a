import Execution
import Glibc
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
    reduction("norm", "The Euclidean norm: the root of the sum of squares.") { v, axes, keeps throws(TensorError) in
      try v.norm(axes: axes, keepdims: keeps)
    },
    reduction("logsumexp", "The logarithm of the sum of exponentials, without overflow.") { v, axes, keeps throws(TensorError) in
      try v.logsumexp(axes: axes, keepdims: keeps)
    },
    reduction("median", "The middle entry in order, or the mean of the two middle ones.") { v, axes, keeps throws(TensorError) in
      Variable(try v.value.median(axes: axes, keepdims: keeps))
    },
    spread("var", "The mean squared distance from the mean; correction=1 divides by n - 1.") {
      v, axes, keeps, correction throws(TensorError) in
      try v.var(axes: axes, correction: correction, keepdims: keeps)
    },
    spread("std", "The root of the mean squared distance from the mean; correction=1 divides by n - 1.") {
      v, axes, keeps, correction throws(TensorError) in
      try v.std(axes: axes, correction: correction, keepdims: keeps)
    },
    placing("argmax", "The place of the largest entry: in the flattened tensor, or along axis.") { v, axis throws(TensorError) in
      try v.argmax(axis: axis)
    },
    placing("argmin", "The place of the smallest entry: in the flattened tensor, or along axis.") { v, axis throws(TensorError) in
      try v.argmin(axis: axis)
    },
    along("softmax", "eᶻ / Σ eᶻ", "Shares that add up to 1 along an axis, larger for larger entries.") {
      v, axis throws(TensorError) in
      try v.softmax(axis: axis)
    },
    along("log_softmax", "z − ln Σ eᶻ", "The logarithm of softmax, without overflow.") { v, axis throws(TensorError) in
      try v.logSoftmax(axis: axis)
    },
    along("cumsum", nil, "The sums of all entries up to each, along an axis.") { v, axis throws(TensorError) in
      try v.cumsum(axis: axis)
    },
    along("cumprod", nil, "The products of all entries up to each, along an axis.") { v, axis throws(TensorError) in
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
      workspace.mark(call.machine)
      return try engine { workspace.value(try x.abs()) }
    },
    Builtin(
      "round", [.required("x", .tensor), .optional("digits", "0", .whole)], .elementwise,
      "Each entry rounded to the nearest whole number, halves to the even one, or to decimal digits.",
      example: "print(round(tensor([0.5, 1.26]), 1))\n# [0.5000, 1.3000]", of: "tensor"
    ) { call, workspace throws(RuntimeError) in
      let (x, digits) = (try call.variable(0, in: workspace), try call.int(1, default: 0))
      workspace.mark(call.machine)
      let scale = pow(10, Double(digits))
      return try engine { workspace.value(digits == 0 ? try x.round() : try (x * scale).round() / scale) }
    },
  ]

  private static let rows = "x = tensor([[1, 2], [3, 4]])\n"

  private static func reduction(
    _ name: String, _ help: String, of owner: String? = nil,
    _ body: @escaping @Sendable (Variable, [Int]?, Bool) throws(TensorError) -> Variable
  ) -> Builtin {
    Builtin(
      name, [.required("x", .tensor), .optional("axis", "None", .axes), .named("keepdims", "False", .flag)], .reduction, help,
      example: rows + "print(\(name)(x, axis=0).shape)\n# (2,)", isTensorMethod: true, of: owner,
      shape: ShapeRules.function { x, given throws(TensorError) in
        guard let axes = given.axes(1) else { return nil }
        // Whether dimensions stay is told by a literal alone.
        return given[2] == nil ? try body(x[0], axes.list, false) : nil
      }
    ) { call, workspace throws(RuntimeError) in
      let (x, axes, keeps) = (try call.variable(0, in: workspace), try call.axes(1), try call.truth(2, default: false))
      workspace.mark(call.machine)
      return try engine { workspace.value(try body(x, axes, keeps)) }
    }
  }

  private static func spread(
    _ name: String, _ help: String,
    _ body: @escaping @Sendable (Variable, [Int]?, Bool, Int) throws(TensorError) -> Variable
  ) -> Builtin {
    Builtin(
      name,
      [
        .required("x", .tensor), .optional("axis", "None", .axes), .named("keepdims", "False", .flag),
        .named("correction", "0", .whole),
      ], .reduction, help, example: rows + "print(\(name)(x, axis=0).shape)\n# (2,)", isTensorMethod: true
    ) { call, workspace throws(RuntimeError) in
      let (x, axes, keeps) = (try call.variable(0, in: workspace), try call.axes(1), try call.truth(2, default: false))
      let correction = try call.int(3, default: 0)
      workspace.mark(call.machine)
      return try engine { workspace.value(try body(x, axes, keeps, correction)) }
    }
  }

  private static func placing(
    _ name: String, _ help: String, _ body: @escaping @Sendable (Variable, Int?) throws(TensorError) -> Variable
  ) -> Builtin {
    Builtin(
      name, [.required("x", .tensor), .optional("axis", "None", .whole)], .reduction, help,
      example: rows + "print(\(name)(x, axis=1).shape)\n# (2,)", isTensorMethod: true,
      shape: ShapeRules.function { x, given throws(TensorError) in
        guard let axes = given.axes(1) else { return nil }
        return try body(x[0], axes.list?.first)
      }
    ) { call, workspace throws(RuntimeError) in
      let (x, axis) = (try call.variable(0, in: workspace), call.has(1) ? try call.int(1) : nil)
      return try engine { workspace.value(try body(x, axis)) }
    }
  }

  private static func along(
    _ name: String, _ formula: String?, _ help: String,
    _ body: @escaping @Sendable (Variable, Int) throws(TensorError) -> Variable
  ) -> Builtin {
    Builtin(
      name, [.required("x", .tensor), .optional("axis", "-1", .whole)], .reduction, help,
      example: rows + "print(\(name)(x).shape)\n# (2, 2)", formula: formula, isTensorMethod: true,
      shape: ShapeRules.function { x, given throws(TensorError) in
        guard let axis = given.whole(1, default: -1) else { return nil }
        return try body(x[0], axis)
      }
    ) { call, workspace throws(RuntimeError) in
      let (x, axis) = (try call.variable(0, in: workspace), try call.int(1, default: -1))
      workspace.mark(call.machine)
      return try engine { workspace.value(try body(x, axis)) }
    }
  }
}
