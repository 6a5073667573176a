import Gradients
import Tensors

// Layers that make images smaller: `[batch, channels, height, width]`.
extension LayerKind {
  /// The largest number under the window; the first of equals has the gradient.
  public static let maxPool2d = pooling("max_pool2d", "the largest number under the window")

  /// The mean of the numbers under the window, padding counted as zeros.
  public static let averagePool2d = pooling("avg_pool2d", "the mean of the numbers under the window")

  private static func pooling(_ name: String, _ formula: String) -> LayerKind {
    LayerKind(
      name, [.size(2), .stride(2, default: nil), .padding(2, default: "valid")], formula: formula,
      shape: { site throws(LearningError) in
        try site.requireImages(2)
        let places = try site.places(of: Sliding(site.settings, images: site.images))
        return try operations { () throws(TensorError) in try Shape([site.input[0]] + places) }
      },
      forward: { call throws(LearningError) in
        try operations { () throws(TensorError) in
          try name == "max_pool2d" ? call.x.maxPooled(call.settings) : call.x.averagePooled(call.settings)
        }
      })
  }
}

extension Variable {
  /// The largest numbers of images under a window, as the settings of a pooling say.
  public func maxPooled(_ settings: Settings) throws(TensorError) -> Variable {
    let window = Sliding(settings, images: Array(shape.dimensions.dropFirst(2)))
    return try window.extended(self, by: -.infinity)
      .maxPool(size: window.size, stride: window.stride, padding: window.evenPadding)
  }

  /// The means of images under a window, as the settings of a pooling say.
  public func averagePooled(_ settings: Settings) throws(TensorError) -> Variable {
    let window = Sliding(settings, images: Array(shape.dimensions.dropFirst(2)))
    return try window.extended(self).averagePool(size: window.size, stride: window.stride, padding: window.evenPadding)
  }
}
