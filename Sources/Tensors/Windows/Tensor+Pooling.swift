import CKernels

extension Tensor {
  /// Where in its plane the largest element under each place of the window lies, the first of equals, as
  /// `[batch, channels, ...places]`.
  public func maxPoolPlaces(_ window: Window) throws(TensorError) -> Tensor {
    let result = try window.pooled(shape, in: "max_pool")
    let layout = WindowLayout(window, images: shape, result: result)
    let x = try cast(to: dtype.floating)
    return try Tensor(result, of: Int.self) { out throws(TensorError) in
      // Whole numbers of 64 bits, under the name that C has for them.
      let places = UnsafeMutableRawPointer(out.baseAddress)?.assumingMemoryBound(to: Int64.self)
      if x.dtype == .float64 {
        try x.forEachPlane(layout, Double.self) { bp_max_pool_places_f64(&$0, $1, places, $2, $3) }
      } else {
        try x.forEachPlane(layout, Float.self) { bp_max_pool_places_f32(&$0, $1, places, $2, $3) }
      }
    }
  }

  /// The mean of what each place of the window shows, padding counted as zeros.
  public func averagePool(_ window: Window) throws(TensorError) -> Tensor {
    let result = try window.pooled(shape, in: "average_pool")
    return try pooling(WindowLayout(window, images: shape, result: result), to: result, bp_average_pool_f32, bp_average_pool_f64)
  }

  /// The gradient in images of the shape `images`, from that in their averages: this tensor.
  public func averagePoolInput(_ window: Window, images: Shape) throws(TensorError) -> Tensor {
    let pooled = try window.pooled(images, in: "average_pool")
    guard pooled == shape else { throw TensorError(.shapesDiffer(operation: "average_pool_input", left: pooled, right: shape)) }
    return try pooling(
      WindowLayout(window, images: images, result: shape), to: images, bp_average_pool_input_f32, bp_average_pool_input_f64)
  }

  private typealias Kernel<T> = (UnsafePointer<bp_window>?, UnsafePointer<T>?, UnsafeMutablePointer<T>?, Int, Int) -> Void

  private func pooling(
    _ layout: WindowLayout, to result: Shape, _ floats: Kernel<Float>, _ doubles: Kernel<Double>
  ) throws(TensorError) -> Tensor {
    let x = try cast(to: dtype.floating)
    if x.dtype == .float64 {
      return try Tensor(result, of: Double.self) { out throws(TensorError) in
        try x.forEachPlane(layout, Double.self) { doubles(&$0, $1, out.baseAddress, $2, $3) }
      }
    }
    return try Tensor(result, of: Float.self) { out throws(TensorError) in
      try x.forEachPlane(layout, Float.self) { floats(&$0, $1, out.baseAddress, $2, $3) }
    }
  }

  /// Calls `body` with this tensor's elements and some planes at a time, each an image of one channel, as pooling knows no other.
  /// Asks between them whether to stop.
  private func forEachPlane<T: Element>(
    _ layout: WindowLayout, _: T.Type, _ body: (inout bp_window, UnsafePointer<T>?, Int, Int) -> Void
  ) throws(TensorError) {
    var window = layout.window
    let planes = window.images * window.channels
    (window.images, window.channels, window.filters) = (planes, 1, 1)
    let looks = Swift.max(layout.places * window.size.height * window.size.width, window.input.height * window.input.width)
    try withElements(T.self) { x throws(TensorError) in
      try Interruption.inParts(of: planes, each: looks) { start, count in
        body(&window, x.baseAddress, start, start + count)
      }
    }
  }
}
