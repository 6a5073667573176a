// The shapes of tensors that hold the same elements in another arrangement, or some of them again.
extension Shape {
  /// Other sizes for as many elements; one size may be -1 and is then worked out.
  public func reshaped(_ sizes: [Int]) throws(TensorError) -> Shape {
    let failure = TensorError(.cannotReshape(from: self, to: sizes))
    var sizes = sizes
    let unknown = sizes.indices.filter { sizes[$0] == -1 }
    if let place = unknown.first {
      sizes[place] = 1
      guard unknown.count == 1, let others = Shape.product(sizes), others > 0, count % others == 0 else { throw failure }
      sizes[place] = count / others
    }
    guard sizes.allSatisfy({ $0 >= 0 }), Shape.product(sizes) == count else { throw failure }
    return Shape(valid: sizes, count: count)
  }

  /// Without the dimensions of size 1, or without those given, which must have it.
  public func squeezed(_ axes: [Int]? = nil) throws(TensorError) -> Shape {
    var dropped = Set(dimensions.indices.filter { self[$0] == 1 })
    if let axes {
      dropped = []
      for axis in axes {
        let place = try resolve(axis: axis, in: "squeeze")
        guard self[place] == 1 else { throw TensorError(.cannotSqueeze(shape: self, axis: axis)) }
        dropped.insert(place)
      }
    }
    return Shape(valid: dimensions.indices.filter { !dropped.contains($0) }.map { self[$0] }, count: count)
  }

  /// With a dimension of size 1 before `axis`; -1 puts it last.
  public func unsqueezed(_ axis: Int, in operation: String = "unsqueeze") throws(TensorError) -> Shape {
    guard axis >= -rank - 1, axis <= rank else {
      throw TensorError(.axisOutOfRange(operation: operation, axis: axis, shape: self))
    }
    var sizes = dimensions
    sizes.insert(1, at: axis < 0 ? axis + rank + 1 : axis)
    return Shape(valid: sizes, count: count)
  }

  /// With `widths` more places before and after those of each dimension.
  public func padded(_ widths: [(before: Int, after: Int)]) throws(TensorError) -> Shape {
    guard widths.count == rank, widths.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
      throw TensorError(
        .badArgument(
          operation: "pad", argument: "widths", value: "\(widths.map { [$0.before, $0.after] })",
          rule: "must be a pair from 0 up for each of \(rank) dimensions"))
    }
    var sizes: [Int] = []
    for (size, width) in zip(dimensions, widths) {
      guard let sum = Shape.sum([size, width.before, width.after]) else { throw TensorError(.tooManyElements(dimensions)) }
      sizes.append(sum)
    }
    return try Shape(sizes)
  }

  /// With `times` places, next to each other, for each of a dimension.
  public func repeated(_ times: Int, axis: Int) throws(TensorError) -> Shape {
    guard times >= 0 else {
      throw TensorError(.badArgument(operation: "repeat", argument: "times", value: "\(times)", rule: "must not be negative"))
    }
    return try replacing(axis: axis, with: Shape.product(self[axis], times))
  }

  /// Each dimension `counts` times as long, aligned from the right.
  public func tiled(_ counts: [Int]) throws(TensorError) -> Shape {
    guard counts.allSatisfy({ $0 >= 0 }) else {
      throw TensorError(.badArgument(operation: "tile", argument: "counts", value: "\(counts)", rule: "must not be negative"))
    }
    let rank = max(self.rank, counts.count)
    var sizes: [Int] = []
    for (size, times) in zip(Shape.aligned(dimensions, rank), Shape.aligned(counts, rank)) {
      sizes.append(try Shape.product(size, times))
    }
    return try Shape(sizes)
  }

  /// With ones in front, so that there are `rank` numbers.
  public static func aligned(_ sizes: [Int], _ rank: Int) -> [Int] {
    [Int](repeating: 1, count: max(rank - sizes.count, 0)) + sizes
  }

  private static func product(_ size: Int, _ times: Int) throws(TensorError) -> Int {
    let (product, overflow) = size.multipliedReportingOverflow(by: times)
    guard !overflow else { throw TensorError(.tooManyElements([size, times])) }
    return product
  }

  /// The sum, nil beyond 64 bits.
  public static func sum(_ sizes: [Int]) -> Int? {
    var sum = 0
    for size in sizes {
      let (next, overflow) = sum.addingReportingOverflow(size)
      if overflow { return nil }
      sum = next
    }
    return sum
  }
}
