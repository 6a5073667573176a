/// One part of what stands between the brackets of `x[…]`, with NumPy's meaning.
public enum Index: Sendable {
  /// One place; the dimension disappears. -1 is the last.
  case at(Int)
  /// Every `step`-th place from `start` up to but not including `stop`; nil means from or to the end.
  case slice(start: Int?, stop: Int?, step: Int)
  /// As many whole dimensions as the other parts leave over.
  case ellipsis
  /// A new dimension of size 1.
  case newAxis
  /// The places where a bool tensor is true; it stands for as many dimensions as it has.
  case mask(Tensor)
  /// The places that an int64 tensor lists; its shape takes the dimension's place.
  case gather(Tensor)

  /// A whole dimension: `:`.
  public static let all = Index.slice(start: nil, stop: nil, step: 1)

  /// A tensor as an index: bools select and whole numbers list; floats are a `TypeError`.
  public init(_ tensor: Tensor) throws(TensorError) {
    switch tensor.dtype {
    case .bool: self = .mask(tensor)
    case .int64: self = .gather(tensor)
    default: throw TensorError(.indexType(tensor.dtype))
    }
  }
}

/// Which places of a dimension a slice takes: `count` of them, `step` apart, from `start` on.
struct SliceRange {
  let start: Int
  let count: Int

  /// Python's rules: negative ends count from the end, and ends beyond the dimension are moved to its edge.
  init(start: Int?, stop: Int?, step: Int, size: Int) throws(TensorError) {
    guard step != 0 else { throw TensorError(.zeroStep) }
    let lowest = step > 0 ? 0 : -1
    let highest = step > 0 ? size : size - 1
    func place(_ given: Int) -> Int { min(max(given < 0 ? given + size : given, lowest), highest) }
    let first = start.map(place) ?? (step > 0 ? lowest : highest)
    let end = stop.map(place) ?? (step > 0 ? highest : lowest)
    let distance = step > 0 ? end - first : first - end
    self.start = first
    // Unsigned, since the size of the smallest step has no signed value.
    count = distance <= 0 ? 0 : Int((UInt(distance) - 1) / step.magnitude) + 1
  }
}
