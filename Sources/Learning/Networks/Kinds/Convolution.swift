import Gradients
import Tensors

// Layers that slide filters over images `[batch, channels, height, width]` and lines `[batch, channels, length]`.
extension LayerKind {
  public static let conv1d = convolution("conv1d", dimensions: 1)
  public static let conv2d = convolution("conv2d", dimensions: 2)

  /// Shapes: `weight` is `[filters, channels / groups, ...size]`, `bias` is `[filters]`.
  private static func convolution(_ name: String, dimensions: Int) -> LayerKind {
    LayerKind(
      name, filtering(dimensions), formula: "activation(Σ x under the window · weight + bias)", counted: .channels,
      shape: { site throws(LearningError) in
        try site.requireImages(dimensions)
        try site.requireGroups()
        let places = try site.places(of: Sliding(site.settings, images: site.images))
        return try operations { () throws(TensorError) in try Shape([site.settings.integer("filters")] + places) }
      },
      parameters: { site throws(LearningError) in try site.filters(dimensions) },
      multiplyAdds: { site, output in Double(output.count) * site.inputsOfFilter(dimensions) },
      forward: { call throws(LearningError) in
        try operations { () throws(TensorError) in
          try call.biased(call.x.convolved(call.parameters[0], call.settings))
        }
      })
  }

  /// What a convolution does to the gradient of its images, as a layer: images become larger by the stride.
  ///
  /// Shapes: `weight` is `[filters, channels / groups, ...size]`, `bias` is `[filters]`.
  ///
  /// M. D. Zeiler and others, "Deconvolutional networks", 2010.
  public static let convTranspose2d = LayerKind(
    "conv_transpose2d", filtering(2), formula: "activation(Σ of windows, each weight · one number of x, + bias)",
    counted: .channels,
    shape: { site throws(LearningError) in
      try site.requireImages(2)
      try site.requireGroups()
      let window = Sliding(site.settings, images: site.images, isTransposed: true)
      let sizes = window.enlarged(site.images)
      guard sizes.allSatisfy({ $0 > 0 }) else {
        throw .windowTooLarge(layer: site.path, window: window.span, images: site.images)
      }
      return try operations { () throws(TensorError) in try Shape([site.settings.integer("filters")] + sizes) }
    },
    parameters: { site throws(LearningError) in try site.filters(2) },
    multiplyAdds: { site, _ in
      Double(site.input.count) * Double(site.settings.integer("filters")) * site.inputsOfFilter(2) / Double(site.input[0])
    },
    forward: { call throws(LearningError) in
      try operations { () throws(TensorError) in
        let (groups, window) = (
          call.settings.integer("groups"), Sliding(call.settings, images: call.site.images, isTransposed: true)
        )
        let (filters, channels) = (call.parameters[0].shape[0] / groups, call.site.input[0])
        // The operation wants the channels first, as the convolution that it belongs to has them.
        let weight = try call.parameters[0].reshape([groups, filters, channels / groups] + window.size)
          .transpose([0, 2, 1, 3, 4]).reshape([channels, filters] + window.size)
        let sizes = window.enlarged(call.site.images)
        let missing = sizes.indices.map { i in
          max(0, sizes[i] - ((call.site.images[i] - 1) * window.stride[i] + window.span[i] - 2 * window.evenPadding[i]))
        }
        var result = try call.x.convolutionTranspose(
          weight, stride: window.stride, padding: window.evenPadding, outputPadding: missing, dilation: window.dilation,
          groups: groups)
        for i in sizes.indices { result = try result.slice(axis: 2 + i, start: 0, count: sizes[i]) }
        return try call.biased(result)
      }
    })

  private static func filtering(_ dimensions: Int) -> [Hyperparameter] {
    [
      Hyperparameter("filters", .integer(atLeast: 1), "how many channels come out"), .size(dimensions),
      Hyperparameter("activation", .activation, default: .activation(.linear), "the function applied to each number"),
      .stride(dimensions, default: .integer(1)), .padding(dimensions, default: "same"),
      Hyperparameter(
        "dilation", .extent(dimensions: dimensions, atLeast: 1), default: .integer(1),
        "steps from one number under the window to the next"),
      Hyperparameter(
        "groups", .integer(atLeast: 1), default: .integer(1), "parts of the channels that are filtered by themselves"),
      Hyperparameter("init", .initialiser, default: nil, "how the weights start; left out, the activation decides"),
      Hyperparameter("bias", .flag, default: .flag(true), "whether a shift is added"),
    ]
  }
}

extension Variable {
  /// Slides weights `[filters, channels / groups, ...size]` over images, as the settings of a convolution say.
  public func convolved(_ weight: Variable, _ settings: Settings) throws(TensorError) -> Variable {
    let images = Array(shape.dimensions.dropFirst(2))
    guard !images.isEmpty, weight.shape.rank == shape.rank else {
      return try convolution(weight)
    }
    let window = Sliding(settings, size: Array(weight.shape.dimensions[2...]), images: images)
    return try window.extended(self).convolution(
      weight, stride: window.stride, padding: window.evenPadding, dilation: window.dilation, groups: settings.integer("groups"))
  }
}

extension Variable {
  /// The same, and then the activation among the settings.
  public func convolved(_ weight: Variable, activated settings: Settings) throws(LearningError) -> Variable {
    let result = try operations { () throws(TensorError) in try convolved(weight, settings) }
    return try settings.activation("activation").apply(result)
  }
}

extension Sliding {
  /// The sizes of the images that this window, convolving, would bring to the given ones.
  fileprivate func enlarged(_ images: [Int]) -> [Int] {
    images.indices.map { i in
      let whole = (images[i] - 1) * stride[i] + span[i]
      // Without padding a stride beyond the window's span leaves room at the end.
      return whole - padding[i].before - padding[i].after + (isSame ? max(0, stride[i] - span[i]) : 0)
    }
  }
}

extension LayerKind.Site {
  /// Channels and filters have to be parts of the same number.
  fileprivate func requireGroups() throws(LearningError) {
    try requireDivision(of: input[0], "channels", by: "groups")
    try requireDivision(of: settings.integer("filters"), "filters", by: "groups")
  }

  /// How many numbers one number of the result is summed from.
  fileprivate func inputsOfFilter(_ dimensions: Int) -> Double {
    let area = size(dimensions).reduce(1) { $0 * Double($1) }
    return Double(input[0] / settings.integer("groups")) * area
  }

  private func size(_ dimensions: Int) -> [Int] {
    let sizes = settings.sizes("size") ?? [1]
    return sizes.count == dimensions ? sizes : (0..<dimensions).map { _ in sizes[0] }
  }

  fileprivate func filters(_ dimensions: Int) throws(LearningError) -> [ParameterRule] {
    let (filters, groups) = (settings.integer("filters"), settings.integer("groups"))
    let sizes = [filters, input[0] / groups] + size(dimensions)
    // If there are so many weights, the products below are whole numbers.
    _ = try operations { () throws(TensorError) in try Shape(sizes) }
    let area = sizes[2...].reduce(1, *)
    let fans = Fans(incoming: sizes[1] * area, outgoing: filters * area)
    let start = settings.initialiser("init") ?? settings.activation("activation").start
    let weight = try ParameterRule("weight", sizes, fans, start: start)
    return settings.flag("bias") ? [weight, try ParameterRule("bias", [filters], fans, start: .zeros)] : [weight]
  }
}

extension LayerCall {
  /// With the shift of each filter, where the layer has some.
  fileprivate func biased(_ result: Variable) throws(TensorError) -> Variable {
    guard parameters.count > 1 else { return result }
    return try result + parameters[1].reshape([result.shape[1]] + [Int](repeating: 1, count: result.shape.rank - 2))
  }
}
