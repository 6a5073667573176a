extension Tensor {
  /// Rows of `axis` at `indices`, whose shape takes the axis's place: `result[i, j…] = self[indices[i], j…]` for axis 0.
  public func gather(_ indices: Tensor, axis: Int = 0) throws(TensorError) -> Tensor {
    let axis = try shape.resolve(axis: axis, in: "gather")
    let places = try indices.places(size: shape[axis], axis: axis)
    let block = shape.dimensions[(axis + 1)...].reduce(1, *) * dtype.width
    let outer = shape.dimensions[..<axis].reduce(1, *)
    let sizes = Array(shape.dimensions[..<axis]) + indices.shape.dimensions + Array(shape.dimensions[(axis + 1)...])
    var result = try Tensor(uninitialized: Shape(sizes), dtype)
    try result.withMutableBytes { target throws(TensorError) in
      try withBytes { source throws(TensorError) in
        try places.withElements(Int.self) { places throws(TensorError) in
          try Interruption.inParts(of: outer * places.count, each: block / dtype.width) { start, count in
            for i in start..<start + count {
              let place = i / places.count * shape[axis] + places[i % places.count]
              (target + i * block).copyMemory(from: source + place * block, byteCount: block)
            }
          }
        }
      }
    }
    return result
  }

  /// One element of each line along `axis` for each index: `result[i, j] = self[indices[i, j], j]` for axis 0.
  ///
  /// `indices` has this shape but for its own size along `axis`.
  public func gatherAlong(axis: Int, _ indices: Tensor) throws(TensorError) -> Tensor {
    let axis = try shape.resolve(axis: axis, in: "gather")
    switch dtype {
    case .float32: return try gatherAlong(axis, indices, Float.self)
    case .float64: return try gatherAlong(axis, indices, Double.self)
    case .int64: return try gatherAlong(axis, indices, Int.self)
    case .bool: return try gatherAlong(axis, indices, Bool.self)
    }
  }

  private func gatherAlong<T: Element>(_ axis: Int, _ indices: Tensor, _: T.Type) throws(TensorError) -> Tensor {
    try Tensor(indices.shape, of: T.self) { out throws(TensorError) in
      try withElements(T.self) { x throws(TensorError) in
        try forEachLinePlace(axis, indices) { entry, place in out[entry] = x[place] }
      }
    }
  }

  /// This tensor with `values` added at `indices` of `axis`, repeated indices adding up: the adjoint of `gather`.
  public func scatterAdd(_ indices: Tensor, _ values: Tensor, axis: Int = 0) throws(TensorError) -> Tensor {
    let axis = try shape.resolve(axis: axis, in: "scatter_add")
    let places = try indices.places(size: shape[axis], axis: axis)
    let inner = shape.dimensions[(axis + 1)...].reduce(1, *)
    let outer = shape.dimensions[..<axis].reduce(1, *)
    let sizes = Array(shape.dimensions[..<axis]) + indices.shape.dimensions + Array(shape.dimensions[(axis + 1)...])
    let values = try values.cast(to: dtype).expand(to: Shape(sizes))
    var targets: [Int] = []
    targets.reserveCapacity(outer * places.count)
    try places.withElements(Int.self) { places throws(TensorError) in
      try Interruption.inParts(of: outer * places.count) { start, count in
        for i in start..<start + count {
          targets.append((i / places.count * shape[axis] + places[i % places.count]) * inner)
        }
      }
    }
    return try addingBlocks(of: inner, values, at: targets)
  }

  /// The adjoint of `gatherAlong`.
  public func scatterAddAlong(axis: Int, _ indices: Tensor, _ values: Tensor) throws(TensorError) -> Tensor {
    let axis = try shape.resolve(axis: axis, in: "scatter_add")
    let values = try values.cast(to: dtype).expand(to: indices.shape)
    var targets: [Int] = []
    targets.reserveCapacity(indices.count)
    try forEachLinePlace(axis, indices) { _, place in targets.append(place) }
    return try addingBlocks(of: 1, values, at: targets)
  }

  /// This tensor with consecutive blocks of `values` added where `targets` say.
  func addingBlocks(of size: Int, _ values: Tensor, at targets: [Int]) throws(TensorError) -> Tensor {
    switch dtype {
    case .float32: return try addingBlocks(of: size, values, at: targets, Float.self) { a, b throws(TensorError) in a + b }
    case .float64: return try addingBlocks(of: size, values, at: targets, Double.self) { a, b throws(TensorError) in a + b }
    case .int64:
      return try addingBlocks(of: size, values, at: targets, Int.self) { a, b throws(TensorError) in
        try checked(a.addingReportingOverflow(b), "scatter_add")
      }
    case .bool: throw TensorError(.wrongType(operation: "scatter_add", dtype: dtype, expected: "numbers"))
    }
  }

  private func addingBlocks<T: Element>(
    of size: Int, _ values: Tensor, at targets: [Int], _: T.Type, _ add: (T, T) throws(TensorError) -> T
  ) throws(TensorError) -> Tensor {
    var result = self
    try result.withMutableElements(T.self) { out throws(TensorError) in
      try values.withElements(T.self) { x throws(TensorError) in
        try Interruption.inParts(of: targets.count, each: size) { start, count throws(TensorError) in
          for block in start..<start + count {
            let target = targets[block]
            for i in 0..<size { out[target + i] = try add(out[target + i], x[block * size + i]) }
          }
        }
      }
    }
    return result
  }

  /// These indices as places along an axis of `size` entries, negative ones counted from the end.
  ///
  /// - Parameter axis: the axis that an error names.
  func places(size: Int, axis: Int) throws(TensorError) -> Tensor {
    guard dtype == .int64 else { throw TensorError(.indexType(dtype)) }
    var hasNegative = false
    try withElements(Int.self) { indices throws(TensorError) in
      try Interruption.inParts(of: indices.count) { start, count throws(TensorError) in
        for index in indices[start..<start + count] {
          guard index >= -size, index < size else { throw TensorError(.indexOutOfRange(index: index, axis: axis, size: size)) }
          if index < 0 { hasNegative = true }
        }
      }
    }
    return hasNegative ? try mapped(Int.self, Int.self) { $0 < 0 ? $0 + size : $0 } : self
  }

  /// Calls `body` with each index's number and its place among all elements of this tensor, where it picks along `axis` and keeps
  /// its other coordinates. Asks now and then whether to stop.
  @inline(__always)
  private func forEachLinePlace(_ axis: Int, _ indices: Tensor, _ body: (Int, Int) -> Void) throws(TensorError) {
    guard indices.rank == rank, try indices.shape.replacing(axis: axis, with: shape[axis]) == shape else {
      throw TensorError(.shapesDiffer(operation: "gather", left: shape, right: indices.shape))
    }
    guard indices.dtype == .int64 else { throw TensorError(.indexType(indices.dtype)) }
    let (size, length, inner) = (shape[axis], indices.shape[axis], shape.dimensions[(axis + 1)...].reduce(1, *))
    try indices.withElements(Int.self) { indices throws(TensorError) in
      // Entry `row` along the axis of the line that begins at `base`, `column` elements further.
      try Interruption.inParts(of: indices.count) { start, count throws(TensorError) in
        var (row, column) = start.quotientAndRemainder(dividingBy: inner)
        var base = row / length * size * inner
        row %= length
        for entry in start..<start + count {
          var index = indices[entry]
          guard index >= -size, index < size else { throw TensorError(.indexOutOfRange(index: index, axis: axis, size: size)) }
          if index < 0 { index += size }
          body(entry, base + index * inner + column)
          column += 1
          if column == inner {
            (column, row) = (0, row + 1)
            if row == length { (row, base) = (0, base + size * inner) }
          }
        }
      }
    }
  }
}
