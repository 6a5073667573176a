/// What an index picks out of a tensor: a view, and after it lists of places for some of the view's dimensions.
struct Selection {
  private(set) var view: StridedView
  /// The dimensions of the view that are picked from by lists, with their places. The lists are walked together.
  private(set) var lists: [(axis: Int, places: Tensor)] = []
  /// The shape to which the lists were broadcast.
  private(set) var listShape = Shape.scalar
  /// Where the lists' dimensions stand in the result.
  private(set) var listAxis = 0

  init(_ indices: [Index], of shape: Shape) throws(TensorError) {
    let indices = try Selection.complete(indices, shape)
    let axes = try Selection.axes(of: shape, indices)
    view = StridedView(sizes: [], strides: [], offset: 0)
    var gathered: [PickedAxis] = []
    // A place given by number beside a list counts as a list of one, as in NumPy.
    let hasLists = indices.contains { $0.isList }
    for (part, index) in indices.enumerated() {
      let axis = axes[part]
      var list: Tensor?
      switch index {
      case .ellipsis: break
      case .newAxis: append(axis.size, axis.stride)
      case .at(let place):
        let place = try Selection.resolve(place, axis.number, axis.size)
        if hasLists {
          list = try Tensor([place], shape: [])
        } else {
          view.offset += place * axis.stride
        }
      case .slice(let start, let stop, let step):
        let range = try SliceRange(start: start, stop: stop, step: step, size: axis.size)
        if range.count > 0 { view.offset += range.start * axis.stride }
        append(range.count, range.count > 1 ? axis.stride * step : axis.stride)
      case .gather(let places): list = places
      case .mask(let mask): list = try mask.flatten().nonzero().flatten()
      }
      if let list {
        gathered.append(PickedAxis(axis: view.sizes.count, source: axis, part: part, places: list))
        append(axis.size, axis.stride)
      }
    }
    try walkTogether(gathered)
  }

  /// The dimension that each index goes over: those of a mask, neighbours in memory, count as one, and what stands for none of the
  /// tensor's has one of size 1.
  private static func axes(of shape: Shape, _ indices: [Index]) throws(TensorError) -> [Axis] {
    var axes: [Axis] = []
    var number = 0
    for index in indices {
      var count = 1
      switch index {
      case .newAxis, .ellipsis:
        axes.append(Axis(number: number, size: 1, stride: 0))
        continue
      case .mask(let mask):
        count = mask.rank
        guard count > 0, Array(shape.dimensions[number...].prefix(count)) == mask.shape.dimensions else {
          throw TensorError(.maskShape(mask: mask.shape, shape: shape, axis: number))
        }
      default: break
      }
      let size = shape.dimensions[number..<number + count].reduce(1, *)
      axes.append(Axis(number: number, size: size, stride: shape.strides[number + count - 1]))
      number += count
    }
    return axes
  }

  private mutating func append(_ size: Int, _ stride: Int) {
    view.sizes.append(size)
    view.strides.append(stride)
  }

  /// The indices with the ellipsis, written or understood, replaced by whole dimensions.
  static func complete(_ indices: [Index], _ shape: Shape) throws(TensorError) -> [Index] {
    var used = 0
    var ellipses = 0
    for index in indices {
      switch index {
      case .newAxis: break
      case .ellipsis: ellipses += 1
      case .mask(let mask): used += mask.rank
      default: used += 1
      }
    }
    guard ellipses <= 1 else { throw TensorError(.secondEllipsis) }
    guard used <= shape.rank else { throw TensorError(.tooManyIndices(count: used, shape: shape)) }
    let rest = [Index](repeating: .all, count: shape.rank - used)
    guard ellipses == 1 else { return indices + rest }
    return indices.flatMap { index in
      // What stands for no dimension still parts the lists on its sides.
      if case .ellipsis = index { return rest.isEmpty ? [.ellipsis] : rest }
      return [index]
    }
  }

  static func resolve(_ index: Int, _ axis: Int, _ size: Int) throws(TensorError) -> Int {
    guard index >= -size, index < size else { throw TensorError(.indexOutOfRange(index: index, axis: axis, size: size)) }
    return index < 0 ? index + size : index
  }

  private mutating func walkTogether(_ gathered: [PickedAxis]) throws(TensorError) {
    guard let first = gathered.first, let last = gathered.last else { return }
    for list in gathered {
      guard let common = listShape.broadcast(with: list.places.shape) else {
        throw TensorError(.shapesDiffer(operation: "indexing", left: listShape, right: list.places.shape))
      }
      listShape = common
    }
    for list in gathered {
      // Checked before they are stretched: to no element at all, even a place that is not there could be.
      let places = try list.places.places(size: list.source.size, axis: list.source.number)
      lists.append((list.axis, try places.expand(to: listShape)))
    }
    // Lists side by side stand where the first of them stood; lists apart, be it by an empty ellipsis, come first.
    let parts = Set(gathered.map(\.part))
    listAxis = last.part - first.part + 1 == parts.count ? first.axis : 0
  }

  /// The result's shape.
  func shape() throws(TensorError) -> Shape {
    var sizes = rest.sizes
    if !lists.isEmpty { sizes.insert(contentsOf: listShape.dimensions, at: listAxis) }
    return try Shape(sizes)
  }

  /// The view's dimensions without those that lists pick from.
  private var rest: StridedView {
    let listed = Set(lists.map { $0.axis })
    return view.permuted(view.sizes.indices.filter { !listed.contains($0) })
  }

  /// The place in memory of every element picked, in the result's order, charged to the budget while `body` runs.
  func withPlaces<R>(_ body: ([Int]) throws(TensorError) -> R) throws(TensorError) -> R {
    let bytes = try shape().count * MemoryLayout<Int>.stride
    try MemoryBudget.charge(bytes)
    defer { MemoryBudget.release(bytes) }
    return try body(places())
  }

  private func places() throws(TensorError) -> [Int] {
    let rest = rest
    let before = StridedView(
      sizes: Array(rest.sizes[..<listAxis]), strides: Array(rest.strides[..<listAxis]), offset: rest.offset)
    let after = StridedView(sizes: Array(rest.sizes[listAxis...]), strides: Array(rest.strides[listAxis...]), offset: 0)
    let (outers, starts, tails) = (try before.places(), try listStarts(), try after.places())
    var places: [Int] = []
    places.reserveCapacity(outers.count * starts.count * tails.count)
    var tally = Interruption.Tally()
    for outer in outers {
      try tally.add(starts.count * tails.count)
      try Interruption.inParts(of: starts.count, each: tails.count) { first, count in
        for start in starts[first..<first + count] {
          for tail in tails { places.append(outer + start + tail) }
        }
      }
    }
    return places
  }

  /// How far each entry of the lists moves from the view's beginning.
  private func listStarts() throws(TensorError) -> [Int] {
    if lists.isEmpty { return [0] }
    var starts = [Int](repeating: 0, count: listShape.count)
    for (axis, places) in lists {
      let stride = view.strides[axis]
      try places.withElements(Int.self) { places throws(TensorError) in
        try Interruption.inParts(of: places.count) { first, count in
          for entry in first..<first + count { starts[entry] += places[entry] * stride }
        }
      }
    }
    return starts
  }
}

/// What an index goes over: a dimension of the tensor, several of them that a mask goes over as one, or a new one.
private struct Axis {
  /// The number of the first.
  let number: Int
  let size: Int
  let stride: Int
}

/// A dimension of the view that is picked from by a list.
private struct PickedAxis {
  let axis: Int
  /// The tensor's dimension that it is.
  let source: Axis
  /// Which part of the index the list is, or comes from.
  let part: Int
  let places: Tensor
}

extension Index {
  fileprivate var isList: Bool {
    switch self {
    case .mask, .gather: true
    default: false
    }
  }
}

extension StridedView {
  /// The place of every element, in order.
  func places() throws(TensorError) -> [Int] {
    var places = [offset]
    for (size, stride) in zip(sizes, strides) {
      var next: [Int] = []
      next.reserveCapacity(places.count * size)
      try Interruption.inParts(of: places.count * size) { start, count in
        for i in start..<start + count { next.append(places[i / size] + i % size * stride) }
      }
      places = next
    }
    return places
  }
}
