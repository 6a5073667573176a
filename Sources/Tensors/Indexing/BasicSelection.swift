/// What indices without lists take of a tensor: every so many entries of each dimension, seen in another shape.
public struct BasicSelection {
  /// By dimension of the tensor.
  public private(set) var ranges: [(start: Int, step: Int, count: Int)] = []
  /// Of the result: dimensions of which one place is taken are gone, and new ones are there.
  public let shape: Shape

  /// None where there are lists or masks among the indices.
  ///
  /// Throws what indexing a tensor of the shape throws.
  public init?(_ indices: [Index], of shape: Shape) throws(TensorError) {
    var sizes: [Int] = []
    for index in try Selection.complete(indices, shape) {
      let axis = ranges.count
      switch index {
      case .ellipsis: break
      case .newAxis: sizes.append(1)
      case .at(let place): ranges.append((try Selection.resolve(place, axis, shape[axis]), 1, 1))
      case .slice(let start, let stop, let step):
        let range = try SliceRange(start: start, stop: stop, step: step, size: shape[axis])
        ranges.append(range.count == 0 ? (0, 1, 0) : (range.start, range.count == 1 ? 1 : step, range.count))
        sizes.append(range.count)
      case .mask, .gather: return nil
      }
    }
    self.shape = try Shape(sizes)
  }
}
