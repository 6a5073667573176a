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

struct PoolingCode: BitwiseCopyable {
  let kind: Instruction.Pooling
  let x: Address
  let out: Address
  let layout: WindowLayout
  let isDouble: Bool

  func run(_ slots: Slots) {
    var window = layout.window
    let images = window.images
    switch (kind, isDouble) {
    case (.maxPlaces, false): bp_max_pool_places_f32(&window, x(slots), out(slots), 0, images)
    case (.maxPlaces, true): bp_max_pool_places_f64(&window, x(slots), out(slots), 0, images)
    case (.average, false): bp_average_pool_f32(&window, x(slots), out(slots), 0, images)
    case (.average, true): bp_average_pool_f64(&window, x(slots), out(slots), 0, images)
    case (.averageInput, false): bp_average_pool_input_f32(&window, x(slots), out(slots), 0, images)
    case (.averageInput, true): bp_average_pool_input_f64(&window, x(slots), out(slots), 0, images)
    }
  }
}
