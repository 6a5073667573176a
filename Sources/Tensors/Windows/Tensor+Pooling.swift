import CKernels

extension Tensor {
  /// Where in its plane the largest element under each place of the window lies, the first of equals, as
  /// `[batch, channels, ...places]`.
  public func maxPoolPlaces(_ window: Window) throws(TensorError) -> Tensor {
    let result = try window.pooled(shape, in: "max_pool")
    var layout = WindowLayout(window, images: shape, result: result).window
    let x = try cast(to: dtype.floating)
    return try Tensor(result, of: Int.self) { out throws(TensorError) in
      // Whole numbers of 64 bits, under the name that C has for them.
      let places = UnsafeMutableRawPointer(out.baseAddress)?.assumingMemoryBound(to: Int64.self)
      if x.dtype == .float64 {
        x.withElements(Double.self) { bp_max_pool_places_f64(&layout, $0.baseAddress, places, 0, layout.images) }
      } else {
        x.withElements(Float.self) { bp_max_pool_places_f32(&layout, $0.baseAddress, places, 0, layout.images) }
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
    var window = layout.window
    if x.dtype == .float64 {
      return try Tensor(result, of: Double.self) { out in
        x.withElements(Double.self) { doubles(&window, $0.baseAddress, out.baseAddress, 0, window.images) }
      }
    }
    return try Tensor(result, of: Float.self) { out in
      x.withElements(Float.self) { floats(&window, $0.baseAddress, out.baseAddress, 0, window.images) }
    }
  }
}
