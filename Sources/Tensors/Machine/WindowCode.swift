import CKernels

struct ConvolutionCode: BitwiseCopyable {
  let loop: ConvolutionLoop
  let a: Address
  let b: Address
  let out: Address
  let scratch: UnsafeMutableRawPointer
  let isDouble: Bool

  init(_ loop: ConvolutionLoop, _ a: Buffer, _ b: Buffer, into out: Buffer, _ arrays: CodeArrays) {
    self.loop = loop
    self.a = a.address
    self.b = b.address
    self.out = out.address
    scratch = arrays.scratch(byteCount: loop.scratchCount * out.dtype.width)
    isDouble = out.dtype == .float64
  }

  func run(_ slots: Slots) throws(TensorError) {
    if isDouble {
      try loop.run(a(slots, as: Double.self), b(slots), into: out(slots), scratch: scratch.assumingMemoryBound(to: Double.self))
    } else {
      try loop.run(a(slots, as: Float.self), b(slots), into: out(slots), scratch: scratch.assumingMemoryBound(to: Float.self))
    }
  }
}

struct PoolingCode: PartedCode {
  let kind: Instruction.Pooling
  let x: Address
  let out: Address
  let layout: WindowLayout
  let isDouble: Bool
  /// Of the images.
  let parts: Parts

  init(_ kind: Instruction.Pooling, _ x: Buffer, into out: Buffer, _ layout: WindowLayout) {
    self.kind = kind
    self.x = x.address
    self.out = out.address
    self.layout = layout
    isDouble = x.dtype == .float64
    let window = layout.window
    // Each place of the window is gone through by itself.
    let perImage = window.channels * layout.places * window.size.height * window.size.width
    parts = Parts(window.images, bytes: 2 * perImage * x.dtype.width)
  }

  func run(_ items: Range<Int>, _ slots: Slots) {
    var window = layout.window
    let (first, last) = (items.lowerBound, items.upperBound)
    switch (kind, isDouble) {
    case (.maxPlaces, false): bp_max_pool_places_f32(&window, x(slots), out(slots), first, last)
    case (.maxPlaces, true): bp_max_pool_places_f64(&window, x(slots), out(slots), first, last)
    case (.average, false): bp_average_pool_f32(&window, x(slots), out(slots), first, last)
    case (.average, true): bp_average_pool_f64(&window, x(slots), out(slots), first, last)
    case (.averageInput, false): bp_average_pool_input_f32(&window, x(slots), out(slots), first, last)
    case (.averageInput, true): bp_average_pool_input_f64(&window, x(slots), out(slots), first, last)
    }
  }
}
