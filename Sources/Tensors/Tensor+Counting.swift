extension Tensor {
  /// For each whole number from 0 to `classes` - 1 a row that is true at that place.
  public func oneHot(_ classes: Int) throws(TensorError) -> Tensor {
    guard self.dtype == .int64 else {
      throw TensorError(.wrongType(operation: "one_hot", dtype: self.dtype, expected: "whole numbers"))
    }
    let values = try ints()
    if let wrong = values.first(where: { $0 < 0 || $0 >= classes }) {
      let rule = wrong < 0 ? "must not be negative" : "must be from 0 to \(classes - 1)"
      throw TensorError(.badArgument(operation: "one_hot", argument: "each class", value: "\(wrong)", rule: rule))
    }
    return try Tensor(Shape(shape.dimensions + [classes]), of: Bool.self) { rows in
      rows.update(repeating: false)
      for (row, value) in values.enumerated() { rows[row * classes + value] = true }
    }
  }

  /// How often each whole number from 0 up occurs, for at least `minimum` numbers.
  public func bincount(minimum: Int = 0) throws(TensorError) -> Tensor {
    guard dtype == .int64 || dtype == .bool else {
      throw TensorError(.wrongType(operation: "bincount", dtype: dtype, expected: "whole numbers"))
    }
    let values = try ints()
    if let negative = values.first(where: { $0 < 0 }) {
      throw TensorError(
        .badArgument(operation: "bincount", argument: "each value", value: "\(negative)", rule: "must not be negative"))
    }
    let largest = values.max() ?? -1
    guard largest < Int.max else { throw TensorError(.tooManyElements([largest])) }
    return try Tensor(Shape([Swift.max(largest + 1, minimum, 0)]), of: Int.self) { counts in
      counts.update(repeating: 0)
      for value in values { counts[value] += 1 }
    }
  }

  /// The indices of all elements that are not 0, one row for each: `[found, rank]`.
  public func nonzero() throws(TensorError) -> Tensor {
    let strides = shape.strides
    let found = bools.enumerated().filter { $0.element }.map { $0.offset }
    let indices = found.flatMap { place in zip(strides, shape.dimensions).map { place / $0 % $1 } }
    return try Tensor(indices, shape: Shape([found.count, rank]))
  }
}
