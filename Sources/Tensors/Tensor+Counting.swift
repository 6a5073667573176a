extension Tensor {
  /// For each whole number from 0 to `classes` - 1 a row that is true at that place.
  public func oneHot(_ classes: Int) throws(TensorError) -> Tensor {
    guard self.dtype == .int64 else {
      throw TensorError(.wrongType(operation: "one_hot", dtype: self.dtype, expected: "whole numbers"))
    }
    return try Tensor(Shape(shape.dimensions + [classes]), of: Bool.self) { rows throws(TensorError) in
      try withElements(Int.self) { values throws(TensorError) in
        try Interruption.inParts(of: values.count, each: classes) { start, count throws(TensorError) in
          for row in start..<start + count {
            let value = values[row]
            guard value >= 0, value < classes else {
              let rule = value < 0 ? "must not be negative" : "must be from 0 to \(classes - 1)"
              throw TensorError(.badArgument(operation: "one_hot", argument: "each class", value: "\(value)", rule: rule))
            }
            for i in row * classes..<(row + 1) * classes { rows[i] = false }
            rows[row * classes + value] = true
          }
        }
      }
    }
  }

  /// How often each whole number from 0 up occurs, for at least `minimum` numbers.
  public func bincount(minimum: Int = 0) throws(TensorError) -> Tensor {
    guard dtype == .int64 || dtype == .bool else {
      throw TensorError(.wrongType(operation: "bincount", dtype: dtype, expected: "whole numbers"))
    }
    let values = try cast(to: .int64)
    let smallest = count == 0 ? 0 : try values.min().intItem()
    guard smallest >= 0 else {
      throw TensorError(
        .badArgument(operation: "bincount", argument: "each value", value: "\(smallest)", rule: "must not be negative"))
    }
    let largest = count == 0 ? -1 : try values.max().intItem()
    guard largest < Int.max else { throw TensorError(.tooManyElements([largest])) }
    return try Tensor(Shape([Swift.max(largest + 1, minimum, 0)]), of: Int.self) { counts throws(TensorError) in
      counts.update(repeating: 0)
      try values.withElements(Int.self) { values throws(TensorError) in
        try Interruption.inParts(of: values.count) { start, length in
          for i in start..<start + length { counts[values[i]] += 1 }
        }
      }
    }
  }

  /// The indices of all elements that are not 0, one row for each: `[found, rank]`.
  public func nonzero() throws(TensorError) -> Tensor {
    let flags = try cast(to: .bool)
    return try flags.withElements(Bool.self) { flags throws(TensorError) in
      var found = 0
      try Interruption.inParts(of: flags.count) { start, length in
        for place in start..<start + length where flags[place] { found += 1 }
      }
      return try Tensor(Shape([found, rank]), of: Int.self) { out throws(TensorError) in
        var row = 0
        try Interruption.inParts(of: flags.count) { start, length in
          for place in start..<start + length where flags[place] {
            var rest = place
            for axis in (0..<rank).reversed() { (rest, out[row + axis]) = rest.quotientAndRemainder(dividingBy: shape[axis]) }
            row += rank
          }
        }
      }
    }
  }
}
