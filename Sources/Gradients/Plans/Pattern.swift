import Tensors

/// How an operand's elements repeat over a larger shape: entry `i` of it is element `(i / inner) % count`.
struct Pattern: Equatable {
  let inner: Int
  let count: Int

  /// None where the elements repeat in no such way: where a dimension that is stretched lies between two that are not.
  init?(of operand: Shape, over shape: Shape) {
    // More dimensions than the shape has can only be ones in front.
    guard operand.rank <= shape.rank, operand != shape else {
      guard operand.count == shape.count else { return nil }
      self.init(inner: 1, count: shape.count)
      return
    }
    let (sizes, missing) = (operand.dimensions, shape.rank - operand.rank)
    guard let first = sizes.firstIndex(where: { $0 != 1 }), let last = sizes.lastIndex(where: { $0 != 1 }) else {
      self.init(inner: 1, count: operand.count)
      return
    }
    for axis in first...last where sizes[axis] != shape[axis + missing] { return nil }
    self.init(inner: shape.dimensions[(last + missing + 1)...].reduce(1, *), count: operand.count)
  }

  private init(inner: Int, count: Int) {
    self.inner = inner
    self.count = count
  }
}
