import Tensors

extension Operation {
  /// Writes slices, which do not overlap, into zeros: the sum of what `placeSlice` makes of each.
  ///
  /// Plans make it of the gradients of slices, each of which would otherwise be as large as the whole.
  public static let assemble: Operation = .init(
    "assemble", arity: .any, shape: given,
    derivative: .pullback { it, upstream, i in
      try upstream.apply(.slice, .ranges(it.attributes.pieces[i], of: upstream.shape))
    }, formulas: ["1"], cost: free,
    examples: [
      Example(
        [.anywhere([2, 1]), .anywhere([1, 2])],
        .pieces(
          [[.init(start: 0, count: 2), .init(start: 3, count: 1)], [.init(start: 1, count: 1), .init(start: 0, count: 2)]],
          of: [2, 4]))
    ]
  ) { inputs, attributes in
    var whole = try Tensor.zeros(attributes.shape, dtype: inputs[0].dtype)
    for (piece, input) in zip(attributes.pieces, inputs.all) { try whole.setting(piece.map(\.index), to: input.data) }
    return whole
  }
}
