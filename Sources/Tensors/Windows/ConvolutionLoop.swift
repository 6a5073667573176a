import CKernels

/// A convolution or one of its gradients over a batch of images, on memory of the caller's.
///
/// The images are divided into blocks by their shape alone. Eight blocks at a time have scratch memory of their own and may
/// run on several threads; the sums of the gradient in the weights are added up in the order of the blocks.
public struct ConvolutionLoop: BitwiseCopyable, Sendable {
  public enum Kind: BitwiseCopyable, Sendable {
    /// `out = images * weight`, from `a` the images and `b` the weights.
    case forward
    /// The gradient in the images, from `a` that in the result and `b` the weights.
    case input
    /// The gradient in the weights, from `a` the images and `b` the gradient in the result.
    case weight
  }

  public let kind: Kind
  private let window: bp_window
  private let imagesAtOnce: Int
  private let blocks: Int
  private let unfolded: Int
  private let resultCount: Int

  private static let lanes = 8
  /// Multiply-adds of a block, some milliseconds of them.
  private static let workAtOnce = 1 << 25
  /// Multiply-adds below which one block is enough.
  private static let workForOne = 1 << 19

  public init(_ kind: Kind, _ window: Window, images: Shape, result: Shape) {
    self.kind = kind
    let layout = WindowLayout(window, images: images, result: result)
    self.window = layout.window
    unfolded = layout.weights * layout.places
    resultCount = kind == .weight ? layout.weights * layout.window.filters : 0
    let images = layout.window.images
    let total = images * layout.workPerImage
    let even = (images + ConvolutionLoop.lanes - 1) / ConvolutionLoop.lanes
    imagesAtOnce =
      total <= ConvolutionLoop.workForOne
      ? max(images, 1) : max(min(even, ConvolutionLoop.workAtOnce / max(layout.workPerImage, 1)), 1)
    blocks = (images + imagesAtOnce - 1) / imagesAtOnce
  }

  /// Elements of scratch memory that a run needs.
  public var scratchCount: Int { min(blocks, ConvolutionLoop.lanes) * laneCount }

  // Beside the unfolded image, a lane but for the first has a sum of its own.
  private var laneCount: Int { unfolded + resultCount }

  public func run(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) throws(TensorError) {
    switch kind {
    case .forward: try run(a, b, out, scratch, bp_convolution_f32)
    case .input: try run(a, b, out, scratch, bp_convolution_input_f32)
    case .weight: try run(a, b, out, scratch, bp_convolution_weight_f32)
    }
  }

  public func run(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, into out: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) throws(TensorError) {
    switch kind {
    case .forward: try run(a, b, out, scratch, bp_convolution_f64)
    case .input: try run(a, b, out, scratch, bp_convolution_input_f64)
    case .weight: try run(a, b, out, scratch, bp_convolution_weight_f64)
    }
  }

  private typealias Kernel<T> = (
    UnsafePointer<bp_window>?, UnsafePointer<T>?, UnsafePointer<T>?, UnsafeMutablePointer<T>?, Int, Int, UnsafeMutablePointer<T>?
  ) -> Void

  private func run<T: BinaryFloatingPoint>(
    _ a: UnsafePointer<T>, _ b: UnsafePointer<T>, _ out: UnsafeMutablePointer<T>, _ scratch: UnsafeMutablePointer<T>,
    _ kernel: Kernel<T>
  ) throws(TensorError) {
    if kind == .weight { out.update(repeating: 0, count: resultCount) }
    for wave in stride(from: 0, to: blocks, by: ConvolutionLoop.lanes) {
      let count = min(ConvolutionLoop.lanes, blocks - wave)
      withUnsafePointer(to: window) { window in
        for lane in 0..<count {
          let first = (wave + lane) * imagesAtOnce
          let own = scratch + lane * laneCount
          if kind == .weight, wave == 0, lane > 0 { (own + unfolded).update(repeating: 0, count: resultCount) }
          let target = kind == .weight && lane > 0 ? own + unfolded : out
          kernel(window, a, b, target, first, min(first + imagesAtOnce, window.pointee.images), own)
        }
      }
      try Interruption.check()
    }
    guard kind == .weight else { return }
    for lane in 1..<max(min(blocks, ConvolutionLoop.lanes), 1) {
      let sums = scratch + lane * laneCount + unfolded
      for i in 0..<resultCount { out[i] += sums[i] }
    }
  }
}
