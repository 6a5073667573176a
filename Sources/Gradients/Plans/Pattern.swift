import Tensors

/// How an operand's elements repeat over a larger shape: entry `i` of it is element `(i / inner) % count`.
struct Pattern: Equatable {
  let inner: Int
  let count: Int

  /// None where the elements repeat in no such way: where a dimension that is stretched lies between two that are not.
  init?(of operand: Shape, over shape: Shape) {
    guard operand.rank <= shape.rank else {
      // More dimensions can only be ones in front.
      guard operand.count == shape.count else { return nil }
      self.init(inner: 1, count: shape.count)
      return
    }
    let sizes = [Int](repeating: 1, count: shape.rank - operand.rank) + operand.dimensions
    guard let first = sizes.indices.first(where: { sizes[$0] != 1 }), let last = sizes.indices.last(where: { sizes[$0] != 1 })
    else {
      self.init(inner: 1, count: operand.count)
      return
    }
    for axis in first...last where sizes[axis] != shape[axis] { return nil }
    self.init(inner: shape.dimensions[(last + 1)...].reduce(1, *), count: operand.count)
  }

  private init(inner: Int, count: Int) {
    self.inner = inner
    self.count = count
  }
}
