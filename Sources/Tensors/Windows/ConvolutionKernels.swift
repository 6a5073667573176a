import CKernels

/// The kernels of one method for one type. A kernel held as a closure would be allocated at each run.
protocol ConvolutionKernels {
  associatedtype Number: BinaryFloatingPoint & BitwiseCopyable

  static func forward(
    _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Number>, _ b: UnsafePointer<Number>,
    _ out: UnsafeMutablePointer<Number>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Number>)
  static func input(
    _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Number>, _ b: UnsafePointer<Number>,
    _ out: UnsafeMutablePointer<Number>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Number>)
  /// Adds to sums in `out`.
  static func weight(
    _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Number>, _ b: UnsafePointer<Number>,
    _ out: UnsafeMutablePointer<Number>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Number>)
  /// Makes the weights ready for all blocks.
  static func prepare(_ window: UnsafePointer<bp_window>, _ weight: UnsafePointer<Number>, _ out: UnsafeMutablePointer<Number>)
  /// The gradient in the weights, from the sums of all blocks.
  static func finish(_ window: UnsafePointer<bp_window>, _ sums: UnsafePointer<Number>, _ out: UnsafeMutablePointer<Number>)
}

extension ConvolutionKernels {
  static func prepare(_ window: UnsafePointer<bp_window>, _ weight: UnsafePointer<Number>, _ out: UnsafeMutablePointer<Number>) {}
  static func finish(_ window: UnsafePointer<bp_window>, _ sums: UnsafePointer<Number>, _ out: UnsafeMutablePointer<Number>) {
    let it = window.pointee
    out.update(from: sums, count: it.filters * (it.channels / it.groups) * it.size.height * it.size.width)
  }
}

enum Unfolding32: ConvolutionKernels {
  static func forward(
    _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ out: UnsafeMutablePointer<Float>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Float>
  ) {
    bp_convolution_f32(window, a, b, out, first, last, scratch)
  }
  static func input(
    _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ out: UnsafeMutablePointer<Float>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Float>
  ) {
    bp_convolution_input_f32(window, a, b, out, first, last, scratch)
  }
  static func weight(
    _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ out: UnsafeMutablePointer<Float>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Float>
  ) {
    bp_convolution_weight_f32(window, a, b, out, first, last, scratch)
  }
}

enum Unfolding64: ConvolutionKernels {
  static func forward(
    _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    _ out: UnsafeMutablePointer<Double>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Double>
  ) {
    bp_convolution_f64(window, a, b, out, first, last, scratch)
  }
  static func input(
    _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    _ out: UnsafeMutablePointer<Double>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Double>
  ) {
    bp_convolution_input_f64(window, a, b, out, first, last, scratch)
  }
  static func weight(
    _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    _ out: UnsafeMutablePointer<Double>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Double>
  ) {
    bp_convolution_weight_f64(window, a, b, out, first, last, scratch)
  }
}

enum Tiles32: ConvolutionKernels {
  static func forward(
    _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ out: UnsafeMutablePointer<Float>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Float>
  ) {
    bp_winograd_f32(window, a, b, out, first, last, scratch)
  }
  static func input(
    _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ out: UnsafeMutablePointer<Float>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Float>
  ) {
    bp_winograd_input_f32(window, a, b, out, first, last, scratch)
  }
  static func weight(
    _ window: UnsafePointer<bp_window>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ out: UnsafeMutablePointer<Float>, _ first: Int, _ last: Int, _ scratch: UnsafeMutablePointer<Float>
  ) {
    bp_winograd_sums_f32(window, a, b, out, first, last, scratch)
  }
  static func prepare(_ window: UnsafePointer<bp_window>, _ weight: UnsafePointer<Float>, _ out: UnsafeMutablePointer<Float>) {
    bp_winograd_weight_f32(window, weight, out)
  }
  static func finish(_ window: UnsafePointer<bp_window>, _ sums: UnsafePointer<Float>, _ out: UnsafeMutablePointer<Float>) {
    bp_winograd_weight_back_f32(window, sums, out)
  }
}
