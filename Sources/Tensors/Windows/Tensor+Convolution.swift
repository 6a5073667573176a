extension Tensor {
  /// Convolves images `[batch, channels, ...]` with weights `[filters, channels / groups, ...size]`, without turning these
  /// around.
  public func convolution(_ weight: Tensor, _ window: Window) throws(TensorError) -> Tensor {
    let result = try window.convolved(shape, with: weight.shape)
    return try Tensor.run(.forward, window, images: shape, result: result, self, weight, to: result)
  }

  /// The gradient in images of the shape `images`, from that in their convolution with `weight`: this tensor.
  public func convolutionInput(_ weight: Tensor, _ window: Window, images: Shape) throws(TensorError) -> Tensor {
    let convolved = try window.convolved(images, with: weight.shape)
    guard convolved == shape else {
      throw TensorError(.shapesDiffer(operation: "convolution_input", left: convolved, right: shape))
    }
    return try Tensor.run(.input, window, images: images, result: shape, self, weight, to: images)
  }

  /// The gradient in the weights, from that in the convolution of this tensor's images.
  public func convolutionWeight(_ gradient: Tensor, _ window: Window) throws(TensorError) -> Tensor {
    let weight = try window.weight(images: shape, convolved: gradient.shape)
    return try Tensor.run(.weight, window, images: shape, result: gradient.shape, self, gradient, to: weight)
  }

  private static func run(
    _ kind: ConvolutionLoop.Kind, _ window: Window, images: Shape, result: Shape, _ a: Tensor, _ b: Tensor, to shape: Shape
  ) throws(TensorError) -> Tensor {
    let dtype = commonType(a, b).floating
    let loop = ConvolutionLoop(kind, window, images: images, result: result, dtype)
    let (a, b) = (try a.cast(to: dtype), try b.cast(to: dtype))
    var scratch = try Tensor(uninitialized: Shape([loop.scratchCount]), dtype)
    var result = try Tensor(uninitialized: shape, dtype)
    try scratch.withMutableBytes { scratch throws(TensorError) in
      try result.withMutableBytes { out throws(TensorError) in
        try a.withBytes { a throws(TensorError) in
          try b.withBytes { b throws(TensorError) in
            if dtype == .float64 {
              try loop.run(
                a.assumingMemoryBound(to: Double.self), b.assumingMemoryBound(to: Double.self),
                into: out.assumingMemoryBound(to: Double.self), scratch: scratch.assumingMemoryBound(to: Double.self))
            } else {
              try loop.run(
                a.assumingMemoryBound(to: Float.self), b.assumingMemoryBound(to: Float.self),
                into: out.assumingMemoryBound(to: Float.self), scratch: scratch.assumingMemoryBound(to: Float.self))
            }
          }
        }
      }
    }
    return result
  }
}
