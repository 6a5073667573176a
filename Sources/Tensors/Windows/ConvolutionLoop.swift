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
  private let method: ConvolutionMethod
  private let window: bp_window
  private let imagesAtOnce: Int
  private let blocks: Int
  /// Multiply-adds of a block.
  private let blockWork: Int
  private let sizes: ConvolutionMethod.Sizes
  private let lanes: Int

  private static let mostLanes = 8
  /// Elements of the sums of all lanes, unless one alone has more.
  private static let mostSums = 1 << 25
  private static let workBetweenQuestions = 1 << 29
  /// Multiply-adds of a block, some milliseconds of them.
  private static let workAtOnce = 1 << 25
  /// Multiply-adds below which one block is enough.
  private static let workForOne = 1 << 19

  public init(_ kind: Kind, _ window: Window, images: Shape, result: Shape, _ dtype: DType) {
    self.kind = kind
    let layout = WindowLayout(window, images: images, result: result)
    self.window = layout.window
    method = ConvolutionMethod(layout.window, dtype)
    sizes = method.sizes(kind, layout)
    let images = layout.window.images
    let workPerImage = max(layout.workPerImage / method.saving, 1)
    lanes = max(1, min(ConvolutionLoop.mostLanes, ConvolutionLoop.mostSums / max(sizes.sums, 1)))
    let even = (images + lanes - 1) / lanes
    imagesAtOnce =
      images * workPerImage <= ConvolutionLoop.workForOne
      ? max(images, 1) : max(min(even, ConvolutionLoop.workAtOnce / workPerImage), 1)
    blocks = (images + imagesAtOnce - 1) / imagesAtOnce
    blockWork = imagesAtOnce * workPerImage
  }

  /// Elements of scratch memory that a run needs.
  public var scratchCount: Int { sizes.weights + laneCount * (sizes.scratch + sizes.sums) }

  // One even without images: its sums are zeros.
  private var laneCount: Int { min(max(blocks, 1), lanes) }

  /// Blocks between two looks at whether to stop: fewer where they are long, but all lanes where each has a sum of its own.
  private var waveLength: Int {
    kind == .weight ? lanes : max(2, min(lanes, ConvolutionLoop.workBetweenQuestions / max(blockWork, 1)))
  }

  public func run(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) throws(TensorError) {
    if method == .tiles {
      var lanes = Lanes<Tiles32>(loop: self, a: a, b: b, out: out, scratch: scratch)
      try run(&lanes) { context, lane in Lanes<Tiles32>.run(lane, of: context) }
    } else {
      var lanes = Lanes<Unfolding32>(loop: self, a: a, b: b, out: out, scratch: scratch)
      try run(&lanes) { context, lane in Lanes<Unfolding32>.run(lane, of: context) }
    }
  }

  public func run(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, into out: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) throws(TensorError) {
    var lanes = Lanes<Unfolding64>(loop: self, a: a, b: b, out: out, scratch: scratch)
    try run(&lanes) { context, lane in Lanes<Unfolding64>.run(lane, of: context) }
  }

  private func run<Kernels>(
    _ lanes: inout Lanes<Kernels>, _ body: @convention(c) (UnsafeMutableRawPointer?, Int) -> Void
  ) throws(TensorError) {
    lanes.begin()
    for wave in stride(from: 0, to: blocks, by: waveLength) {
      lanes.firstBlock = wave
      withUnsafeMutablePointer(to: &lanes) { ThreadPool.run(blocks: min(waveLength, blocks - wave), $0, body) }
      try Interruption.check()
    }
    lanes.end()
  }

  /// One run: blocks of images, each with its part of the scratch memory.
  ///
  /// First come weights that all share, then for each lane its scratch memory and its sums.
  private struct Lanes<Kernels: ConvolutionKernels> {
    typealias Number = Kernels.Number

    let loop: ConvolutionLoop
    let a: UnsafePointer<Number>
    let b: UnsafePointer<Number>
    let out: UnsafeMutablePointer<Number>
    let scratch: UnsafeMutablePointer<Number>
    var firstBlock = 0

    static func run(_ lane: Int, of context: UnsafeMutableRawPointer?) {
      context.unsafelyUnwrapped.assumingMemoryBound(to: Self.self).pointee.run(lane)
    }

    private func room(_ lane: Int) -> UnsafeMutablePointer<Number> {
      scratch + loop.sizes.weights + lane * (loop.sizes.scratch + loop.sizes.sums)
    }

    private func sums(_ lane: Int) -> UnsafeMutablePointer<Number> { room(lane) + loop.sizes.scratch }

    func begin() {
      if loop.kind == .weight {
        for lane in 0..<loop.laneCount { sums(lane).update(repeating: 0, count: loop.sizes.sums) }
      } else {
        withUnsafePointer(to: loop.window) { Kernels.prepare($0, b, scratch) }
      }
    }

    func run(_ lane: Int) {
      let first = (firstBlock + lane) * loop.imagesAtOnce
      let last = min(first + loop.imagesAtOnce, loop.window.images)
      let b = loop.sizes.weights > 0 ? UnsafePointer(scratch) : b
      withUnsafePointer(to: loop.window) {
        switch loop.kind {
        case .forward: Kernels.forward($0, a, b, out, first, last, room(lane))
        case .input: Kernels.input($0, a, b, out, first, last, room(lane))
        case .weight: Kernels.weight($0, a, b, sums(lane), first, last, room(lane))
        }
      }
    }

    func end() {
      guard loop.kind == .weight else { return }
      let all = sums(0)
      for lane in 1..<loop.laneCount {
        let own = sums(lane)
        for i in 0..<loop.sizes.sums { all[i] += own[i] }
      }
      withUnsafePointer(to: loop.window) { Kernels.finish($0, all, out) }
    }
  }
}
