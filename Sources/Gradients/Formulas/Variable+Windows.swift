import Tensors

// Images are [batch, channels, ...sizes], with one or two spatial dimensions. A list of one number serves all of them.
extension Variable {
  /// Slides the weights `[filters, channels / groups, ...size]` over images and sums the products.
  public func convolution(
    _ weight: Variable, stride: [Int] = [1], padding: [Int] = [0], dilation: [Int] = [1], groups: Int = 1
  ) throws(TensorError) -> Variable {
    let window = try Variable.window("convolution", weight, stride, padding, dilation, groups)
    // The settings are made for shapes that fit.
    _ = try window.convolved(shape, with: weight.shape)
    return try apply(.convolution, with: weight, .window(window, of: shape))
  }

  /// The gradient of a convolution in its images, as a layer: weights `[channels, filters / groups, ...size]` bring images
  /// of `channels` to images of `filters`.
  ///
  /// - Parameter outputPadding: rows and columns added at the end, where a stride leaves the size open.
  public func convolutionTranspose(
    _ weight: Variable, stride: [Int] = [1], padding: [Int] = [0], outputPadding: [Int] = [0], dilation: [Int] = [1],
    groups: Int = 1
  ) throws(TensorError) -> Variable {
    let window = try Variable.window("convolution_transpose", weight, stride, padding, dilation, groups)
    let images = try window.images(convolvedTo: shape, with: weight.shape, extra: outputPadding)
    return try apply(.convolutionInput, with: weight, .window(window, of: images))
  }

  /// The largest entry under each place of a window; the first of equals has the gradient.
  public func maxPool(size: [Int], stride: [Int]? = nil, padding: [Int] = [0]) throws(TensorError) -> Variable {
    let window = try Window("max_pool", size: size, stride: stride ?? size, padding: padding)
    let pooled = try window.pooled(shape, in: "max_pool")
    func planes(_ shape: Shape) -> [Int] { [shape[0], shape[1], shape.dimensions[2...].reduce(1, *)] }
    let places = try apply(.maxPoolPlaces, .window(window, of: shape)).reshape(to: try Shape(planes(pooled)))
    return try reshape(to: try Shape(planes(shape))).apply(.gatherAlong, with: places, .axis(2)).reshape(to: pooled)
  }

  /// The mean of the entries under each place of a window, padding counted as zeros.
  public func averagePool(size: [Int], stride: [Int]? = nil, padding: [Int] = [0]) throws(TensorError) -> Variable {
    let window = try Window("average_pool", size: size, stride: stride ?? size, padding: padding)
    return try apply(.averagePool, .window(window, of: shape))
  }

  private static func window(
    _ operation: String, _ weight: Variable, _ stride: [Int], _ padding: [Int], _ dilation: [Int], _ groups: Int
  ) throws(TensorError) -> Window {
    guard weight.shape.rank == 3 || weight.shape.rank == 4 else {
      throw TensorError(
        .wrongRank(operation: operation, shape: weight.shape, expected: "weights [filters, channels/groups, ...size]"))
    }
    return try Window(
      operation, size: Array(weight.shape.dimensions[2...]), stride: stride, padding: padding, dilation: dilation, groups: groups)
  }
}
