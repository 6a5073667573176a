import Checking
import Execution
import Gradients
import Tensors

extension Builtin {
  static let ordering: [Builtin] = [
    ofTensor(
      "sort", "x", order, .shaping, "The entries in rising order along an axis, or in falling order; nan counts as the largest.",
      example: "print(tensor([3, 1, 2]).sort())\n# [1.0000, 2.0000, 3.0000]",
      shape: ShapeRules.alongAxis(-1) { x, axis throws(TensorError) in try x.sort(axis: axis) }
    ) { x, call, _ in try x.sort(axis: call.int(1, default: -1), descending: call.truth(2, default: false)) },
    ofTensor(
      "argsort", "x", order, .shaping,
      "The places that put the entries in rising order along an axis, or in falling order; equal ones keep theirs.",
      example: "print(argsort([3, 1, 2]))\n# [1, 2, 0]",
      shape: ShapeRules.alongAxis(-1) { x, axis throws(TensorError) in try x.argsort(axis: axis) }
    ) { x, call, _ in try x.argsort(axis: call.int(1, default: -1), descending: call.truth(2, default: false)) },
    tupleOfTensor(
      "topk", "x", [.required("k", .whole(atLeast: 0)), .optional("axis", "-1", .whole), .named("largest", "True", .flag)],
      .shaping, "The k largest entries along an axis, the largest first, and their places; with largest=False the k smallest.",
      example: "values, places = topk([3, 1, 2], 2)\nprint(values, places)\n# [3.0000, 2.0000] [0, 2]"
    ) { x, call, _ in
      let found = try x.topk(call.int(1), axis: call.int(2, default: -1), largest: call.truth(3, default: true))
      return [found.values, found.places]
    },
    ofTensor(
      "gather", "x", [.required("places", .tensor), .optional("axis", "-1", .whole)], .shaping,
      "The entries of x at places along an axis; of rows, result[i, j] = x[i, places[i, j]].",
      example:
        "places = tensor([[1], [0]], dtype=\"int64\")\nprint(gather([[1, 2], [3, 4]], places))\n# [[2.0000],\n#  [3.0000]]",
      shape: { given in given.shape(1).map(Known.tensor) ?? .unknown }
    ) { x, call, workspace in try x.gatherAlong(axis: call.int(2, default: -1), workspace.recordedPlaces(call[1])) },
    giving(
      "unique", "x", [.named("return_counts", "False", .flag)], .shaping,
      "The different values of all entries, from small to large; with return_counts=True also how often each occurs. nan counts as one value.",
      example: "print(unique([2, 1, 2]))\n# [1.0000, 2.0000]"
    ) { x, call, workspace in
      let (values, counts) = try x.value.unique()
      let wantsBoth = try call.truth(1, default: false)
      return wantsBoth ? .tuple([workspace.value(values), workspace.value(counts)]) : workspace.value(values)
    },
    ofTensor(
      "bincount", "x", [.optional("weights", "None", .tensor), .named("minlength", "0", .whole(atLeast: 0))], .shaping,
      "How often each whole number from 0 up occurs; with weights, the sum of the weights that stand where it occurs.",
      example: "print(bincount([0, 2, 2]))\n# [1, 0, 2]"
    ) { x, call, workspace in
      let places = try workspace.places(call[0])
      guard places.rank == 1 else {
        throw TensorError(.wrongRank(operation: "bincount", shape: places.shape, expected: "one dimension"))
      }
      let counts = try places.bincount(minimum: call.int(2, default: 0))
      guard call.has(1) else { return Variable(counts) }
      return try call.variable(1, in: workspace).sums(at: places, count: counts.count)
    },
    tupleOfTensor(
      "nonzero", "x", [], .shaping,
      "Where the entries are not 0 or are True: a tuple that has the places along each dimension, so that x[nonzero(x)] picks them.",
      example: "rows, columns = nonzero([[0, 1], [2, 0]])\nprint(rows, columns)\n# [0, 1] [1, 0]"
    ) { x, _, _ in
      guard x.shape.rank > 0 else {
        throw TensorError(.wrongRank(operation: "nonzero", shape: x.shape, expected: "at least one dimension"))
      }
      let found = Variable(try x.value.nonzero())
      return try (0..<x.shape.rank).map { axis in
        try found.slice(axis: 1, start: axis, count: 1).reshape(to: Shape([found.shape[0]]))
      }
    },
  ]

  private static let order: [Checking.Parameter] = [.optional("axis", "-1", .whole), .named("descending", "False", .flag)]
}
