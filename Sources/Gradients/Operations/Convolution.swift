import Tensors

// A convolution is linear in images, weights and the gradient of its result, so that the three operations, each of two of
// them, are each other's derivatives.
extension Operation {
  static let convolutions = [convolution, convolutionInput, convolutionWeight]

  /// Images `[batch, channels, ...]` and weights `[filters, channels / groups, ...size]` to `[batch, filters, ...]`.
  public static let convolution: Operation = .init(
    "convolution", arity: .exactly(2),
    shape: { shapes, attributes in try attributes.window.convolved(shapes[0], with: shapes[1]) },
    derivative: .pullback { it, upstream, i in
      i == 0
        ? try upstream.apply(.convolutionInput, with: it.inputs[1], it.attributes)
        : try it.x.apply(.convolutionWeight, with: upstream, it.attributes)
    },
    formulas: ["b", "a"], cost: { inputs, output, _ in output.count * inputs[1].count / Swift.max(inputs[1][0], 1) },
    examples: windows.map { images, weight, window in
      Example([.anywhere(images), .anywhere(weight)], .window(window, of: images))
    }, dtype: floating
  ) { inputs, attributes in try inputs[0].value.convolution(inputs[1].value, attributes.window) }

  /// The gradient in the images, from that in the result and the weights; by itself, the transposed convolution.
  public static let convolutionInput: Operation = .init(
    "convolution_input", arity: .exactly(2), shape: given,
    derivative: .pullback { it, upstream, i in
      i == 0
        ? try upstream.apply(.convolution, with: it.inputs[1], it.attributes)
        : try upstream.apply(.convolutionWeight, with: it.x, it.attributes)
    },
    formulas: ["b", "a"], cost: { inputs, _, _ in inputs[0].count * inputs[1].count / Swift.max(inputs[1][0], 1) },
    examples: windows.map { images, weight, window in
      Example([.anywhere(result(images, weight, window)), .anywhere(weight)], .window(window, of: images))
    }, dtype: floating
  ) { inputs, attributes in
    try inputs[0].value.convolutionInput(inputs[1].value, attributes.window, images: attributes.shape)
  }

  /// The gradient in the weights, from the images and the gradient in the result.
  public static let convolutionWeight: Operation = .init(
    "convolution_weight", arity: .exactly(2),
    shape: { shapes, attributes in try attributes.window.weight(images: shapes[0], convolved: shapes[1]) },
    derivative: .pullback { it, upstream, i in
      i == 0
        ? try it.inputs[1].apply(.convolutionInput, with: upstream, it.attributes)
        : try it.x.apply(.convolution, with: upstream, it.attributes)
    },
    formulas: ["b", "a"], cost: { inputs, output, _ in inputs[1].count * output.count / Swift.max(output[0], 1) },
    examples: windows.map { images, weight, window in
      Example([.anywhere(images), .anywhere(result(images, weight, window))], .window(window, of: images))
    }, dtype: floating
  ) { inputs, attributes in try inputs[0].value.convolutionWeight(inputs[1].value, attributes.window) }

  /// Images, weights and windows at which the derivatives are checked.
  private static let windows: [(images: Shape, weight: Shape, window: Window)] = [
    ([2, 2, 5], [3, 2, 2], window([2])), ([1, 2, 4], [2, 1, 3], window([3], stride: [2], padding: [1], groups: 2)),
    ([1, 2, 3, 4], [2, 2, 2, 3], window([2, 3])),
    ([2, 1, 4, 3], [1, 1, 2, 2], window([2, 2], stride: [2, 1], padding: [1, 0], dilation: [1, 2])),
    ([1, 2, 3, 3], [4, 1, 3, 3], window([3, 3], padding: [1, 2], groups: 2)),
  ]

  private static func window(
    _ size: [Int], stride: [Int] = [1], padding: [Int] = [0], dilation: [Int] = [1], groups: Int = 1
  ) -> Window {
    guard
      let window = try? Window("example", size: size, stride: stride, padding: padding, dilation: dilation, groups: groups)
    else { preconditionFailure("an example has a window") }
    return window
  }

  private static func result(_ images: Shape, _ weight: Shape, _ window: Window) -> Shape {
    guard let result = try? window.convolved(images, with: weight) else { preconditionFailure("an example's shapes fit") }
    return result
  }
}
