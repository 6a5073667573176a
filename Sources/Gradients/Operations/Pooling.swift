import Tensors

extension Operation {
  static let pooling = [maxPoolPlaces, averagePool, averagePoolInput]

  /// Where in its plane, counted row by row, the largest entry under each place of the window lies; the first of equals.
  public static let maxPoolPlaces: Operation = .init(
    "max_pool_places", arity: .exactly(1),
    shape: { shapes, attributes in try attributes.window.pooled(shapes[0], in: "max_pool") }, derivative: .none,
    cost: windowed, dtype: always(.int64)
  ) { inputs, attributes in try inputs[0].value.maxPoolPlaces(attributes.window) }

  /// The mean of the entries under each place of the window, padding counted as zeros.
  public static let averagePool: Operation = .init(
    "average_pool", arity: .exactly(1),
    shape: { shapes, attributes in try attributes.window.pooled(shapes[0], in: "average_pool") },
    derivative: .pullback { it, upstream, _ in try upstream.apply(.averagePoolInput, it.attributes) }, formulas: ["1/n"],
    cost: windowed,
    examples: windows.map { images, _, window in Example([.anywhere(images)], .window(window, of: images)) }, dtype: floating
  ) { inputs, attributes in try inputs[0].value.averagePool(attributes.window) }

  /// Shares each entry out to those of which it is the mean.
  public static let averagePoolInput: Operation = .init(
    "average_pool_input", arity: .exactly(1), shape: given,
    derivative: .pullback { it, upstream, _ in try upstream.apply(.averagePool, it.attributes) }, formulas: ["1/n"],
    cost: { inputs, _, attributes in inputs[0].count * attributes.window.size.reduce(1, *) },
    examples: windows.map { images, pooled, window in Example([.anywhere(pooled)], .window(window, of: images)) }, dtype: floating
  ) { inputs, attributes in try inputs[0].value.averagePoolInput(attributes.window, images: attributes.shape) }

  private static let windowed: Cost = { _, output, attributes in output.count * attributes.window.size.reduce(1, *) }

  private static let windows: [(images: Shape, pooled: Shape, window: Window)] = {
    guard let even = try? Window("example", size: [2, 2], stride: [2, 2], padding: [0]),
      let padded = try? Window("example", size: [3, 2], stride: [2, 1], padding: [1, 0]),
      let line = try? Window("example", size: [2], stride: [1], padding: [1])
    else { preconditionFailure("an example has a window") }
    return [([1, 2, 4, 5], [1, 2, 2, 2], even), ([2, 1, 3, 4], [2, 1, 2, 3], padded), ([1, 2, 3], [1, 2, 4], line)]
  }()
}
