import CKernels

extension Tensor {
  /// `exp(x) / sum(exp(x))` along `axis`, shifted by the largest element so that nothing overflows.
  public func softmax(axis: Int = -1) throws(TensorError) -> Tensor {
    if let (x, shift) = try longLines("softmax", axis) {
      let powers = try (x - shift).apply(.exp)
      return try powers / powers.sum(axes: [axis], keepdims: true)
    }
    return try alongLast("softmax", axis, keepsAxis: true, bp_softmax_f32, bp_softmax_f64)
  }

  /// `log(softmax(x))`, without the loss of small probabilities.
  public func logSoftmax(axis: Int = -1) throws(TensorError) -> Tensor {
    if let (x, shift) = try longLines("log_softmax", axis) {
      let shifted = try x - shift
      return try shifted - shifted.apply(.exp).sum(axes: [axis], keepdims: true).apply(.log)
    }
    return try alongLast("log_softmax", axis, keepsAxis: true, bp_log_softmax_f32, bp_log_softmax_f64)
  }

  /// `log(sum(exp(x)))` over `axes` (nil: all), shifted by the largest element.
  public func logsumexp(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Tensor {
    let layout = try Reduction("logsumexp", self, axes: axes, keepdims: keepdims)
    if layout.length == 0 { throw TensorError(.nothingToReduce(operation: "logsumexp", shape: shape)) }
    let lines = try layout.tensor.reshape([layout.outer, layout.length, layout.inner])
    if let (x, shift) = try lines.longLines("logsumexp", 1) {
      let sums = try (x - shift).apply(.exp).sum(axes: [1], keepdims: true).apply(.log)
      return Tensor(try shift + sums, shape: layout.result)
    }
    let sums = try lines.alongLast("logsumexp", 1, keepsAxis: false, bp_logsumexp_f32, bp_logsumexp_f64)
    return Tensor(sums, shape: layout.result)
  }

  /// Floats with what shifts their lines, 0 where that would be infinite, where a line is so long that a kernel would not ask in time
  /// whether to stop; nil for others.
  private func longLines(_ name: String, _ axis: Int) throws(TensorError) -> (x: Tensor, shift: Tensor)? {
    guard try shape[shape.resolve(axis: axis, in: name)] > Interruption.entriesBetweenQuestions else { return nil }
    let x = try cast(to: dtype.floating)
    let largest = try x.max(axes: [axis], keepdims: true)
    return (x, try Tensor.where(largest.isfinite(), largest, .number(0)))
  }

  private typealias RowKernel<T> = (UnsafePointer<T>?, UnsafeMutablePointer<T>?, Int, Int) -> Void

  /// A kernel on rows, applied along any axis: the axis is brought to the end and back.
  private func alongLast(
    _ name: String, _ axis: Int, keepsAxis: Bool, _ single: RowKernel<Float>, _ double: RowKernel<Double>
  ) throws(TensorError) -> Tensor {
    let x = try cast(to: dtype.floating)
    let axis = try shape.resolve(axis: axis, in: name)
    var order = Array(0..<rank)
    order.append(order.remove(at: axis))
    let rows = try x.transpose(order)
    let columns = shape[axis]
    let result = keepsAxis ? rows.shape : shape.removing(axis: axis)
    let count = columns == 0 ? 0 : x.count / columns
    let width = keepsAxis ? columns : 1
    let values =
      x.dtype == .float32
      ? try Tensor(result, of: Float.self) { out throws(TensorError) in
        try rows.withElements(Float.self) { x throws(TensorError) in
          try Interruption.inParts(of: count, each: columns) { start, count in
            single(x.baseAddress.map { $0 + start * columns }, out.baseAddress.map { $0 + start * width }, count, columns)
          }
        }
      }
      : try Tensor(result, of: Double.self) { out throws(TensorError) in
        try rows.withElements(Double.self) { x throws(TensorError) in
          try Interruption.inParts(of: count, each: columns) { start, count in
            double(x.baseAddress.map { $0 + start * columns }, out.baseAddress.map { $0 + start * width }, count, columns)
          }
        }
      }
    guard keepsAxis else { return values }
    var back = Array(0..<rank - 1)
    back.insert(rank - 1, at: axis)
    return try values.transpose(back)
  }
}
