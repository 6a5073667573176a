import Checking
import Execution
import Gradients
import Tensors

extension Builtin {
  static let shaping: [Builtin] = [
    ofTensor(
      "transpose", "x", [.rest("axes", .sizes)], .shaping, "The dimensions in another order; reversed if none is given.",
      example: "print(transpose(ones(2, 3)).shape)\n# (3, 2)",
      shape: ShapeRules.resized { x, axes throws(TensorError) in try x.transpose(axes.isEmpty ? nil : axes) }
    ) { x, call, _ in
      let axes = try call.sizes(1)
      return try x.transpose(axes.isEmpty ? nil : axes)
    },
    join("concat", "Tensors joined along a dimension that they have.") { parts, axis throws(TensorError) in
      try Variable.concat(parts, axis: axis)
    },
    join("stack", "Tensors joined along a new dimension.") { parts, axis throws(TensorError) in
      try Variable.stack(parts, axis: axis)
    },
    ofTensor(
      "expand", "x", [.rest("shape", .sizes)], .shaping,
      "Repeats dimensions of size 1, and new ones in front, until the shape is reached.",
      example: "print(expand(ones(1, 2), 3, 2).shape)\n# (3, 2)",
      shape: ShapeRules.resized { x, sizes throws(TensorError) in try x.expand(to: Shape(sizes)) }
    ) { x, call, _ in try x.expand(to: call.shape(1)) },
    ofTensor(
      "squeeze", "x", [.optional("axis", "None", .axes)], .shaping,
      "Without the dimensions of size 1, or without those of axis, which must have it.",
      example: "print(ones(1, 3, 1).squeeze().shape)\n# (3,)",
      shape: ShapeRules.alongAxes { x, axes throws(TensorError) in try x.squeeze(axes) }
    ) { x, call, _ in try x.squeeze(call.axes(1)) },
    ofTensor(
      "flip", "x", [.optional("axis", "None", .axes)], .shaping, "The entries in reverse order along axis, or all.",
      example: "print(flip([1, 2, 3]))\n# [3.0000, 2.0000, 1.0000]",
      shape: ShapeRules.alongAxes { x, axes throws(TensorError) in try x.flip(axes: axes) }
    ) { x, call, _ in try x.flip(axes: call.axes(1)) },
    ofTensor(
      "roll", "x", [.required("shift", .counts), .optional("axis", "None", .axes)], .shaping,
      "Each entry shift places further along axis, from the end back to the start; without axis over all entries. Lists give a shift for each of several axes.",
      example: "print(roll([1, 2, 3], 1))\n# [3.0000, 1.0000, 2.0000]", shape: ShapeRules.same
    ) { x, call, _ in
      let shifts = try call.wholes(1)
      guard let axes = try call.axes(2) else {
        return try shifts.reduce(x) { try $0.roll($1) }
      }
      guard shifts.count == axes.count || shifts.count == 1 || axes.count == 1 else { throw call.wrong(1) }
      return try (0..<max(shifts.count, axes.count)).reduce(x) { rolled, i in
        try rolled.roll(shifts[shifts.count == 1 ? 0 : i], axis: axes[axes.count == 1 ? 0 : i])
      }
    },
    giving(
      "split", "x", as: .parted, [.required("parts", .counts), .optional("axis", "0", .whole)], .shaping,
      "A list of parts along axis: so many equal ones, or those between the places of a list, as x[:2], x[2:5], x[5:] for [2, 5].",
      example: "a, b = split(arange(5), [2])\nprint(a, b)\n# [0.0000, 1.0000] [2.0000, 3.0000, 4.0000]"
    ) { x, call, workspace in
      let (places, axis) = (try call.wholes(1), try call.int(2, default: 0))
      let parts = try call.isList(1) ? x.split(at: places, axis: axis) : x.split(places[0], axis: axis)
      return .list(parts.map(workspace.value))
    },
    ofTensor(
      "repeat", "x", [.required("times", .counts), .optional("axis", "None", .whole)], .shaping,
      "Each entry along axis so many times in a row, by a list a number for each; without axis of the flattened tensor.",
      example: "print(repeat([1, 2], 2))\n# [1.0000, 1.0000, 2.0000, 2.0000]"
    ) { x, call, _ in
      let (times, axis) = (try call.wholes(1), call.has(2) ? try call.int(2) : nil)
      return try call.isList(1) && times.count != 1 ? x.repeat(times, axis: axis) : x.repeat(times[0], axis: axis)
    },
    ofTensor(
      "tile", "x", [.rest("counts", .sizes)], .shaping,
      "The whole tensor so many times along each dimension, counted from the last.",
      example: "print(tile([1, 2], 2))\n# [1.0000, 2.0000, 1.0000, 2.0000]",
      shape: ShapeRules.resized { x, counts throws(TensorError) in try x.tile(counts) }
    ) { x, call, _ in try x.tile(call.sizes(1)) },
    ofTensor(
      "pad", "x",
      [
        .required("width", .paddings),
        .optional("mode", "\"constant\"", .text(oneOf: ["constant"] + Variable.Edge.allCases.map(\.rawValue))),
        .named("value", "0.0", .number),
      ], .shaping,
      "Surrounded by value, or with mode= by what is inside. The width is a number, a pair (before, after), or a pair for each dimension.",
      example: "print(pad([1, 2], (1, 0)))\n# [0.0000, 1.0000, 2.0000]"
    ) { x, call, _ in
      let widths = try call.paddings(1, rank: x.shape.rank)
      let mode = try call.string(2, default: "constant")
      if let edge = Variable.Edge(rawValue: mode) { return try x.pad(widths, with: edge) }
      return try x.pad(widths, value: call.float(3, default: 0))
    },
    ofTensor(
      "to", "x", [.required("dtype", .dtype)], .shaping, "The entries as another type.",
      example: "print(ones(2).to(\"float64\").dtype)\n# float64", of: "tensor"
    ) { x, call, _ in try x.cast(to: call.dtype(1, default: x.dtype)) },
    giving(
      "item", "x", [], .shaping, "The only entry of a tensor, as a number.",
      example: "print(tensor([2.5]).item())\n# 2.5", of: "tensor"
    ) { x, _, workspace in
      guard x.shape.count == 1 else { throw TensorError(.notOneElement(shape: x.shape)) }
      return try TensorObject(Variable(try x.value.reshape([])), in: workspace).number() ?? .none
    },
    giving(
      "tolist", "x", [], .shaping, "The entries as nested lists of numbers.",
      example: "print(tensor([1, 2]).tolist())\n# [1.0, 2.0]", of: "tensor"
    ) { x, _, _ in try x.value.nested() },
    giving(
      "numpy_bytes", "x", [], .shaping,
      "The bytes of all entries as a list of whole numbers from 0 to 255: NumPy's list(x.tobytes()), little-endian, row after row.",
      example: "print(tensor([1.0]).numpy_bytes())\n# [0, 0, 128, 63]", of: "tensor"
    ) { x, _, _ in
      let bytes = x.value.bytes
      var numbers: [Value] = []
      try Interruption.inParts(of: bytes.count) { start, count in
        numbers += bytes[start..<start + count].map { .int(Int($0)) }
      }
      return .list(numbers)
    },
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

extension Tensor {
  /// The entries as nested lists of the language's numbers. Asks now and then whether to stop.
  func nested() throws(TensorError) -> Value {
    guard let rows = shape.dimensions.first else { return numbers[0] }
    let entries = rows == 0 ? 0 : count / rows
    let inner = try Shape(Array(shape.dimensions.dropFirst()))
    var list: [Value] = []
    if entries > 1024 {
      for row in 0..<rows {
        try Interruption.check()
        list.append(try subscripted([.at(row)]).nested())
      }
    } else {
      // Short rows are made many at a time.
      try Interruption.inParts(of: rows, each: entries) { start, count throws(TensorError) in
        var level = try subscripted([.slice(start: start, stop: start + count, step: 1)]).numbers
        for (axis, size) in inner.dimensions.enumerated().reversed() {
          let lists = count * inner.dimensions[..<axis].reduce(1, *)
          level = (0..<lists).map { .list(Array(level[$0 * size..<($0 + 1) * size])) }
        }
        list += level
      }
    }
    return .list(list)
  }

  private var numbers: [Value] {
    switch dtype {
    case .bool: doubles.map { .bool($0 != 0) }
    case .int64: ((try? ints()) ?? []).map(Value.int)
    case .float32, .float64: doubles.map(Value.float)
    }
  }
}
