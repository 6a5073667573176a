import Tensors

extension Operation {
  static let shapes = [identity, cast, reshape, transpose, expand, concat, slice, placeSlice, assemble]

  /// The operand itself, but another variable: it can be differentiated in apart.
  public static let identity: Operation = .init(
    "identity", arity: .exactly(1), shape: same, derivative: .pullback { _, upstream, _ in upstream }, formulas: ["1"],
    cost: free, examples: [Example([.anywhere([2])])]
  ) { inputs, _ in inputs[0].value }

  /// The same numbers in another type; a whole-number result is constant.
  public static let cast: Operation = .init(
    "cast", arity: .exactly(1), shape: same, derivative: .pullback { _, upstream, _ in upstream }, formulas: ["1"],
    cost: free, examples: [Example([.anywhere([2])], .dtype(.float64))], dtype: named
  ) { inputs, attributes in try inputs[0].value.cast(to: attributes.dtype) }

  /// The same entries in another shape.
  public static let reshape: Operation = .init(
    "reshape", arity: .exactly(1), shape: given,
    derivative: .pullback { it, upstream, _ in try upstream.reshape(to: it.x.shape) }, formulas: ["1"], cost: free,
    examples: [Example([.anywhere([2, 3])], .shape([3, 2])), Example([.anywhere([2])], .shape([2, 1]))]
  ) { inputs, attributes in try inputs[0].value.reshape(attributes.shape.dimensions) }

  /// Exchanges dimensions.
  public static let transpose: Operation = .init(
    "transpose", arity: .exactly(1),
    shape: { shapes, attributes in try Shape(attributes.permutation.map { shapes[0][$0] }) },
    derivative: .pullback { it, upstream, _ in
      var inverse = it.attributes.permutation
      for (i, dimension) in it.attributes.permutation.enumerated() { inverse[dimension] = i }
      return try upstream.transpose(inverse)
    }, formulas: ["1"], cost: free,
    examples: [
      Example([.anywhere([2, 3])], .permutation([1, 0])), Example([.anywhere([2, 3, 2])], .permutation([2, 0, 1])),
    ]
  ) { inputs, attributes in try inputs[0].value.transpose(attributes.permutation) }

  /// Repeats along new dimensions, and along those of length 1; the backward pass sums over the repetitions.
  public static let expand: Operation = .init(
    "expand", arity: .exactly(1), shape: given, derivative: .pullback { _, upstream, _ in upstream }, formulas: ["1"],
    cost: free,
    examples: [Example([.anywhere([3])], .shape([2, 3])), Example([.anywhere([2, 1])], .shape([2, 2, 3]))]
  ) { inputs, attributes in try inputs[0].value.expand(to: attributes.shape) }

  /// Joins along one dimension.
  public static let concat: Operation = .init(
    "concat", arity: .any,
    shape: { shapes, attributes in try Shape.joined(shapes, axis: attributes.axis) },
    derivative: .pullback { it, upstream, i in
      let axis = it.attributes.axis
      let start = (0..<i).reduce(0) { $0 + it.inputs[$1].shape[axis] }
      return try upstream.slice(axis: axis, start: start, count: it.inputs[i].shape[axis])
    }, formulas: ["1"], cost: free,
    examples: [
      Example([.anywhere([2, 3]), .anywhere([1, 3])], .axis(0)),
      Example([.anywhere([2, 1]), .anywhere([2, 2]), .anywhere([2, 1])], .axis(1)),
    ], dtype: common
  ) { inputs, attributes in try Tensor.concat(inputs.all.map(\.value), axis: attributes.axis) }

  /// Every step-th entry of each dimension.
  public static let slice: Operation = .init(
    "slice", arity: .exactly(1), shape: { _, attributes in try Shape(attributes.ranges.map(\.count)) },
    derivative: .pullback { it, upstream, _ in try upstream.apply(.placeSlice, it.attributes) }, formulas: ["1"],
    cost: free,
    examples: [
      Example([.anywhere([5])], .ranges([.init(start: 1, step: 2, count: 2)], of: [5])),
      Example([.anywhere([2, 4])], .ranges([.init(start: 1, count: 1), .init(start: 3, step: -1, count: 3)], of: [2, 4])),
    ]
  ) { inputs, attributes in try inputs[0].value.subscripted(attributes.ranges.map(\.index)) }

  /// Writes a slice into zeros: what `slice` takes out, put back in its place.
  public static let placeSlice: Operation = .init(
    "place_slice", arity: .exactly(1), shape: given,
    derivative: .pullback { it, upstream, _ in try upstream.apply(.slice, it.attributes) }, formulas: ["1"], cost: free,
    examples: [
      Example([.anywhere([2])], .ranges([.init(start: 1, step: 2, count: 2)], of: [5])),
      Example([.anywhere([1, 3])], .ranges([.init(start: 1, count: 1), .init(start: 3, step: -1, count: 3)], of: [2, 4])),
    ]
  ) { inputs, attributes in
    var whole = try Tensor.zeros(attributes.shape, dtype: inputs[0].dtype)
    try whole.setting(attributes.ranges.map(\.index), to: inputs[0].value)
    return whole
  }

  /// What moves numbers without computing takes no multiply-adds.
  static let free: Cost = { _, _, _ in 0 }
}
