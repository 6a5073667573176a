extension Tensor {
  /// Rows of `axis` at `indices`, whose shape takes the axis's place: `result[i, j…] = self[indices[i], j…]` for axis 0.
  public func gather(_ indices: Tensor, axis: Int = 0) throws(TensorError) -> Tensor {
    let axis = try shape.resolve(axis: axis, in: "gather")
    let places = try indices.places(in: shape, axis: axis)
    let block = shape.dimensions[(axis + 1)...].reduce(1, *) * dtype.width
    let outer = shape.dimensions[..<axis].reduce(1, *)
    let sizes = Array(shape.dimensions[..<axis]) + indices.shape.dimensions + Array(shape.dimensions[(axis + 1)...])
    var result = try Tensor(uninitialized: Shape(sizes), dtype)
    try result.withMutableBytes { target throws(TensorError) in
      withBytes { source in
        var target = target
        for i in 0..<outer {
          for place in places {
            target.copyMemory(from: source + (i * shape[axis] + place) * block, byteCount: block)
            target += block
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
    let places = try linePlaces(axis, indices)
    return try Tensor(self, shape: [count]).gather(Tensor(places, shape: indices.shape))
  }

  /// This tensor with `values` added at `indices` of `axis`, repeated indices adding up: the adjoint of `gather`.
  public func scatterAdd(_ indices: Tensor, _ values: Tensor, axis: Int = 0) throws(TensorError) -> Tensor {
    let axis = try shape.resolve(axis: axis, in: "scatter_add")
    let places = try indices.places(in: shape, axis: axis)
    let inner = shape.dimensions[(axis + 1)...].reduce(1, *)
    let outer = shape.dimensions[..<axis].reduce(1, *)
    let sizes = Array(shape.dimensions[..<axis]) + indices.shape.dimensions + Array(shape.dimensions[(axis + 1)...])
    let values = try values.cast(to: dtype).expand(to: Shape(sizes))
    var targets: [Int] = []
    targets.reserveCapacity(outer * places.count)
    for i in 0..<outer {
      for place in places { targets.append((i * shape[axis] + place) * inner) }
    }
    return try addingBlocks(of: inner, values, at: targets)
  }

  /// The adjoint of `gatherAlong`.
  public func scatterAddAlong(axis: Int, _ indices: Tensor, _ values: Tensor) throws(TensorError) -> Tensor {
    let axis = try shape.resolve(axis: axis, in: "scatter_add")
    let values = try values.cast(to: dtype).expand(to: indices.shape)
    return try addingBlocks(of: 1, values, at: linePlaces(axis, indices))
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
        for (block, target) in targets.enumerated() {
          for i in 0..<size { out[target + i] = try add(out[target + i], x[block * size + i]) }
        }
      }
    }
    return result
  }

  /// These indices as places along an axis of `shape`, negative ones counted from the end.
  func places(in shape: Shape, axis: Int) throws(TensorError) -> [Int] {
    guard dtype == .int64 else { throw TensorError(.indexType(dtype)) }
    let size = shape[axis]
    var places = try ints()
    for (i, index) in places.enumerated() {
      guard index >= -size, index < size else { throw TensorError(.indexOutOfRange(index: index, axis: axis, size: size)) }
      if index < 0 { places[i] = index + size }
    }
    return places
  }

  /// For each index its place among all elements, where it picks along `axis` and keeps its other coordinates.
  private func linePlaces(_ axis: Int, _ indices: Tensor) throws(TensorError) -> [Int] {
    guard indices.rank == rank, try indices.shape.replacing(axis: axis, with: shape[axis]) == shape else {
      throw TensorError(.shapesDiffer(operation: "gather", left: shape, right: indices.shape))
    }
    let inner = shape.dimensions[(axis + 1)...].reduce(1, *)
    let length = indices.shape[axis]
    return try indices.places(in: shape, axis: axis).enumerated().map { place, index in
      let outer = place / inner / length
      return (outer * shape[axis] + index) * inner + place % inner
    }
  }
}
