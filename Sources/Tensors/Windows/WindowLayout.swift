import CKernels

/// A window on images of one shape, as the kernels take it: the form for plans, which have memory of their own.
public struct WindowLayout: BitwiseCopyable, Sendable {
  public let window: bp_window

  /// - Parameter result: the shape of the convolved or pooled images.
  public init(_ window: Window, images: Shape, result: Shape) {
    func extent(_ numbers: ArraySlice<Int>, _ alone: Int) -> bp_extent {
      bp_extent(height: numbers.count == 2 ? numbers[numbers.startIndex] : alone, width: numbers[numbers.endIndex - 1])
    }
    self.window = bp_window(
      images: images[0], channels: images[1], filters: result[1], groups: window.groups,
      input: extent(images.dimensions[2...], 1), output: extent(result.dimensions[2...], 1), size: extent(window.size[...], 1),
      stride: extent(window.stride[...], 1), padding: extent(window.padding[...], 0), dilation: extent(window.dilation[...], 1))
  }

  /// Weights of one filter.
  var weights: Int { window.channels / window.groups * window.size.height * window.size.width }
  var places: Int { window.output.height * window.output.width }

  /// Multiply-adds for one image.
  var workPerImage: Int { window.filters * weights * places }
}
