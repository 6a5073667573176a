/// A window that moves over one or two spatial dimensions of images, `[batch, channels, ...sizes]`.
public struct Window: Hashable, Sendable {
  /// Elements along each spatial dimension; all other lists are as long.
  public var size: [Int]
  /// Steps from one place to the next.
  public var stride: [Int]
  /// Zeros on each side.
  public var padding: [Int]
  /// Steps from one element of the window to the next.
  public var dilation: [Int]
  /// Parts that the channels and the filters are divided in, each convolved by itself.
  public var groups: Int

  /// A list of one number serves every dimension.
  ///
  /// Throws a `ValueError` for numbers or lists that no window can have.
  public init(
    _ operation: String, size: [Int], stride: [Int], padding: [Int], dilation: [Int] = [1], groups: Int = 1
  ) throws(TensorError) {
    guard size.count == 1 || size.count == 2 else {
      throw TensorError(
        .badArgument(operation: operation, argument: "size", value: "\(size)", rule: "must hold one or two numbers"))
    }
    self.size = try Window.checked(size, "size", 1, size.count, operation)
    self.stride = try Window.checked(stride, "stride", 1, size.count, operation)
    self.padding = try Window.checked(padding, "padding", 0, size.count, operation)
    self.dilation = try Window.checked(dilation, "dilation", 1, size.count, operation)
    self.groups = try Window.checked([groups], "groups", 1, 1, operation)[0]
  }

  /// Sizes of images and windows multiply, so numbers beyond these bounds are mistakes.
  static func checked(
    _ numbers: [Int], _ name: String, _ least: Int, _ count: Int, _ operation: String
  ) throws(TensorError) -> [Int] {
    guard numbers.count == count || numbers.count == 1, numbers.allSatisfy({ $0 >= least && $0 < 1 << 31 }) else {
      let rule = count == 1 ? "must be a whole number from \(least) up" : "must be \(count) whole numbers from \(least) up"
      throw TensorError(.badArgument(operation: operation, argument: name, value: "\(numbers)", rule: rule))
    }
    return numbers.count == count ? numbers : Array(repeating: numbers[0], count: count)
  }

  /// What the window spans along each dimension.
  public var span: [Int] { zip(size, dilation).map { ($0 - 1) * $1 + 1 } }

  /// The number of its places along each spatial dimension of `images`.
  public func places(on images: Shape, in operation: String) throws(TensorError) -> [Int] {
    guard images.rank == size.count + 2 else {
      throw TensorError(
        .wrongRank(
          operation: operation, shape: images,
          expected: size.count == 1 ? "[batch, channels, length]" : "[batch, channels, height, width]"))
    }
    let sizes = Array(images.dimensions[2...])
    var places: [Int] = []
    for (i, size) in sizes.enumerated() {
      let room = size + 2 * padding[i] - span[i]
      guard room >= 0 else {
        throw TensorError(.windowTooLarge(operation: operation, window: span, images: sizes, padding: padding))
      }
      places.append(room / stride[i] + 1)
    }
    return places
  }

  /// The shape of images convolved with weights `[filters, channels / groups, ...size]`.
  public func convolved(_ images: Shape, with weight: Shape) throws(TensorError) -> Shape {
    let places = try places(on: images, in: "convolution")
    guard weight.rank == images.rank, Array(weight.dimensions[2...]) == size, weight[1] * groups == images[1] else {
      throw weight.rank == images.rank
        ? TensorError(.channelsDiffer(operation: "convolution", images: images, weight: weight, groups: groups))
        : TensorError(.shapesDiffer(operation: "convolution", left: images, right: weight))
    }
    guard weight[0] % groups == 0 else {
      throw TensorError(
        .badArgument(
          operation: "convolution", argument: "groups", value: "\(groups)", rule: "must divide the \(weight[0]) filters"))
    }
    return try Shape([images[0], weight[0]] + places)
  }

  /// The shape of the weights that bring `images` to the shape `convolved`.
  public func weight(images: Shape, convolved: Shape) throws(TensorError) -> Shape {
    let places = try places(on: images, in: "convolution_weight")
    guard convolved.rank == images.rank, convolved[0] == images[0], Array(convolved.dimensions[2...]) == places,
      images[1] % groups == 0
    else { throw TensorError(.shapesDiffer(operation: "convolution_weight", left: images, right: convolved)) }
    return try Shape([convolved[1], images[1] / groups] + size)
  }

  /// The shape of pooled images.
  public func pooled(_ images: Shape, in operation: String) throws(TensorError) -> Shape {
    let places = try places(on: images, in: operation)
    guard zip(padding, size).allSatisfy({ 2 * $0 <= $1 }) else {
      throw TensorError(
        .badArgument(
          operation: operation, argument: "padding", value: "\(padding)", rule: "must be at most half of the window \(size)"))
    }
    return try Shape([images[0], images[1]] + places)
  }

  /// The images that this window, convolving, brings to the shape `convolved`; `extra` is added at the far ends, where a
  /// stride leaves it open.
  public func images(
    convolvedTo convolved: Shape, with weight: Shape, extra: [Int]
  ) throws(TensorError) -> Shape {
    let operation = "convolution_transpose"
    guard convolved.rank == size.count + 2 else {
      throw TensorError(.wrongRank(operation: operation, shape: convolved, expected: "\(size.count + 2) dimensions"))
    }
    guard weight.rank == convolved.rank, weight[0] == convolved[1] else {
      throw TensorError(.shapesDiffer(operation: operation, left: convolved, right: weight))
    }
    let extra = try Window.checked(extra, "output_padding", 0, size.count, operation)
    guard zip(extra, zip(stride, dilation)).allSatisfy({ $0 == 0 || $0 < Swift.max($1.0, $1.1) }) else {
      throw TensorError(
        .badArgument(
          operation: operation, argument: "output_padding", value: "\(extra)",
          rule: "must be smaller than the stride or the dilation"))
    }
    var sizes: [Int] = []
    for i in size.indices {
      let size = (convolved[i + 2] - 1) * stride[i] + span[i] + extra[i] - 2 * padding[i]
      guard size > 0 else {
        throw TensorError(
          .badArgument(operation: operation, argument: "padding", value: "\(padding)", rule: "must leave something of the result")
        )
      }
      sizes.append(size)
    }
    return try Shape([convolved[0], weight[1] * groups] + sizes)
  }
}
