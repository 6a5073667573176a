import Execution
import Gradients
import Tensors

extension Builtin {
  static let chance: [Builtin] = [
    Builtin(
      "seed", [.required("seed", .seed.orNone)], .making,
      "Starts the session's random numbers anew; a session begins as after seed(0). seed(None) takes a seed from the system.",
      example: "seed(1)\na = rand(3)\nseed(1)\nprint(allclose(a, rand(3)))\n# True"
    ) { call, workspace throws(RuntimeError) in
      workspace.reseed(try call.seed(0) ?? UInt64.random(in: 0...UInt64.max))
      return .none
    },
    drawn("rand", "Numbers drawn evenly from 0 up to 1.", example: "print(rand(2, 3).shape)\n# (2, 3)") {
      shape, dtype, stream throws(TensorError) in try stream.uniform(shape, dtype: dtype)
    },
    drawn(
      "randn", "Numbers drawn from the normal distribution of mean 0 and standard deviation 1.",
      example: "print(abs(randn(1000).mean()) < 0.2)\n# True"
    ) { shape, dtype, stream throws(TensorError) in try stream.normal(shape, dtype: dtype) },
    Builtin(
      "randint", [.required("low", .whole), .required("high", .whole), .rest("shape", .sizes), .named("seed", "None", .seed)],
      .making,
      "Whole numbers drawn evenly from low up to, not including, high.",
      example: "x = randint(0, 10, 100)\nprint(x.min() >= 0, x.max() < 10)\n# True True"
    ) { call, workspace throws(RuntimeError) in
      let (low, high, shape) = (try call.int(0), try call.int(1), try call.shape(2))
      let seed = try call.seed(3)
      return try engine { workspace.value(try workspace.drawn(seed: seed) { try $0.integers(shape, low: low, high: high) }) }
    },
    Builtin(
      "permutation", [.required("n", .whole(atLeast: 0)), .named("seed", "None", .seed)], .making,
      "The whole numbers from 0 to n - 1 in random order.",
      example: "print(permutation(5).sort())\n# [0, 1, 2, 3, 4]"
    ) { call, workspace throws(RuntimeError) in
      let n = try call.int(0)
      let seed = try call.seed(1)
      return try engine { workspace.value(try workspace.drawn(seed: seed) { try $0.permutation(n) }) }
    },
    Builtin(
      "choice", [.required("n", .whole(atLeast: 1)), .named("p", "None", .tensor), .named("seed", "None", .seed)], .making,
      "One of the whole numbers from 0 to n - 1, drawn evenly or with the probabilities p.",
      example: "print(choice(3, p=[0, 1, 0]))\n# 1"
    ) { call, workspace throws(RuntimeError) in
      let n = try call.int(0)
      let p = call.has(1) ? try call.variable(1, in: workspace).value.doubles : nil
      var stream = workspace.stream(seed: try call.seed(2))
      return try engine { .int(try stream.choice(n, shape: [1], p: p).intItem()) }
    },
  ]

  private typealias Draw =
    @Sendable (Shape, DType, inout RandomStream) throws(TensorError) -> Tensor

  private static func drawn(_ name: String, _ help: String, example: String, _ draw: @escaping Draw) -> Builtin {
    Builtin(
      name, [.rest("shape", .sizes), .named("seed", "None", .seed), .named("dtype", "None", .dtype)], .making, help,
      example: example,
      shape: ShapeRules.sizes
    ) { call, workspace throws(RuntimeError) in
      let (shape, dtype) = (try call.shape(0), try call.dtype(2, default: .defaultFloat))
      let seed = try call.seed(1)
      return try engine { workspace.value(try workspace.drawn(seed: seed) { try draw(shape, dtype, &$0) }) }
    }
  }
}
