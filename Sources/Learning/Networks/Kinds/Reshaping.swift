import Gradients
import Tensors

// Layers that give the numbers of an example another shape.
extension LayerKind {
  /// All numbers of an example in one row.
  public static let flatten = LayerKind(
    "flatten", formula: "x as [batch, numbers]",
    shape: { site throws(LearningError) in
      try operations { () throws(TensorError) in try Shape([site.input.count]) }
    },
    forward: { call throws(LearningError) in
      try operations { () throws(TensorError) in
        try call.x.shape.rank > 1 ? call.x.reshape([call.x.shape[0], call.site.input.count]) : call.x
      }
    })

  /// The numbers of each example in another shape.
  public static let reshape = LayerKind(
    "reshape", [Hyperparameter("shape", .shape, "the shape of one example, of which one size may be -1")],
    formula: "x as [batch, ...shape]",
    shape: { site throws(LearningError) in try site.reshaped() },
    forward: { call throws(LearningError) in
      let example = try call.site.reshaped()
      return try operations { () throws(TensorError) in
        try call.x.reshape(Array(call.x.shape.dimensions.dropLast(call.site.input.rank)) + example.dimensions)
      }
    })

  /// The mean of each channel.
  ///
  /// Shapes: `x` is `[batch, channels, …]`, the result `[batch, channels]`.
  public static let globalAveragePool = LayerKind(
    "global_avg_pool", formula: "the mean of each channel",
    shape: { site throws(LearningError) in
      guard site.input.rank > 1 else { throw .wrongRank(layer: site.path, input: site.input, wanted: .channels) }
      return try operations { () throws(TensorError) in try Shape([site.input[0]]) }
    },
    forward: { call throws(LearningError) in
      try operations { () throws(TensorError) in try call.x.mean(axes: Array(2..<call.x.shape.rank)) }
    })
}

extension LayerKind.Site {
  /// The shape that is asked for, with the size that is left open worked out.
  fileprivate func reshaped() throws(LearningError) -> Shape {
    let sizes = settings.sizes("shape") ?? []
    let known = sizes.filter { $0 >= 0 }.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    let missing = known > 0 ? input.count / known : 0
    let shape = try operations { () throws(TensorError) in try Shape(sizes.map { $0 < 0 ? missing : $0 }) }
    guard shape.count == input.count else { throw .unfitReshape(layer: path, input: input, sizes: sizes) }
    return shape
  }
}
