import CKernels

/// Some of a tensor's elements in some arrangement: where the element at an index lies in memory.
///
/// Every change of shape and order is a view that is then copied: a stride of 0 repeats, a negative one reverses.
struct StridedView {
  var sizes: [Int]
  /// Elements between neighbours along each dimension.
  var strides: [Int]
  /// The place of the first element.
  var offset: Int

  /// A whole tensor.
  init(_ shape: Shape) {
    self.init(sizes: shape.dimensions, strides: shape.strides, offset: 0)
  }

  init(sizes: [Int], strides: [Int], offset: Int) {
    self.sizes = sizes
    self.strides = strides
    self.offset = offset
  }

  var isEmpty: Bool { sizes.contains(0) }

  /// The dimensions in another order.
  func permuted(_ order: [Int]) -> StridedView {
    StridedView(sizes: order.map { sizes[$0] }, strides: order.map { strides[$0] }, offset: offset)
  }

  /// `count` places of one dimension, `step` apart, beginning with `start`.
  func sliced(axis: Int, start: Int, count: Int, step: Int = 1) -> StridedView {
    var view = self
    view.sizes[axis] = count
    view.strides[axis] *= step
    if count > 0 { view.offset += start * strides[axis] }
    return view
  }

  /// Repeated to a larger shape by the rule of broadcasting, which must hold.
  func expanded(to shape: Shape) -> StridedView {
    let missing = shape.rank - sizes.count
    return StridedView(
      sizes: shape.dimensions,
      strides: shape.dimensions.indices.map { $0 < missing || sizes[$0 - missing] == 1 ? 0 : strides[$0 - missing] },
      offset: offset)
  }
}

extension Tensor {
  /// The elements that `view` shows, in its order. Asks now and then whether to stop.
  func read(_ view: StridedView, shape: Shape) throws(TensorError) -> Tensor {
    let result = try Tensor(uninitialized: shape, dtype)
    if shape.count > 0 {
      let whole = StridedView(sizes: view.sizes)
      let rows = view.sizes.first ?? 1
      try withBytes { source throws(TensorError) in
        try Interruption.inParts(of: rows, each: shape.count / rows) { start, count throws(TensorError) in
          copy(source, view.rows(start, count), to: result.storage.base, whole.rows(start, count))
        }
      }
    }
    withExtendedLifetime(result.storage) {}
    return result
  }

  /// Writes `values`, which has the view's sizes and this type, to the places that `view` shows.
  mutating func write(_ values: Tensor, into view: StridedView) throws(TensorError) {
    try write(values, StridedView(values.shape), into: view)
  }

  /// Writes what `source` shows of `values` to the places that `view` shows.
  mutating func write(_ values: Tensor, _ source: StridedView, into view: StridedView) throws(TensorError) {
    if view.isEmpty { return }
    try withMutableBytes { target throws(TensorError) in
      values.withBytes { values.copy($0, source, to: target, view) }
    }
  }

  private func copy(_ from: UnsafeRawPointer, _ source: StridedView, to: UnsafeMutableRawPointer, _ target: StridedView) {
    bp_copy_strided(
      dtype.width, target.sizes.count, target.sizes, from + source.offset * dtype.width, source.strides,
      to + target.offset * dtype.width, target.strides)
  }
}

extension StridedView {
  /// Some of the places along the first dimension, if there is one.
  fileprivate func rows(_ start: Int, _ count: Int) -> StridedView {
    guard let stride = strides.first else { return self }
    return StridedView(sizes: [count] + sizes.dropFirst(), strides: strides, offset: offset + start * stride)
  }

  /// Row-major without gaps.
  fileprivate init(sizes: [Int]) {
    self.init(sizes: sizes, strides: Shape(valid: sizes, count: 0).strides, offset: 0)
  }
}
