import Tensors

extension Operation {
  static let indexing = [gather, scatterAdd, gatherAlong, scatterAddAlong, index, scatterIndex, argsort, oneHot]

  /// The rows, along one dimension, that a tensor of places names: the places' shape stands for that dimension.
  public static let gather: Operation = .init(
    "gather", arity: .exactly(2),
    shape: { shapes, attributes in
      try shapes[0].replacing(attributes.axis..<attributes.axis + 1, with: shapes[1].dimensions)
    },
    derivative: .pullback { it, upstream, i in
      guard i == 0 else { return nil }
      let axis = it.attributes.axis
      return try upstream.apply(.scatterAdd, with: it.inputs[1], .length(it.x.shape[axis], axis: axis))
    }, formulas: ["1"], cost: free,
    examples: [
      Example([.anywhere([3, 2]), .places(below: 3, [4])], .axis(0)),
      Example([.anywhere([2, 3]), .places(below: 3, [2, 2])], .axis(1)),
    ]
  ) { inputs, attributes in try inputs[0].value.gather(inputs[1].value, axis: attributes.axis) }

  /// Adds rows, along one dimension, into zeros at the places: the backward pass of `gather`.
  public static let scatterAdd: Operation = .init(
    "scatter_add", arity: .exactly(2),
    shape: { shapes, attributes in
      try shapes[0].replacing(attributes.axis..<attributes.axis + shapes[1].rank, with: [attributes.length])
    },
    derivative: .pullback { it, upstream, i in
      i == 0 ? try upstream.apply(.gather, with: it.inputs[1], .axis(it.attributes.axis)) : nil
    }, formulas: ["1"],
    examples: [
      Example([.anywhere([4, 2]), .places(below: 3, [4])], .length(3, axis: 0)),
      Example([.anywhere([2, 2, 2]), .places(below: 3, [2, 2])], .length(3, axis: 1)),
    ]
  ) { inputs, attributes in
    let shape = try scatterAdd.shape([inputs[0].shape, inputs[1].shape], attributes)
    return try Tensor.zeros(shape, dtype: inputs[0].dtype)
      .scatterAdd(inputs[1].value, inputs[0].value, axis: attributes.axis)
  }

  /// For each entry of the places, the operand's entry that has this place along one dimension and agrees in the others.
  public static let gatherAlong: Operation = .init(
    "gather_along", arity: .exactly(2), shape: { shapes, _ in shapes[1] },
    derivative: .pullback { it, upstream, i in
      guard i == 0 else { return nil }
      let axis = it.attributes.axis
      return try upstream.apply(.scatterAddAlong, with: it.inputs[1], .length(it.x.shape[axis], axis: axis))
    }, formulas: ["1"], cost: free,
    examples: [
      Example([.anywhere([3, 2]), .places(below: 3, [2, 2])], .axis(0)),
      Example([.anywhere([2, 3]), .places(below: 3, [2, 4])], .axis(1)),
    ]
  ) { inputs, attributes in try inputs[0].value.gatherAlong(axis: attributes.axis, inputs[1].value) }

  /// Adds each entry into zeros at its place along one dimension: the backward pass of `gatherAlong`.
  public static let scatterAddAlong: Operation = .init(
    "scatter_add_along", arity: .exactly(2),
    shape: { shapes, attributes in
      try shapes[0].replacing(attributes.axis..<attributes.axis + 1, with: [attributes.length])
    },
    derivative: .pullback { it, upstream, i in
      i == 0 ? try upstream.apply(.gatherAlong, with: it.inputs[1], .axis(it.attributes.axis)) : nil
    }, formulas: ["1"],
    examples: [Example([.anywhere([2, 4]), .places(below: 3, [2, 4])], .length(3, axis: 1))]
  ) { inputs, attributes in
    let shape = try scatterAddAlong.shape([inputs[0].shape, inputs[1].shape], attributes)
    return try Tensor.zeros(shape, dtype: inputs[0].dtype)
      .scatterAddAlong(axis: attributes.axis, inputs[1].value, inputs[0].value)
  }

  /// What stands between brackets, with NumPy's meaning.
  public static let index: Operation = .init(
    "index", arity: .exactly(1),
    shape: { shapes, attributes in try Tensor.zeros(shapes[0], dtype: .bool).subscripted(attributes.indices).shape },
    derivative: .pullback { it, upstream, _ in try upstream.apply(.scatterIndex, it.attributes) }, formulas: ["1"],
    cost: free,
    examples: [
      Example([.anywhere([3, 2])], .indices([.at(-1), .newAxis, .all], of: [3, 2])),
      Example([.anywhere([2, 4])], .indices([.ellipsis, .slice(start: 3, stop: nil, step: -2)], of: [2, 4])),
    ]
  ) { inputs, attributes in try inputs[0].value.subscripted(attributes.indices) }

  /// Adds into zeros what `index` would take out, at its places.
  public static let scatterIndex: Operation = .init(
    "scatter_index", arity: .exactly(1), shape: given,
    derivative: .pullback { it, upstream, _ in try upstream.apply(.index, it.attributes) }, formulas: ["1"],
    examples: [Example([.anywhere([1, 2])], .indices([.at(-1), .newAxis, .all], of: [3, 2]))]
  ) { inputs, attributes in
    try Tensor.zeros(attributes.shape, dtype: inputs[0].dtype).scatterAdd(attributes.indices, inputs[0].value)
  }

  /// The places, along one dimension, that put the entries in order; equal ones keep theirs.
  public static let argsort: Operation = .init(
    "argsort", arity: .exactly(1), shape: same, derivative: .none, dtype: always(.int64)
  ) { inputs, attributes in
    try inputs[0].value.argsort(axis: attributes.axis, descending: attributes.isDescending)
  }

  /// For each class number a row that is true there.
  public static let oneHot: Operation = .init(
    "one_hot", arity: .exactly(1), shape: { shapes, attributes in try Shape(shapes[0].dimensions + [attributes.length]) },
    derivative: .none, dtype: always(.bool)
  ) { inputs, attributes in try inputs[0].value.oneHot(attributes.length) }
}
