import Checking
import Execution
import Gradients
import Tensors

extension Builtin {
  static let shaping: [Builtin] = [
    Builtin(
      "transpose", [.required("x", .tensor), .rest("axes", .sizes)], .shaping,
      "The dimensions in another order; reversed if none is given.",
      example: "print(transpose(ones(2, 3)).shape)\n# (3, 2)", isTensorMethod: true,
      shape: ShapeRules.resized { x, axes throws(TensorError) in try x.transpose(axes.isEmpty ? nil : axes) }
    ) { call, workspace throws(RuntimeError) in
      let (x, axes) = (try call.variable(0, in: workspace), try call.sizes(1))
      try workspace.mark(call.machine)
      return try engine { workspace.value(try x.transpose(axes.isEmpty ? nil : axes)) }
    },
    join("concat", "Tensors joined along a dimension that they have.") { parts, axis throws(TensorError) in
      try Variable.concat(parts, axis: axis)
    },
    join("stack", "Tensors joined along a new dimension.") { parts, axis throws(TensorError) in
      try Variable.stack(parts, axis: axis)
    },
    Builtin(
      "expand", [.required("x", .tensor), .rest("shape", .sizes)], .shaping,
      "Repeats dimensions of size 1, and new ones in front, until the shape is reached.",
      example: "print(expand(ones(1, 2), 3, 2).shape)\n# (3, 2)", isTensorMethod: true,
      shape: ShapeRules.resized { x, sizes throws(TensorError) in try x.expand(to: Shape(sizes)) }
    ) { call, workspace throws(RuntimeError) in
      let (x, shape) = (try call.variable(0, in: workspace), try call.shape(1))
      try workspace.mark(call.machine)
      return try engine { workspace.value(try x.expand(to: shape)) }
    },
    Builtin(
      "squeeze", [.required("x", .tensor), .optional("axis", "None")], .shaping,
      "Without the dimensions of size 1, or without those of axis, which must have it.",
      example: "print(ones(1, 3, 1).squeeze().shape)\n# (3,)", isTensorMethod: true
    ) { call, workspace throws(RuntimeError) in
      let (x, axes) = (try call.variable(0, in: workspace), try call.axes(1))
      try workspace.mark(call.machine)
      return try engine { workspace.value(try x.squeeze(axes)) }
    },
    Builtin(
      "flip", [.required("x", .tensor), .optional("axis", "None", .axes)], .shaping,
      "The entries in reverse order along axis, or all.",
      example: "print(flip([1, 2, 3]))\n# [3.0000, 2.0000, 1.0000]", isTensorMethod: true
    ) { call, workspace throws(RuntimeError) in
      let (x, axes) = (try call.variable(0, in: workspace), try call.axes(1))
      try workspace.mark(call.machine)
      return try engine { workspace.value(try x.flip(axes: axes)) }
    },
    Builtin(
      "sort", ordering, .shaping, "The entries in rising order along an axis, or in falling order; nan counts as the largest.",
      example: "print(tensor([3, 1, 2]).sort())\n# [1.0000, 2.0000, 3.0000]", isTensorMethod: true
    ) { call, workspace throws(RuntimeError) in
      let (x, axis) = (try call.variable(0, in: workspace), try call.int(1, default: -1))
      let falls = try call.truth(2, default: false)
      try workspace.mark(call.machine)
      return try engine { workspace.value(try x.sort(axis: axis, descending: falls)) }
    },
    Builtin(
      "argsort", ordering, .shaping,
      "The places that put the entries in rising order along an axis, or in falling order; equal ones keep theirs.",
      example: "print(argsort([3, 1, 2]))\n# [1, 2, 0]", isTensorMethod: true
    ) { call, workspace throws(RuntimeError) in
      let (x, axis) = (try call.variable(0, in: workspace), try call.int(1, default: -1))
      let falls = try call.truth(2, default: false)
      return try engine { workspace.value(try x.argsort(axis: axis, descending: falls)) }
    },
    Builtin(
      "gather", [.required("x", .tensor), .required("places", .tensor), .optional("axis", "-1", .whole)], .shaping,
      "The entries of x at places along an axis; of rows, result[i, j] = x[i, places[i, j]].",
      example:
        "places = tensor([[1], [0]], dtype=\"int64\")\nprint(gather([[1, 2], [3, 4]], places))\n# [[2.0000],\n#  [3.0000]]",
      isTensorMethod: true
    ) { call, workspace throws(RuntimeError) in
      let (x, places) = (try call.variable(0, in: workspace), Variable(try workspace.places(call[1])))
      let axis = try call.int(2, default: -1)
      try workspace.mark(call.machine)
      return try engine { workspace.value(try x.gatherAlong(axis: axis, places)) }
    },
    Builtin(
      "to", [.required("x", .tensor), .required("dtype", .dtype)], .shaping, "The entries as another type.",
      example: "print(ones(2).to(\"float64\").dtype)\n# float64", of: "tensor"
    ) { call, workspace throws(RuntimeError) in
      let x = try call.variable(0, in: workspace)
      let dtype = try call.dtype(1, default: x.dtype)
      try workspace.mark(call.machine)
      return try engine { workspace.value(try x.cast(to: dtype)) }
    },
    Builtin(
      "item", [.required("x", .tensor)], .shaping, "The only entry of a tensor, as a number.",
      example: "print(tensor([2.5]).item())\n# 2.5", of: "tensor"
    ) { call, workspace throws(RuntimeError) in
      let x = try call.variable(0, in: workspace)
      guard x.shape.count == 1 else { throw RuntimeError(engine: TensorError(.notOneElement(shape: x.shape))) }
      let one = try engine { try x.value.reshape([]) }
      return try TensorObject(Variable(one), in: workspace).number() ?? .none
    },
    Builtin(
      "tolist", [.required("x", .tensor)], .shaping, "The entries as nested lists of numbers.",
      example: "print(tensor([1, 2]).tolist())\n# [1.0, 2.0]", of: "tensor"
    ) { call, workspace throws(RuntimeError) in try call.variable(0, in: workspace).value.nested },
    Builtin(
      "dot", [.required("a", .tensor), .required("b", .tensor)], .algebra,
      "The sum of products over the last dimension of a and the first of b, as @.",
      example: "print(dot([1, 2], [3, 4]))\n# 11.0", isTensorMethod: true,
      shape: ShapeRules.function(of: [0, 1]) { x, _ throws(TensorError) in try x[0].dot(x[1]) }
    ) { call, workspace throws(RuntimeError) in
      let (a, b) = (try call.variable(0, in: workspace), try call.variable(1, in: workspace))
      try workspace.mark(call.machine)
      return try engine { workspace.value(try a.dot(b)) }
    },
    Builtin(
      "outer", [.required("a", .tensor), .required("b", .tensor)], .algebra, "The product of each entry of a with each of b.",
      example: "print(outer([1, 2], [3, 4]))\n# [[3.0000, 4.0000],\n#  [6.0000, 8.0000]]", isTensorMethod: true
    ) { call, workspace throws(RuntimeError) in
      let (a, b) = (try call.variable(0, in: workspace), try call.variable(1, in: workspace))
      try workspace.mark(call.machine)
      return try engine { workspace.value(try a.outer(b)) }
    },
  ]

  private static let ordering: [Checking.Parameter] = [
    .required("x", .tensor), .optional("axis", "-1", .whole), .named("descending", "False"),
  ]

  private static func join(
    _ name: String, _ help: String,
    _ body: @escaping @Sendable ([Variable], Int) throws(TensorError) -> Variable
  ) -> Builtin {
    Builtin(
      name, [.required("tensors", .tensors), .optional("axis", "0", .whole)], .shaping, help,
      example: "print(\(name)([ones(1, 2), zeros(1, 2)]).rank)\n# \(name == "stack" ? 3 : 2)",
      shape: ShapeRules.joined(body)
    ) { call, workspace throws(RuntimeError) in
      var parts: [Variable] = []
      for item in try call.items(0) { parts.append(try workspace.variable(item)) }
      let axis = try call.int(1, default: 0)
      try workspace.mark(call.machine)
      return try engine { [parts] in workspace.value(try body(parts, axis)) }
    }
  }
}

extension Call {
  /// Whole numbers from a rest parameter, one after the other or as one list; -1 is allowed.
  func sizes(_ place: Int) throws(RuntimeError) -> [Int] {
    var values = rest(place)
    if values.count == 1 {
      switch values[0] {
      case .list(let list): values = list.elements
      case .tuple(let tuple): values = tuple.elements
      default: break
      }
    }
    var sizes: [Int] = []
    for (i, value) in values.enumerated() {
      guard case .int(let size) = value else { throw wrong(place, rest: values.count == rest(place).count ? i : 0) }
      sizes.append(size)
    }
    return sizes
  }
}

extension Tensor {
  /// The entries as nested lists of the language's numbers.
  var nested: Value {
    let leaves: [Value] =
      switch dtype {
      case .bool: doubles.map { .bool($0 != 0) }
      case .int64: ((try? ints()) ?? []).map(Value.int)
      case .float32, .float64: doubles.map(Value.float)
      }
    guard shape.rank > 0 else { return leaves[0] }
    if count == 0 { return Tensor.emptyLists(shape.dimensions[...]) }
    var level = leaves
    for size in shape.dimensions.dropFirst().reversed() {
      level = stride(from: 0, to: level.count, by: size).map { start in .list(Array(level[start..<start + size])) }
    }
    return .list(level)
  }

  /// Lists down to the dimension of size 0.
  private static func emptyLists(_ sizes: ArraySlice<Int>) -> Value {
    guard let size = sizes.first else { return .list([]) }
    return .list((0..<size).map { _ in emptyLists(sizes.dropFirst()) })
  }
}
