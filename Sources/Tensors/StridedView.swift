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
      try withBytes { source throws(TensorError) in
        try copy(source, view, to: result.storage.base, StridedView(sizes: view.sizes))
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
      try values.withBytes { bytes throws(TensorError) in try values.copy(bytes, source, to: target, view) }
    }
  }

  private func copy(
    _ from: UnsafeRawPointer, _ source: StridedView, to: UnsafeMutableRawPointer, _ target: StridedView
  ) throws(TensorError) {
    let axis = target.sizes.firstIndex { $0 > 1 } ?? 0
    let count = target.sizes.isEmpty ? 1 : target.sizes[axis]
    try Interruption.inParts(of: count, each: target.sizes.reduce(1, *) / count) { start, length in
      let (source, target) = (source.part(axis, start, length), target.part(axis, start, length))
      bp_copy_strided(
        dtype.width, target.sizes.count, target.sizes, from + source.offset * dtype.width, source.strides,
        to + target.offset * dtype.width, target.strides)
    }
  }
}

extension StridedView {
  /// Some of the places along a dimension, if there is one.
  fileprivate func part(_ axis: Int, _ start: Int, _ count: Int) -> StridedView {
    sizes.isEmpty ? self : sliced(axis: axis, start: start, count: count)
  }

  /// Row-major without gaps.
  fileprivate init(sizes: [Int]) {
    self.init(sizes: sizes, strides: Shape(valid: sizes, count: 0).strides, offset: 0)
  }
}
