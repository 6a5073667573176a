import Tensors

extension Variable {
  /// Surrounded by `value`: `widths` has the places before and after for each dimension.
  public func pad(_ widths: [(before: Int, after: Int)], value: Double = 0) throws(TensorError) -> Variable {
    let result = try shape.padded(widths)
    let ranges = zip(shape.dimensions, widths).map { Attributes.Range(start: $1.before, count: $0) }
    let placed = try apply(.placeSlice, .ranges(ranges, of: result))
    if value == 0 { return placed }
    let isInside = try Variable(Tensor.ones(shape, dtype: .bool)).pad(widths)
    return try isInside.select(placed, else: Variable(Tensor.full([], value, dtype: dtype)))
  }

  /// Surrounded by what stands inside.
  public func pad(_ widths: [(before: Int, after: Int)], with edge: Edge) throws(TensorError) -> Variable {
    let shape = shape
    let result = try shape.padded(widths)
    var padded = self
    for axis in 0..<shape.rank where result[axis] != shape[axis] {
      guard shape[axis] > 0 else {
        throw TensorError(
          .badArgument(
            operation: "pad", argument: "widths", value: "\([widths[axis].before, widths[axis].after])",
            rule: "must be 0 where there is nothing to repeat"))
      }
      let places = (0..<result[axis]).map { edge.place($0 - widths[axis].before, of: shape[axis]) }
      padded = try padded.gather(Variable(Tensor(places)), axis: axis)
    }
    return padded
  }

  /// What continues a tensor beyond its ends.
  public enum Edge: String, CaseIterable, Sendable {
    /// The last entry, again and again.
    case edge
    /// The entries in reverse, the last one not repeated.
    case reflect
    /// The entries from the other end on.
    case wrap

    /// The place in `0..<size` that stands for any other.
    fileprivate func place(_ place: Int, of size: Int) -> Int {
      switch self {
      case .edge: return Swift.min(Swift.max(place, 0), size - 1)
      case .wrap: return (place % size + size) % size
      case .reflect:
        guard size > 1 else { return 0 }
        let period = 2 * (size - 1)
        let within = (place % period + period) % period
        return Swift.min(within, period - within)
      }
    }
  }

  /// For each vector a tensor that repeats it over the sizes of the others, which run along a dimension each; the first two
  /// dimensions may be exchanged.
  public static func meshgrid(_ vectors: [Variable], swapsFirstTwo: Bool) throws(TensorError) -> [Variable] {
    for vector in vectors where vector.shape.rank > 1 {
      throw TensorError(.wrongRank(operation: "meshgrid", shape: vector.shape, expected: "vectors"))
    }
    var order = Array(vectors.indices)
    if swapsFirstTwo, order.count > 1 { order.swapAt(0, 1) }
    let result = try Shape(order.map { vectors[$0].shape.count })
    var grids: [Variable] = []
    for (i, vector) in vectors.enumerated() {
      let sizes = order.map { $0 == i ? vector.shape.count : 1 }
      grids.append(try vector.reshape(to: Shape(sizes)).expand(to: result))
    }
    return grids
  }

  /// The whole tensor `counts` times along each dimension, aligned from the right.
  public func tile(_ counts: [Int]) throws(TensorError) -> Variable {
    let result = try shape.tiled(counts)
    let sizes = Shape.aligned(shape.dimensions, result.rank)
    let times = Shape.aligned(counts, result.rank)
    return try reshape(to: Shape(sizes.flatMap { [1, $0] }))
      .expand(to: try Shape(zip(times, sizes).flatMap { [$0, $1] })).reshape(to: result)
  }

  /// Each entry along `axis` `times` in a row; without an axis the flattened tensor's.
  public func `repeat`(_ times: Int, axis: Int? = nil) throws(TensorError) -> Variable {
    guard let axis else { return try flatten().repeat(times, axis: 0) }
    let place = try shape.resolve(axis: axis, in: "repeat")
    let result = try shape.repeated(times, axis: place)
    var sizes = shape.dimensions
    sizes.insert(1, at: place + 1)
    var repeated = sizes
    repeated[place + 1] = times
    return try reshape(to: Shape(sizes)).expand(to: try Shape(repeated)).reshape(to: result)
  }

  /// Each entry along `axis` as often in a row as its number says; without an axis the flattened tensor's.
  public func `repeat`(_ times: [Int], axis: Int? = nil) throws(TensorError) -> Variable {
    guard let axis else { return try flatten().repeat(times, axis: 0) }
    let place = try shape.resolve(axis: axis, in: "repeat")
    guard times.count == shape[place], times.allSatisfy({ $0 >= 0 }) else {
      throw TensorError(
        .badArgument(
          operation: "repeat", argument: "times", value: "\(times)",
          rule: "must be a number from 0 up for each of \(shape[place])"))
    }
    guard let total = Shape.sum(times) else { throw TensorError(.tooManyElements(times)) }
    _ = try shape.replacing(place..<place + 1, with: [total])
    return try gather(Variable(Tensor(times.enumerated().flatMap { [Int](repeating: $0, count: $1) })), axis: place)
  }

  /// Each entry `shift` places further along `axis`, from the end back to the start; without an axis over all entries.
  public func roll(_ shift: Int, axis: Int? = nil) throws(TensorError) -> Variable {
    guard let axis else { return try flatten().roll(shift, axis: 0).reshape(to: shape) }
    let place = try shape.resolve(axis: axis, in: "roll")
    let size = shape[place]
    guard size > 0 else { return self }
    let start = (size - shift % size) % size
    guard start > 0 else { return self }
    return try .concat(
      [
        slice(axis: place, start: start, count: size - start), slice(axis: place, start: 0, count: start),
      ], axis: place)
  }

  /// Without the dimensions of size 1, or without those given, which must have it.
  public func squeeze(_ axes: [Int]? = nil) throws(TensorError) -> Variable { try reshape(to: shape.squeezed(axes)) }

  /// With a dimension of size 1 before `axis`; -1 puts it last.
  public func unsqueeze(_ axis: Int) throws(TensorError) -> Variable { try reshape(to: shape.unsqueezed(axis)) }

  /// The parts along `axis` between the places `cuts`, which are meant as the bounds of slices.
  public func split(at cuts: [Int], axis: Int = 0) throws(TensorError) -> [Variable] {
    let place = try shape.resolve(axis: axis, in: "split")
    let whole = [Index](repeating: .all, count: place)
    var parts: [Variable] = []
    for (start, stop) in zip([nil] + cuts, cuts + [nil]) {
      parts.append(try subscripted(whole + [.slice(start: start, stop: stop, step: 1)]))
    }
    return parts
  }

  /// `parts` equal parts along `axis`.
  public func split(_ parts: Int, axis: Int = 0) throws(TensorError) -> [Variable] {
    let place = try shape.resolve(axis: axis, in: "split")
    guard parts > 0, shape[place] % parts == 0 else {
      throw TensorError(
        .badArgument(
          operation: "split", argument: "the number of parts", value: "\(parts)",
          rule: "must divide the axis's size \(shape[place])"))
    }
    let size = shape[place] / parts
    var found: [Variable] = []
    for part in 0..<parts { found.append(try slice(axis: place, start: part * size, count: size)) }
    return found
  }

  /// Each entry along `axis` less the one before it, `times` over; of bools, whether the two differ.
  public func diff(_ times: Int = 1, axis: Int = -1) throws(TensorError) -> Variable {
    let place = try shape.resolve(axis: axis, in: "diff")
    guard times >= 0 else {
      throw TensorError(.badArgument(operation: "diff", argument: "n", value: "\(times)", rule: "must not be negative"))
    }
    var result = self
    // Once nothing is left, nothing changes.
    for _ in 0..<Swift.min(times, shape[place]) {
      let count = Swift.max(result.shape[place] - 1, 0)
      let next = try result.slice(axis: place, start: result.shape[place] - count, count: count)
      let before = try result.slice(axis: place, start: 0, count: count)
      result = try dtype == .bool ? next.notEqual(before) : next - before
    }
    return result
  }
}
