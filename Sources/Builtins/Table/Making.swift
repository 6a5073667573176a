import Execution
import Gradients
import Learning
import Tensors

extension Builtin {
  static let making: [Builtin] = [
    Builtin(
      "tensor", [.required("value", .tensor), .named("dtype", "None", .dtype)], .making,
      "A tensor of a number or of nested lists of numbers: float32 unless dtype says float64, int64 or bool.",
      example: "x = tensor([[1, 2], [3, 4]])\nprint(x.shape)\n# (2, 2)", shape: ShapeRules.same
    ) { call, workspace throws(RuntimeError) in
      let dtype = call.has(1) ? try call.dtype(1, default: .defaultFloat) : nil
      try workspace.mark(call.machine)
      switch call[0] {
      case .list, .tuple, .range:
        do throws(RuntimeError) {
          return workspace.value(try workspace.variable(ofList: try ListReader(call[0]), dtype: dtype))
        } catch {
          throw call.blaming(0, error)
        }
      case .bool, .int, .float, .foreign(_ as TensorObject):
        let x = try workspace.variable(call[0])
        let usual = x.data.isNumber && x.dtype != .bool ? .defaultFloat : x.dtype
        return try engine {
          workspace.value(try x.data.isNumber ? Variable(x.value.cast(to: dtype ?? usual)) : x.cast(to: dtype ?? usual))
        }
      default: throw call.wrong(0)
      }
    },
    filled(
      "zeros", 0, "A tensor of zeros of a shape.",
      example: "print(zeros(2, 3))\n# [[0.0000, 0.0000, 0.0000],\n#  [0.0000, 0.0000, 0.0000]]"),
    filled("ones", 1, "A tensor of ones of a shape.", example: "print(ones(3).sum())\n# 3.0"),
    Builtin(
      "full", [.required("shape", .shape), .required("value", .number), .named("dtype", "None", .dtype)], .making,
      "A tensor of a shape in which every entry is the value.", example: "print(full([2], 7))\n# [7.0000, 7.0000]",
      shape: ShapeRules.listed
    ) { call, workspace throws(RuntimeError) in
      let (sizes, dtype) = (try call.wholes(0), try call.dtype(2, default: .defaultFloat))
      let value = try call.variable(1, in: workspace).value
      return try engine { workspace.value(try value.cast(to: dtype).expand(to: Shape(sizes))) }
    },
    like("zeros_like", 0), like("ones_like", 1),
    ofTensor(
      "full_like", "x", [.required("value", .number), .named("dtype", "None", .dtype)], .making,
      "A tensor in which every entry is the value, with the shape of x, and its type unless dtype says another.",
      example: "print(full_like(tensor([1, 2]), 7))\n# [7.0000, 7.0000]", shape: ShapeRules.same
    ) { x, call, workspace in
      try call.variable(1, in: workspace).cast(to: call.dtype(2, default: x.dtype)).expand(to: x.shape)
    },
    Builtin(
      "eye", [.required("n", .whole(atLeast: 0)), .named("dtype", "None", .dtype)], .making,
      "The identity matrix of n rows and columns.", example: "print(eye(2))\n# [[1.0000, 0.0000],\n#  [0.0000, 1.0000]]",
      shape: { given in given.whole(0, default: 0).map { .tensor([$0, $0]) } ?? .unknown }
    ) { call, workspace throws(RuntimeError) in
      let (n, dtype) = (try call.int(0), try call.dtype(1, default: .defaultFloat))
      return try engine { workspace.value(try Tensor.eye(n, dtype: dtype)) }
    },
    Builtin(
      "arange",
      [
        .required("start", .number), .optional("stop", "None", .number), .optional("step", "1", .number),
        .named("dtype", "None", .text),
      ], .making,
      "Numbers from start (0 if one argument is given) to before stop, in steps of step.",
      example: "print(arange(3))\n# [0.0000, 1.0000, 2.0000]",
      shape: { given in
        guard case .whole(let first)? = given[0], let second = given.whole(1, default: first), given[2] == nil else {
          return .unknown
        }
        return .tensor([max(0, given[1] == nil ? first : second &- first)])
      }
    ) { call, workspace throws(RuntimeError) in
      let first = try call.float(0)
      let (start, stop) = call.has(1) ? (first, try call.float(1)) : (0, first)
      let (step, dtype) = (try call.float(2, default: 1), try call.dtype(3, default: .defaultFloat))
      return try engine { workspace.value(try Tensor.arange(start, stop, step: step, dtype: dtype)) }
    },
    Builtin(
      "linspace", [.required("start", .number), .required("stop", .number), .optional("count", "50", .whole(atLeast: 0))],
      .making,
      "Evenly spaced numbers from start to stop, both included.",
      example: "print(linspace(0, 1, 3))\n# [0.0000, 0.5000, 1.0000]",
      shape: { given in given.whole(2, default: 50).map { .tensor([$0]) } ?? .unknown }
    ) { call, workspace throws(RuntimeError) in
      let (start, stop, count) = (try call.float(0), try call.float(1), try call.int(2, default: 50))
      return try engine { workspace.value(try Tensor.linspace(start, stop, count: count, dtype: .defaultFloat)) }
    },
    Builtin(
      "meshgrid", [.rest("axes", .tensor), .named("indexing", "\"xy\"", .text(oneOf: ["xy", "ij"]))], .making,
      "For each vector a tensor that repeats it over the others' sizes, as a tuple. The first vector runs along the columns, the second along the rows; with indexing=\"ij\" each along its own dimension.",
      example: "x, y = meshgrid([1, 2, 3], [4, 5])\nprint(x[0], y[:, 0])\n# [1.0000, 2.0000, 3.0000] [4.0000, 5.0000]"
    ) { call, workspace throws(RuntimeError) in
      let swaps = try call.string(1, default: "xy") == "xy"
      var vectors: [Variable] = []
      for value in call.rest(0) { vectors.append(try workspace.variable(value)) }
      try workspace.mark(call.machine)
      return try engine { [vectors] in .tuple(try Variable.meshgrid(vectors, swapsFirstTwo: swaps).map(workspace.value)) }
    },
    Builtin(
      "one_hot", [.required("labels", .tensor), .optional("classes", "None", .whole(atLeast: 1))], .making,
      "For each class number a row that is 1 there and 0 elsewhere; classes is one more than the largest unless given.",
      example: "print(one_hot([0, 2], 3))\n# [[1.0000, 0.0000, 0.0000],\n#  [0.0000, 0.0000, 1.0000]]", isTensorMethod: true
    ) { call, workspace throws(RuntimeError) in
      let labels = try workspace.recordedPlaces(call[0])
      let classes = call.has(1) ? try call.int(1) : nil
      return try engine {
        workspace.value(try labels.oneHot(classes ?? ((try labels.value.ints().max() ?? -1) + 1), dtype: .defaultFloat))
      }
    },
    Builtin(
      "precision", [.required("dtype", .text(oneOf: ["float32", "float64"]))], .making,
      "The type of floats made from now on: \"float32\", which is the start, or \"float64\".",
      example: "precision(\"float64\")\nprint(zeros(2).dtype)\n# float64\nprecision(\"float32\")"
    ) { call, _ throws(RuntimeError) in
      let dtype = try call.dtype(0, default: .float32)
      DType.defaultFloat = dtype
      return .none
    },
  ]

  private static func filled(_ name: String, _ value: Double, _ help: String, example: String) -> Builtin {
    Builtin(
      name, [.rest("shape", .sizes), .named("dtype", "None", .dtype)], .making, help, example: example, shape: ShapeRules.sizes
    ) {
      call, workspace throws(RuntimeError) in
      let (shape, dtype) = (try call.shape(0), try call.dtype(1, default: .defaultFloat))
      return try engine { workspace.value(try Tensor.full(shape, value, dtype: dtype)) }
    }
  }

  private static func like(_ name: String, _ value: Double) -> Builtin {
    let noun = value == 0 ? "zeros" : "ones"
    return ofTensor(
      name, "x", [.named("dtype", "None", .dtype)], .making,
      "A tensor of \(noun) with the shape of x, and its type unless dtype says another.",
      example: "print(\(name)(tensor([1, 2])))\n# [\(value)000, \(value)000]", shape: ShapeRules.same
    ) { x, call, _ in Variable(try Tensor.full(x.shape, value, dtype: call.dtype(1, default: x.dtype))) }
  }
}
