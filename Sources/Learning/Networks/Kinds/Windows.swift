import Gradients
import Tensors

/// How a window moves over the images of a layer: what its settings mean for images of one size.
struct Sliding {
  let size: [Int]
  let stride: [Int]
  let dilation: [Int]
  /// What is put around the images: before and after them in each dimension.
  let padding: [(before: Int, after: Int)]
  /// Whether images keep their size but for the stride.
  let isSame: Bool

  /// - Parameters:
  ///   - images: the sizes of the images, without batch and channels.
  ///   - isTransposed: whether the window goes over the result, so that padding is what is cut off.
  init(_ settings: Settings, size given: [Int]? = nil, images: [Int], isTransposed: Bool = false) {
    func each(_ sizes: [Int]) -> [Int] { sizes.count == images.count ? sizes : images.map { _ in sizes[0] } }
    let size = each(given ?? settings.sizes("size") ?? [1])
    let stride = settings.sizes("stride").map(each) ?? size
    let dilation = each(settings.sizes("dilation") ?? [1])
    self.size = size
    self.stride = stride
    self.dilation = dilation
    isSame = if case .text("same")? = settings["padding"] { true } else { false }
    let isSame = isSame
    padding = images.indices.map { i in
      if let amount = settings.sizes("padding").map(each)?[i] { return (amount, amount) }
      guard isSame else { return (0, 0) }
      let span = (size[i] - 1) * dilation[i] + 1
      // As many places as there are steps to the end of the images; what is left over goes to the end.
      let places = isTransposed ? images[i] : (images[i] + stride[i] - 1) / stride[i]
      let total = max(0, (places - 1) * stride[i] + span - (isTransposed ? images[i] * stride[i] : images[i]))
      return (total / 2, total - total / 2)
    }
  }

  /// What the window spans in each dimension.
  var span: [Int] { zip(size, dilation).map { ($0 - 1) * $1 + 1 } }

  /// The padding that both sides have.
  var evenPadding: [Int] { padding.map(\.before) }

  /// The number of places on images; none where the window is larger than a padded image.
  func places(on images: [Int]) -> [Int]? {
    let rooms = zip(zip(images, padding), span).map { $0.0 + $0.1.before + $0.1.after - $1 }
    return rooms.allSatisfy { $0 >= 0 } ? zip(rooms, stride).map { $0 / $1 + 1 } : nil
  }

  /// Images with what the end has more of padding than the start.
  func extended(_ images: Variable, by value: Double = 0) throws(TensorError) -> Variable {
    var images = images
    for (i, (before, after)) in padding.enumerated() where after > before {
      var sizes = images.shape.dimensions
      sizes[2 + i] = after - before
      let border = Variable(try Tensor.full(Shape(sizes), value, dtype: images.dtype))
      images = try .concat([images, border], axis: 2 + i)
    }
    return images
  }
}

extension LayerKind.Site {
  /// Images of so many dimensions have to come in.
  func requireImages(_ dimensions: Int) throws(LearningError) {
    guard input.rank == dimensions + 1 else {
      throw .wrongRank(layer: path, input: input, wanted: dimensions == 1 ? .line : .image)
    }
  }

  /// The sizes of the images that come in.
  var images: [Int] { Array(input.dimensions.dropFirst()) }

  /// How many places the window has, or the error that it is too large.
  func places(of window: Sliding) throws(LearningError) -> [Int] {
    guard let places = window.places(on: images) else {
      throw .windowTooLarge(layer: path, window: window.span, images: images)
    }
    return places
  }
}

extension Hyperparameter {
  static func size(_ dimensions: Int) -> Hyperparameter {
    Hyperparameter("size", .extent(dimensions: dimensions, atLeast: 1), "the window's size: one number for all sides, or each")
  }

  static func stride(_ dimensions: Int, default fallback: Setting?) -> Hyperparameter {
    Hyperparameter(
      "stride", .extent(dimensions: dimensions, atLeast: 1), default: fallback,
      "steps from one place of the window to the next\(fallback == nil ? "; left out, the window's size" : "")")
  }

  static func padding(_ dimensions: Int, default word: String) -> Hyperparameter {
    Hyperparameter(
      "padding", .padding(dimensions: dimensions), default: .text(word),
      "what is put around the images: \"same\" so that they keep their size but for the stride, \"valid\" for nothing, or a number"
    )
  }
}
