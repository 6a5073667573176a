import Tensors

extension Operation {
  static let indexing = [take, addAt, gather, scatterAdd, argsort]

  /// The rows, along one dimension, that a tensor of places names: the places' shape stands for that dimension.
  public static let take: Operation = .init(
    "take", arity: .exactly(2),
    shape: { shapes, attributes in
      try shapes[0].replacing(attributes.axis..<attributes.axis + 1, with: shapes[1].dimensions)
    },
    derivative: .pullback { it, upstream, i in
      guard i == 0 else { return nil }
      let axis = it.attributes.axis
      return try upstream.apply(.addAt, with: it.inputs[1], .length(it.x.shape[axis], axis: axis))
    }, formulas: ["1"], cost: free,
    examples: [
      Example([.anywhere([3, 2]), .places(below: 3, [4])], .axis(0)),
      Example([.anywhere([2, 3]), .places(below: 3, [2, 2])], .axis(1)),
    ]
  ) { inputs, attributes in try inputs[0].value.take(inputs[1].value, axis: attributes.axis) }

  /// Adds rows, along one dimension, into zeros at the places: the backward pass of `take`.
  public static let addAt: Operation = .init(
    "add_at", arity: .exactly(2),
    shape: { shapes, attributes in
      try shapes[0].replacing(attributes.axis..<attributes.axis + shapes[1].rank, with: [attributes.length])
    },
    derivative: .pullback { it, upstream, i in
      i == 0 ? try upstream.apply(.take, with: it.inputs[1], .axis(it.attributes.axis)) : nil
    }, formulas: ["1"],
    examples: [
      Example([.anywhere([4, 2]), .places(below: 3, [4])], .length(3, axis: 0)),
      Example([.anywhere([2, 2, 2]), .places(below: 3, [2, 2])], .length(3, axis: 1)),
    ]
  ) { inputs, attributes in
    try inputs[0].value.addedAt(inputs[1].value, axis: attributes.axis, length: attributes.length)
  }

  /// For each entry of the places, the operand's entry that has this place along one dimension and agrees in the others.
  public static let gather: Operation = .init(
    "gather", arity: .exactly(2), shape: { shapes, _ in shapes[1] },
    derivative: .pullback { it, upstream, i in
      guard i == 0 else { return nil }
      let axis = it.attributes.axis
      return try upstream.apply(.scatterAdd, with: it.inputs[1], .length(it.x.shape[axis], axis: axis))
    }, formulas: ["1"], cost: free,
    examples: [
      Example([.anywhere([3, 2]), .places(below: 3, [2, 2])], .axis(0)),
      Example([.anywhere([2, 3]), .places(below: 3, [2, 4])], .axis(1)),
    ]
  ) { inputs, attributes in try inputs[0].value.gather(inputs[1].value, axis: attributes.axis) }

  /// Adds each entry into zeros at its place along one dimension: the backward pass of `gather`.
  public static let scatterAdd: Operation = .init(
    "scatter_add", arity: .exactly(2),
    shape: { shapes, attributes in
      try shapes[0].replacing(attributes.axis..<attributes.axis + 1, with: [attributes.length])
    },
    derivative: .pullback { it, upstream, i in
      i == 0 ? try upstream.apply(.gather, with: it.inputs[1], .axis(it.attributes.axis)) : nil
    }, formulas: ["1"],
    examples: [Example([.anywhere([2, 4]), .places(below: 3, [2, 4])], .length(3, axis: 1))]
  ) { inputs, attributes in
    try inputs[0].value.scatterAdded(inputs[1].value, axis: attributes.axis, length: attributes.length)
  }

  /// The places, along one dimension, that put the entries in rising order; equal ones keep theirs.
  public static let argsort: Operation = .init("argsort", arity: .exactly(1), shape: same, derivative: .none) {
    inputs, attributes in
    try inputs[0].value.argsort(axis: attributes.axis)
  }
}
