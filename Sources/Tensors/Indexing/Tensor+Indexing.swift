extension Tensor {
  /// `x[indices]`, with NumPy's meaning. The result is a value of its own.
  public func subscripted(_ indices: [Index]) throws(TensorError) -> Tensor {
    let selection = try Selection(indices, of: shape)
    let result = try selection.shape()
    if selection.lists.isEmpty { return try read(selection.view, shape: result) }
    return try selection.withPlaces { places throws(TensorError) in try gather(at: places, shape: result) }
  }

  /// `x[indices] = values`: `values` is cast to this type and broadcast to the shape that the indices pick.
  public mutating func setting(_ indices: [Index], to values: Tensor) throws(TensorError) {
    let selection = try Selection(indices, of: shape)
    let picked = try selection.shape()
    let values = try values.cast(to: dtype)
    if selection.lists.isEmpty {
      let source = try values.viewForWriting(as: picked)
      return try write(values, source, into: selection.view)
    }
    let source = try Tensor(uninitialized: picked, dtype).filled(with: values)
    try selection.withPlaces { places throws(TensorError) in try put(source, at: places) }
  }

  /// This tensor with `values` added at what `indices` pick, places picked twice adding up: the adjoint of `subscripted`.
  public func scatterAdd(_ indices: [Index], _ values: Tensor) throws(TensorError) -> Tensor {
    let selection = try Selection(indices, of: shape)
    let values = try values.cast(to: dtype).expand(to: selection.shape())
    return try selection.withPlaces { places throws(TensorError) in try addingBlocks(of: 1, values, at: places) }
  }

  /// A view of these elements that has the sizes of `target`; leading sizes of 1 are dropped, as in NumPy's assignment.
  private func viewForWriting(as target: Shape) throws(TensorError) -> StridedView {
    var source = shape
    while source.rank > target.rank, source[0] == 1 { source = source.removing(axis: 0) }
    guard source.broadcast(with: target) == target else { throw TensorError(.valueDoesNotFit(value: shape, place: target)) }
    return StridedView(source).expanded(to: target)
  }

  private func filled(with values: Tensor) throws(TensorError) -> Tensor {
    var result = self
    try result.write(values, values.viewForWriting(as: shape), into: StridedView(shape))
    return result
  }

  private func gather(at places: [Int], shape: Shape) throws(TensorError) -> Tensor {
    switch dtype.width {
    case 1: try move(places, shape, UInt8.self)
    case 4: try move(places, shape, UInt32.self)
    default: try move(places, shape, UInt64.self)
    }
  }

  private func move<Word: BitwiseCopyable>(_ places: [Int], _ shape: Shape, _: Word.Type) throws(TensorError) -> Tensor {
    var result = try Tensor(uninitialized: shape, dtype)
    try result.withMutableBytes { target throws(TensorError) in
      try withBytes { source throws(TensorError) in
        let from = source.assumingMemoryBound(to: Word.self)
        let to = target.assumingMemoryBound(to: Word.self)
        try Interruption.inParts(of: places.count) { start, count in
          for i in start..<start + count { to[i] = from[places[i]] }
        }
      }
    }
    return result
  }

  private mutating func put(_ values: Tensor, at places: [Int]) throws(TensorError) {
    let width = dtype.width
    try withMutableBytes { target throws(TensorError) in
      try values.withBytes { source throws(TensorError) in
        try Interruption.inParts(of: places.count) { start, count in
          for i in start..<start + count {
            (target + places[i] * width).copyMemory(from: source + i * width, byteCount: width)
          }
        }
      }
    }
  }
}
