import CKernels

/// How the multiplications of a convolution are done, by its shape and type alone.
enum ConvolutionMethod: BitwiseCopyable {
  /// As matrix products over what the window sees.
  case unfolding
  /// In tiles that need fewer multiplications, each of which costs some digits: see winograd.h.
  case tiles

  init(_ window: bp_window, _ dtype: DType) {
    func isWhole(_ channels: Int) -> Bool { channels > 0 && channels % 16 == 0 }
    func isOne(_ extent: bp_extent) -> Bool { extent.height == 1 && extent.width == 1 }
    func covered(_ length: Int) -> Int { (length + 3) / 4 * 4 }
    let output = window.output
    // Tiles that reach far beyond the image would be work for nothing.
    let fits =
      output.height > 2 && output.width > 2
      && covered(output.height) * covered(output.width) <= 2 * output.height * output.width
    let isSquare = window.size.height == 3 && window.size.width == 3 && isOne(window.stride) && isOne(window.dilation)
    self =
      dtype == .float32 && isSquare && fits && window.groups == 1 && isWhole(window.channels) && isWhole(window.filters)
        && window.padding.height <= 2 && window.padding.width <= 2 ? .tiles : .unfolding
  }

  /// About how many times fewer multiply-adds than the convolution has.
  var saving: Int { self == .tiles ? 2 : 1 }

  /// Elements of memory.
  struct Sizes: BitwiseCopyable {
    /// Weights made ready for all blocks, if the method has such.
    var weights = 0
    /// Of each block.
    var scratch: Int
    /// Sums that become the gradient in the weights, of each block.
    var sums = 0
  }

  func sizes(_ kind: ConvolutionLoop.Kind, _ layout: WindowLayout) -> Sizes {
    var window = layout.window
    let weights = self == .tiles ? bp_winograd_weights(&window) : layout.weights * window.filters
    var sizes = Sizes(scratch: self == .tiles ? bp_winograd_scratch(&window) : bp_convolution_scratch(&window))
    if kind == .weight { sizes.sums = weights } else if self == .tiles { sizes.weights = weights }
    return sizes
  }
}
