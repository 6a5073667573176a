import Tensors

extension Variable {
  /// Surrounded by `value`: `widths` has the places before and after for each dimension.
  public func pad(_ widths: [(before: Int, after: Int)], value: Double = 0) throws(TensorError) -> Variable {
    let surround = try Tensor.zeros(shape, dtype: dtype).pad(widths, value: value)
    let indices = zip(shape.dimensions, widths).map { size, width in
      Index.slice(start: width.before, stop: width.before + size, step: 1)
    }
    return try Variable(surround).setting(indices, to: self)
  }

  /// The whole tensor `counts` times along each dimension, aligned from the right.
  public func tile(_ counts: [Int]) throws(TensorError) -> Variable {
    let result = try value.tile(counts).shape
    let rank = result.rank
    let sizes = [Int](repeating: 1, count: rank - shape.rank) + shape.dimensions
    let times = [Int](repeating: 1, count: rank - counts.count) + counts
    return try reshape(sizes.flatMap { [1, $0] })
      .expand(to: try Shape(zip(times, sizes).flatMap { [$0, $1] })).reshape(to: result)
  }

  /// Each entry along `axis` `times` in a row; without an axis the flattened tensor's.
  public func `repeat`(_ times: Int, axis: Int? = nil) throws(TensorError) -> Variable {
    guard let axis else { return try flatten().repeat(times, axis: 0) }
    let place = try shape.resolve(axis: axis, in: "repeat")
    let result = try value.repeat(times, axis: place).shape
    var sizes = shape.dimensions
    sizes.insert(1, at: place + 1)
    var repeated = sizes
    repeated[place + 1] = times
    return try reshape(sizes).expand(to: try Shape(repeated)).reshape(to: result)
  }

  /// Each entry `shift` places further along `axis`, from the end back to the start; without an axis over all entries.
  public func roll(_ shift: Int, axis: Int? = nil) throws(TensorError) -> Variable {
    guard let axis else { return try flatten().roll(shift, axis: 0).reshape(to: shape) }
    let place = try shape.resolve(axis: axis, in: "roll")
    let size = shape[place]
    guard size > 0 else { return self }
    let start = (size - shift % size) % size
    return try .concat(
      [
        slice(axis: place, start: start, count: size - start), slice(axis: place, start: 0, count: start),
      ], axis: place)
  }

  /// Without the dimensions of size 1, or without those given, which must have it.
  public func squeeze(_ axes: [Int]? = nil) throws(TensorError) -> Variable {
    try reshape(to: value.squeeze(axes).shape)
  }

  /// With a dimension of size 1 before `axis`; -1 puts it last.
  public func unsqueeze(_ axis: Int) throws(TensorError) -> Variable { try reshape(to: value.unsqueeze(axis).shape) }

  /// Parts along `axis` of the given sizes, which add up to the axis's size.
  public func split(sizes: [Int], axis: Int = 0) throws(TensorError) -> [Variable] {
    let place = try shape.resolve(axis: axis, in: "split")
    guard sizes.allSatisfy({ $0 >= 0 }), Shape.sum(sizes) == shape[place] else {
      throw TensorError(
        .badArgument(
          operation: "split", argument: "sizes", value: "\(sizes)", rule: "must add up to the axis's size \(shape[place])"))
    }
    var parts: [Variable] = []
    var start = 0
    for size in sizes {
      parts.append(try slice(axis: place, start: start, count: size))
      start += size
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
    return try split(sizes: [Int](repeating: shape[place] / parts, count: parts), axis: place)
  }

  /// Each entry along `axis` less the one before it.
  public func diff(axis: Int = -1) throws(TensorError) -> Variable {
    let place = try shape.resolve(axis: axis, in: "diff")
    let count = Swift.max(shape[place] - 1, 0)
    return try slice(axis: place, start: shape[place] - count, count: count) - slice(axis: place, start: 0, count: count)
  }
}
