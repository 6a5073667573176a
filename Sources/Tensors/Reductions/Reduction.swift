/// A tensor seen as `[outer, length, inner]`, to be reduced over `length`.
struct Reduction {
  let tensor: Tensor
  let outer: Int
  let length: Int
  let inner: Int
  let result: Shape

  /// `axes` nil means all. Axes that are no neighbours are brought together at the end first.
  init(_ operation: String, _ tensor: Tensor, axes: [Int]?, keepdims: Bool) throws(TensorError) {
    let shape = tensor.shape
    let reduced = try Reduction.resolve(operation, shape, axes)
    let kept = (0..<shape.rank).filter { !reduced.contains($0) }
    let sizes =
      keepdims
      ? (0..<shape.rank).map { reduced.contains($0) ? 1 : shape[$0] } : kept.map { shape[$0] }
    result = Shape(valid: sizes, count: kept.reduce(1) { $0 * shape[$1] })
    length = reduced.reduce(1) { $0 * shape[$1] }
    if let first = reduced.first, let last = reduced.last, last - first + 1 > reduced.count {
      self.tensor = try tensor.transpose(kept + reduced)
      outer = result.count
      inner = 1
    } else {
      self.tensor = tensor
      outer = shape.dimensions[..<(reduced.first ?? 0)].reduce(1, *)
      inner = shape.dimensions[((reduced.last ?? -1) + 1)...].reduce(1, *)
    }
  }

  private static func resolve(_ operation: String, _ shape: Shape, _ axes: [Int]?) throws(TensorError) -> [Int] {
    guard let axes else { return Array(0..<shape.rank) }
    var resolved: Set<Int> = []
    for axis in axes { resolved.insert(try shape.resolve(axis: axis, in: operation)) }
    guard resolved.count == axes.count else { throw TensorError(.repeatedAxis(operation: operation, axes: axes)) }
    return resolved.sorted()
  }

  /// The result whose elements `body` computes, each from `length` elements that lie `inner` apart. Asks between them whether to
  /// stop.
  @inline(__always)
  func each<T: Element, U: Element>(
    _: T.Type, _: U.Type, _ body: (Line<T>) throws(TensorError) -> U
  ) throws(TensorError) -> Tensor {
    try Tensor(result, of: U.self) { out throws(TensorError) in
      try tensor.withElements(T.self) { x throws(TensorError) in
        var tally = Interruption.Tally()
        for i in 0..<outer {
          for j in 0..<inner {
            try tally.add(length)
            out[i * inner + j] = try body(Line(elements: x, start: i * length * inner + j, step: inner, count: length))
          }
        }
      }
    }
  }
}

/// Elements at equal distances in memory.
struct Line<T: Element> {
  let elements: UnsafeBufferPointer<T>
  let start: Int
  let step: Int
  let count: Int

  @inline(__always)
  subscript(place: Int) -> T { elements[start + place * step] }

  /// The first element, where the others follow it without gaps.
  var neighbours: UnsafePointer<T>? { step == 1 ? elements.baseAddress.map { $0 + start } : nil }
}

extension Line where T: BinaryFloatingPoint {
  var sumOfSquares: Double { (0..<count).reduce(0) { $0 + Double(self[$1]) * Double(self[$1]) } }
}
