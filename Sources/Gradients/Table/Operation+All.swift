extension Operation {
  /// The table: every operation there is.
  public static let all: [Operation] =
    arithmetic + exponentials + trigonometry + activations + comparisons + selection + reductions + softmaxes + shapes
    + indexing + products + inverses + decompositions + convolutions + pooling + chance + [custom]

  /// A function with the program's own backward rule; its first operand is the result, through which no gradient passes.
  public static let custom = Operation(
    "custom", arity: .any, shape: same, derivative: .custom, cost: free
  ) { inputs, _ in inputs[0].value }

  /// The entry of that name.
  public static func named(_ name: String) -> Operation? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
