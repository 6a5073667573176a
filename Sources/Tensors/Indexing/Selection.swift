/// What an index picks out of a tensor: a view, and after it lists of places for some of the view's dimensions.
struct Selection {
  private(set) var view: StridedView
  /// The dimensions of the view that are picked from by lists, with their places. The lists are walked together.
  private(set) var lists: [(axis: Int, places: [Int])] = []
  /// The shape to which the lists were broadcast.
  private(set) var listShape = Shape.scalar
  /// Where the lists' dimensions stand in the result.
  private(set) var listAxis = 0

  init(_ indices: [Index], of shape: Shape) throws(TensorError) {
    let indices = try Selection.complete(indices, shape)
    view = StridedView(sizes: [], strides: [], offset: 0)
    let strides = shape.strides
    var gathered: [PickedAxis] = []
    var axis = 0
    // A place given by number beside a list counts as a list of one, as in NumPy.
    let hasLists = indices.contains { $0.isList }
    for (part, index) in indices.enumerated() {
      switch index {
      case .newAxis:
        append(1, 0)
        continue
      case .at(let place):
        let place = try Selection.resolve(place, axis, shape[axis])
        if hasLists {
          gathered.append(PickedAxis(axis: view.sizes.count, source: axis, part: part, places: try Tensor([place], shape: [])))
          append(shape[axis], strides[axis])
        } else {
          view.offset += place * strides[axis]
        }
      case .slice(let start, let stop, let step):
        let range = try SliceRange(start: start, stop: stop, step: step, size: shape[axis])
        if range.count > 0 { view.offset += range.start * strides[axis] }
        append(range.count, range.count > 1 ? strides[axis] * step : strides[axis])
      case .gather(let places):
        gathered.append(PickedAxis(axis: view.sizes.count, source: axis, part: part, places: places))
        append(shape[axis], strides[axis])
      case .mask(let mask):
        let found = try Selection.found(mask, axis, shape)
        for places in found {
          gathered.append(PickedAxis(axis: view.sizes.count, source: axis, part: part, places: places))
          append(shape[axis], strides[axis])
          axis += 1
        }
        continue
      case .ellipsis: continue
      }
      axis += 1
    }
    try walkTogether(gathered, in: shape)
  }

  private mutating func append(_ size: Int, _ stride: Int) {
    view.sizes.append(size)
    view.strides.append(stride)
  }

  /// The indices with the ellipsis, written or understood, replaced by whole dimensions.
  private static func complete(_ indices: [Index], _ shape: Shape) throws(TensorError) -> [Index] {
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

  private static func resolve(_ index: Int, _ axis: Int, _ size: Int) throws(TensorError) -> Int {
    guard index >= -size, index < size else { throw TensorError(.indexOutOfRange(index: index, axis: axis, size: size)) }
    return index < 0 ? index + size : index
  }

  /// The places where `mask` is true, one list for each of its dimensions.
  private static func found(_ mask: Tensor, _ axis: Int, _ shape: Shape) throws(TensorError) -> [Tensor] {
    guard mask.rank > 0, Array(shape.dimensions[axis...].prefix(mask.rank)) == mask.shape.dimensions else {
      throw TensorError(.maskShape(mask: mask.shape, shape: shape, axis: axis))
    }
    let found = try mask.nonzero()
    var lists: [Tensor] = []
    for axis in 0..<mask.rank { lists.append(try found.slice(axis: 1, start: axis, count: 1).flatten()) }
    return lists
  }

  private mutating func walkTogether(_ gathered: [PickedAxis], in shape: Shape) throws(TensorError) {
    guard let first = gathered.first, let last = gathered.last else { return }
    for list in gathered {
      guard let common = listShape.broadcast(with: list.places.shape) else {
        throw TensorError(.shapesDiffer(operation: "indexing", left: listShape, right: list.places.shape))
      }
      listShape = common
    }
    for list in gathered {
      // Checked before they are stretched: to no element at all, even a place that is not there could be.
      let places = try Tensor(list.places.places(in: shape, axis: list.source), shape: list.places.shape)
      lists.append((list.axis, try places.expand(to: listShape).ints()))
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

  private func places() -> [Int] {
    let rest = rest
    let before = StridedView(
      sizes: Array(rest.sizes[..<listAxis]), strides: Array(rest.strides[..<listAxis]), offset: rest.offset)
    let after = StridedView(sizes: Array(rest.sizes[listAxis...]), strides: Array(rest.strides[listAxis...]), offset: 0)
    let (outers, starts, tails) = (before.places(), listStarts(), after.places())
    var places: [Int] = []
    places.reserveCapacity(outers.count * starts.count * tails.count)
    for outer in outers {
      for start in starts {
        for tail in tails { places.append(outer + start + tail) }
      }
    }
    return places
  }

  /// How far each entry of the lists moves from the view's beginning.
  private func listStarts() -> [Int] {
    if lists.isEmpty { return [0] }
    return (0..<listShape.count).map { entry in
      lists.reduce(0) { $0 + $1.places[entry] * view.strides[$1.axis] }
    }
  }
}

/// A dimension of the view that is picked from by a list.
private struct PickedAxis {
  let axis: Int
  /// The tensor's dimension that it is.
  let source: Int
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
  func places() -> [Int] {
    var places = [offset]
    for (size, stride) in zip(sizes, strides) {
      places = places.flatMap { place in (0..<size).map { place + $0 * stride } }
    }
    return places
  }
}
