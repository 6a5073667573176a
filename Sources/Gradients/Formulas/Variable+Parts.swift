import Tensors

// Several results of one operation, held by one tensor along its last dimension.
extension Variable {
  /// The parts, of these shapes for each entry of the other dimensions.
  func parts(_ shapes: [[Int]]) throws(TensorError) -> [Variable] {
    let last = shape.rank - 1
    var start = 0
    var parts: [Variable] = []
    for sizes in shapes {
      let count = sizes.reduce(1, *)
      let part = try slice(axis: last, start: start, count: count)
      parts.append(try part.reshape(to: Shape(shape.dimensions.dropLast() + sizes)))
      start += count
    }
    return parts
  }
}

extension Tensor {
  /// One tensor that holds the parts, of these shapes for each entry of the other dimensions.
  static func packed(_ parts: [Tensor], _ shapes: [[Int]]) throws(TensorError) -> Tensor {
    var rows: [Tensor] = []
    for (part, sizes) in zip(parts, shapes) {
      rows.append(try part.reshape(part.shape.dimensions.dropLast(sizes.count) + [sizes.reduce(1, *)]))
    }
    return try concat(rows, axis: -1)
  }
}
