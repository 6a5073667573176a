import Tensors

extension Variable {
  /// Rows of `axis` at the places, whose shape takes the axis's place.
  public func gather(_ places: Variable, axis: Int = 0) throws(TensorError) -> Variable {
    try apply(.gather, with: places, .axis(shape.resolve(axis: axis, in: "gather")))
  }

  /// One entry of each line along `axis` for each place.
  public func gatherAlong(axis: Int, _ places: Variable) throws(TensorError) -> Variable {
    try apply(.gatherAlong, with: places, .axis(shape.resolve(axis: axis, in: "gather")))
  }

  /// For each class number a row that is 1 there and 0 elsewhere.
  public func oneHot(_ classes: Int, dtype: DType = .defaultFloat) throws(TensorError) -> Variable {
    try apply(.oneHot, .length(classes, axis: shape.rank)).cast(to: dtype)
  }

  /// These entries added up by places: the sum of those whose place is 0, 1, …, `count` − 1.
  public func sums(at places: Tensor, count: Int) throws(TensorError) -> Variable {
    guard shape == places.shape else {
      throw TensorError(.shapesDiffer(operation: "bincount", left: places.shape, right: shape))
    }
    return try cast(to: dtype == .bool ? .int64 : dtype)
      .apply(.scatterAdd, with: Variable(places), .length(count, axis: 0))
  }

  /// What `x[indices]` gives, with NumPy's meaning.
  public func subscripted(_ indices: [Index]) throws(TensorError) -> Variable {
    // A plan has no copies of slices to make where these lie in one piece, as one row of many does.
    guard isTraced, let basic = try BasicSelection(indices, of: shape) else {
      return try apply(.index, .indices(indices, of: shape))
    }
    let ranges = basic.ranges.map { Attributes.Range(start: $0.start, step: $0.step, count: $0.count) }
    let part = ranges.isEmpty ? self : try apply(.slice, .ranges(ranges, of: shape))
    return try part.reshape(to: basic.shape)
  }

  /// This variable after `x[indices] = values`, with NumPy's meaning: of values for one place the last stays.
  public func setting(_ indices: [Index], to values: Variable) throws(TensorError) -> Variable {
    guard isTracked || values.isTracked || isTraced || values.isTraced else {
      var changed = data
      try changed.setting(indices, to: values.data)
      return Variable(changed)
    }
    var places = try Tensor.full(shape, -1, dtype: .int64)
    let picked = try places.subscripted(indices).shape
    let order = try Tensor.arange(0, picked.count).reshape(picked.dimensions)
    try places.setting(indices, to: order)
    let isChanged = Variable(try Tensor.compare(.greaterEqual, places, .number(0)))
    let stays = Variable(try Tensor.compare(.equal, places.subscripted(indices), order))
    let fitting = try values.cast(to: dtype).withoutLeadingOnes(beyond: picked.rank).expand(to: picked)
    let written = try stays.select(fitting, else: fitting.zerosLike()).apply(.scatterIndex, .indices(indices, of: shape))
    return try isChanged.select(written, else: self)
  }

  private func withoutLeadingOnes(beyond rank: Int) throws(TensorError) -> Variable {
    var target = shape
    while target.rank > rank, target[0] == 1 { target = target.removing(axis: 0) }
    return try reshape(to: target)
  }
}
