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
  /// Multiply-adds of a block.
  private let blockWork: Int
  private let unfolded: Int
  private let resultCount: Int

  private static let lanes = 8
  private static let workBetweenQuestions = 1 << 29
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
    blockWork = imagesAtOnce * layout.workPerImage
  }

  /// Elements of scratch memory that a run needs.
  public var scratchCount: Int { min(blocks, ConvolutionLoop.lanes) * laneCount }

  // Beside the unfolded image, a lane but for the first has a sum of its own.
  private var laneCount: Int { unfolded + resultCount }

  /// Blocks between two looks at whether to stop: fewer where they are long, but all lanes where each has a sum of its own.
  private var waveLength: Int {
    kind == .weight
      ? ConvolutionLoop.lanes : max(2, min(ConvolutionLoop.lanes, ConvolutionLoop.workBetweenQuestions / max(blockWork, 1)))
  }

  public func run(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) throws(TensorError) {
    var lanes = Lanes(loop: self, a: a, b: b, out: out, scratch: scratch)
    try run(&lanes) { context, lane in
      context.unsafelyUnwrapped.assumingMemoryBound(to: Lanes<Float>.self).pointee.run(lane)
    }
  }

  public func run(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, into out: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) throws(TensorError) {
    var lanes = Lanes(loop: self, a: a, b: b, out: out, scratch: scratch)
    try run(&lanes) { context, lane in
      context.unsafelyUnwrapped.assumingMemoryBound(to: Lanes<Double>.self).pointee.run(lane)
    }
  }

  private func run<T: Convolved>(
    _ lanes: inout Lanes<T>, _ body: @convention(c) (UnsafeMutableRawPointer?, Int) -> Void
  ) throws(TensorError) {
    if kind == .weight { lanes.out.update(repeating: 0, count: resultCount) }
    for wave in stride(from: 0, to: blocks, by: waveLength) {
      lanes.firstBlock = wave
      withUnsafeMutablePointer(to: &lanes) { ThreadPool.run(blocks: min(waveLength, blocks - wave), $0, body) }
      try Interruption.check()
    }
    if kind == .weight { lanes.addUp() }
  }

  /// One run: blocks of images, each with its part of the scratch memory.
  private struct Lanes<T: Convolved> {
    let loop: ConvolutionLoop
    let a: UnsafePointer<T>
    let b: UnsafePointer<T>
    let out: UnsafeMutablePointer<T>
    let scratch: UnsafeMutablePointer<T>
    var firstBlock = 0

    func run(_ lane: Int) {
      let first = (firstBlock + lane) * loop.imagesAtOnce
      let last = min(first + loop.imagesAtOnce, loop.window.images)
      let own = scratch + lane * loop.laneCount
      // Lanes but the first have sums of their own.
      let sums = lane > 0 ? own + loop.unfolded : out
      if loop.kind == .weight, firstBlock == 0 { sums.update(repeating: 0, count: loop.resultCount) }
      withUnsafePointer(to: loop.window) {
        T.convolve(loop.kind, $0, a, b, loop.kind == .weight ? sums : out, first, last, own)
      }
    }

    func addUp() {
      guard loop.blocks > 1 else { return }
      for lane in 1..<min(loop.blocks, ConvolutionLoop.lanes) {
        let sums = scratch + lane * loop.laneCount + loop.unfolded
        for i in 0..<loop.resultCount { out[i] += sums[i] }
      }
    }
  }
}

/// A type of element that the kernels convolve. A kernel held as a closure would be allocated at each run.
private protocol Convolved: BinaryFloatingPoint & BitwiseCopyable {
  static func convolve(
    _ kind: ConvolutionLoop.Kind, _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
    _ out: UnsafeMutablePointer<Self>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Self>)
}

extension Float: Convolved {
  fileprivate static func convolve(
    _ kind: ConvolutionLoop.Kind, _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ out: UnsafeMutablePointer<Float>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Float>
  ) {
    switch kind {
    case .forward: bp_convolution_f32(window, a, b, out, first, last, scratch)
    case .input: bp_convolution_input_f32(window, a, b, out, first, last, scratch)
    case .weight: bp_convolution_weight_f32(window, a, b, out, first, last, scratch)
    }
  }
}

extension Double: Convolved {
  fileprivate static func convolve(
    _ kind: ConvolutionLoop.Kind, _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    _ out: UnsafeMutablePointer<Double>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Double>
  ) {
    switch kind {
    case .forward: bp_convolution_f64(window, a, b, out, first, last, scratch)
    case .input: bp_convolution_input_f64(window, a, b, out, first, last, scratch)
    case .weight: bp_convolution_weight_f64(window, a, b, out, first, last, scratch)
    }
  }
}
